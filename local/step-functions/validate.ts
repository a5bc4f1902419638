import type { MachineDefinition } from './definition.ts';
import { compile, sourceOf } from './expressions.ts';
import { isObject } from './json.ts';
import { resourceOf } from './resources.ts';

/** A definition that Step Functions would refuse at creation; `problems` say why and where. */
export class InvalidDefinition extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`Invalid State Machine Definition: '${problems.join(', ')}'`);
    this.name = 'InvalidDefinition';
    this.problems = problems;
  }
}

const MOVING = ['Next', 'End'];
const COMMON = ['Type', 'Comment', 'QueryLanguage', 'Assign', 'Output'];
const FIELDS: { readonly [type: string]: readonly string[] } = {
  Pass: [...COMMON, ...MOVING],
  Task: [
    ...COMMON,
    ...MOVING,
    'Resource',
    'Arguments',
    'TimeoutSeconds',
    'HeartbeatSeconds',
    'Retry',
    'Catch',
    'Credentials',
  ],
  Choice: [...COMMON, 'Choices', 'Default'],
  Wait: [...COMMON, ...MOVING, 'Seconds', 'Timestamp'],
  Succeed: COMMON.filter((field) => field !== 'Assign'),
  Fail: ['Type', 'Comment', 'QueryLanguage', 'Error', 'Cause'],
  Parallel: [...COMMON, ...MOVING, 'Branches', 'Arguments', 'Retry', 'Catch'],
  Map: [
    ...COMMON,
    ...MOVING,
    'ItemProcessor',
    'Iterator',
    'Items',
    'ItemSelector',
    'MaxConcurrency',
    'ToleratedFailureCount',
    'ToleratedFailurePercentage',
    'ItemReader',
    'ItemBatcher',
    'ResultWriter',
    'Label',
    'Retry',
    'Catch',
  ],
};

/** The definition, when Step Functions would take it; throws {@link InvalidDefinition} otherwise. */
export function parseDefinition(source: unknown): MachineDefinition {
  const problems: string[] = [];
  if (!isObject(source)) throw new InvalidDefinition(['INVALID_JSON_DESCRIPTION: a definition is a JSON object']);
  checkMachine(source, source['QueryLanguage'], '', problems);
  if (problems.length > 0) throw new InvalidDefinition(problems);
  return source as unknown as MachineDefinition;
}

function checkMachine(machine: unknown, language: unknown, path: string, problems: string[]): void {
  const states = isObject(machine) ? machine['States'] : undefined;
  if (!isObject(machine) || !isObject(states) || Object.keys(states).length === 0) {
    problems.push(`SCHEMA_VALIDATION_FAILED: A machine needs States at ${path}/States`);
    return;
  }
  if (typeof machine['StartAt'] !== 'string' || !(machine['StartAt'] in states)) {
    problems.push(`MISSING_TRANSITION_TARGET: Missing 'Next' target: ${String(machine['StartAt'])} at ${path}/StartAt`);
  }
  for (const [name, state] of Object.entries(states)) {
    const where = `${path}/States/${name}`;
    if (!isObject(state)) problems.push(`SCHEMA_VALIDATION_FAILED: A state is an object at ${where}`);
    else checkState(state, states, state['QueryLanguage'] ?? language, where, problems);
  }
  for (const name of unreachable(machine['StartAt'], states)) {
    problems.push(`MISSING_TRANSITION_TARGET: State "${name}" is not reachable at ${path}/States/${name}`);
  }
}

function checkState(
  state: { [key: string]: unknown },
  states: { [key: string]: unknown },
  language: unknown,
  where: string,
  problems: string[],
): void {
  const allowed = FIELDS[String(state['Type'])];
  if (allowed === undefined) {
    problems.push(`SCHEMA_VALIDATION_FAILED: Unknown state type ${String(state['Type'])} at ${where}/Type`);
    return;
  }
  if (language !== 'JSONata') {
    problems.push(
      `SCHEMA_VALIDATION_FAILED: The query language JSONPath is not supported here; set "QueryLanguage": "JSONata" at ${where}`,
    );
    return;
  }
  for (const field of Object.keys(state)) {
    if (!allowed.includes(field)) {
      problems.push(
        `SCHEMA_VALIDATION_FAILED: Field is not supported in a JSONata ${String(state['Type'])} at ${where}/${field}`,
      );
    }
  }
  checkTransitions(state, states, where, problems);
  checkOwnFields(state, language, where, problems);
  checkExpressions(Object.fromEntries(Object.entries(state).filter(([key]) => !NESTED.includes(key))), where, problems);
}

