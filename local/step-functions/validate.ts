import type { MachineDefinition } from './definition.ts';
import { isObject } from './json.ts';
import { InvalidDefinition, newReport, type Report } from './problems.ts';
import { checkMachineShapes, textOf } from './validate-shapes.ts';
import { checkState, targets } from './validate-state.ts';

const LONGEST_STATE_NAME = 80;

/** As {@link parseDefinition}, from the text of a definition. */
export function parseDefinitionText(text: string): MachineDefinition {
  let source: unknown;
  try {
    source = JSON.parse(text);
  } catch {
    source = undefined;
  }
  return parseDefinition(source);
}

/** The definition, when Step Functions would take it; throws {@link InvalidDefinition} otherwise. */
export function parseDefinition(source: unknown): MachineDefinition {
  if (!isObject(source)) {
    throw new InvalidDefinition([
      { code: 'SCHEMA_VALIDATION_FAILED', message: 'Definition must be a valid JSON object' },
    ]);
  }
  const report = newReport();
  checkMachine(source, { language: source.QueryLanguage ?? 'JSONPath', names: new Set() }, '', report);
  if (report.problems.length > 0) throw new InvalidDefinition(report.problems);
  return source as unknown as MachineDefinition;
}

/** What the machines inside a definition have in common. */
interface Whole {
  readonly language: unknown;
  /** State names are unique in the whole definition. */
  readonly names: Set<string>;
}

function checkMachine(machine: unknown, whole: Whole, path: string, report: Report): void {
  if (!isObject(machine)) {
    report.schema('A state machine must be a JSON object', path === '' ? '/' : path);
    return;
  }
  const missing = ['States', 'StartAt'].filter((field) => !(field in machine));
  if (missing.length > 0) {
    report.schema(`These fields are required: [${missing.join(', ')}]`, path === '' ? '/' : path);
    return;
  }
  checkMachineShapes(machine, path, report);
  const { States: states, StartAt: start } = machine;
  if (!isObject(states) || Object.keys(states).length === 0) {
    report.schema('States must hold at least one state', `${path}/States`);
    return;
  }
  if (typeof start !== 'string' || !Object.hasOwn(states, start)) {
    report.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${textOf(start)}`, `${path}/StartAt`);
  }
  for (const [name, state] of Object.entries(states)) checkNamed(name, state, states, whole, path, report);
  // AWS looks at the ways through a machine only when its states are sound, and at what is reached only when it can end.
  if (path === '' && !Object.values(states).some(isTerminal)) {
    if (report.problems.every(({ code }) => code === 'MISSING_TRANSITION_TARGET')) {
      report.add('MISSING_END_STATE', 'Workflow has no terminal state');
    }
    return;
  }
  for (const name of unreachable(start, states)) {
    report.add('MISSING_TRANSITION_TARGET', `State "${name}" is not reachable.`, `${path}/States/${name}`);
  }
}

function checkNamed(
  name: string,
  state: unknown,
  states: { readonly [name: string]: unknown },
  whole: Whole,
  path: string,
  report: Report,
): void {
  const where = `${path}/States/${name}`;
  if (name.length > LONGEST_STATE_NAME) report.schema('A state name must not have more than 80 characters', where);
  if (whole.names.has(name)) report.add('DUPLICATE_STATE_NAME', `Duplicate State name: ${name}`, where);
  whole.names.add(name);
  if (!isObject(state)) {
    report.schema('A state must be a JSON object', where);
    return;
  }
  checkState(state, states, whole.language, where, report);
  if (state.Type === 'Parallel' && Array.isArray(state.Branches)) {
    for (const [index, branch] of state.Branches.entries()) {
      checkMachine(branch, whole, `${where}/Branches[${index}]`, report);
    }
  }
  if (state.Type === 'Map') {
    const field = 'ItemProcessor' in state ? 'ItemProcessor' : 'Iterator';
    checkMachine(state[field], whole, `${where}/${field}`, report);
  }
}

function isTerminal(state: unknown): boolean {
  return isObject(state) && (state.End === true || state.Type === 'Succeed' || state.Type === 'Fail');
}

function unreachable(start: unknown, states: { readonly [name: string]: unknown }): string[] {
  const seen = new Set<string>();
  const todo = [textOf(start)];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    const state = Object.hasOwn(states, name) ? states[name] : undefined;
    if (seen.has(name) || !isObject(state)) continue;
    seen.add(name);
    todo.push(...targets(state).map(([target]) => target));
  }
  return Object.keys(states).filter((name) => !seen.has(name));
}