/** Machines within a state are checked as machines, not as templates. */
const NESTED = ['Branches', 'ItemProcessor', 'Iterator'];

function checkTransitions(
  state: { [key: string]: unknown },
  states: { [key: string]: unknown },
  where: string,
  problems: string[],
): void {
  const type = state['Type'];
  for (const [target, at] of targets(state)) {
    if (!(target in states))
      problems.push(`MISSING_TRANSITION_TARGET: Missing 'Next' target: ${target} at ${where}/${at}`);
  }
  if (type === 'Choice' || type === 'Succeed' || type === 'Fail') return;
  if ((typeof state['Next'] === 'string') === (state['End'] === true)) {
    problems.push(`SCHEMA_VALIDATION_FAILED: These fields are required, exactly one of them: [Next, End] at ${where}`);
  }
}

/** Where a state can go to, each with the field that says so. */
function targets(state: { [key: string]: unknown }): [target: string, field: string][] {
  const found: [string, string][] = [];
  const add = (from: unknown, key: string, field: string) => {
    if (isObject(from) && typeof from[key] === 'string') found.push([from[key], field]);
  };
  add(state, 'Next', 'Next');
  add(state, 'Default', 'Default');
  for (const list of ['Choices', 'Catch']) {
    const rules = state[list];
    if (Array.isArray(rules)) for (const [index, rule] of rules.entries()) add(rule, 'Next', `${list}[${index}]/Next`);
  }
  return found;
}

function unreachable(start: unknown, states: { [key: string]: unknown }): string[] {
  const seen = new Set<string>();
  const todo = [String(start)];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    const state = states[name];
    if (seen.has(name) || !isObject(state)) continue;
    seen.add(name);
    todo.push(...targets(state).map(([target]) => target));
  }
  return Object.keys(states).filter((name) => !seen.has(name));
}

function checkOwnFields(state: { [key: string]: unknown }, language: unknown, where: string, problems: string[]): void {
  const need = (field: string, good: boolean) => {
    if (!good)
      problems.push(`SCHEMA_VALIDATION_FAILED: The field ${field} is missing or malformed at ${where}/${field}`);
  };
  switch (state['Type']) {
    case 'Task':
      checkResource(state['Resource'], where, problems);
      break;
    case 'Choice':
      need('Choices', Array.isArray(state['Choices']) && state['Choices'].length > 0);
      break;
    case 'Wait':
      need('Seconds', 'Seconds' in state !== 'Timestamp' in state);
      break;
    case 'Parallel':
      need('Branches', Array.isArray(state['Branches']) && state['Branches'].length > 0);
      if (Array.isArray(state['Branches'])) {
        for (const [index, branch] of state['Branches'].entries()) {
          checkMachine(branch, language, `${where}/Branches[${index}]`, problems);
        }
      }
      break;
    case 'Map':
      checkMachine(state['ItemProcessor'] ?? state['Iterator'], language, `${where}/ItemProcessor`, problems);
      break;
  }
}

function checkResource(resource: unknown, where: string, problems: string[]): void {
  try {
    resourceOf(String(resource));
  } catch {
    problems.push(`SCHEMA_VALIDATION_FAILED: Value is not a valid resource ARN at ${where}/Resource`);
  }
}

function checkExpressions(template: unknown, where: string, problems: string[]): void {
  if (typeof template === 'string') {
    const source = sourceOf(template);
    if (source === undefined) return;
    try {
      compile(source);
    } catch (error) {
      const message = isObject(error) ? String(error['message']) : String(error);
      problems.push(`INVALID_JSONATA: ${message} at ${where}`);
    }
  } else if (Array.isArray(template)) {
    for (const [index, item] of template.entries()) checkExpressions(item, `${where}[${index}]`, problems);
  } else if (isObject(template)) {
    for (const [key, value] of Object.entries(template)) checkExpressions(value, `${where}/${key}`, problems);
  }
}
