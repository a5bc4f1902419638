import type { ItemReader, MachineDefinition, State, SubMachine } from './definition.ts';
import { InvalidDefinition, type Problem } from './problems.ts';
import { resourceOf } from './resources.ts';

/** The integrations that the engine does, each with its patterns. */
const INTEGRATIONS: { readonly [name: string]: readonly string[] } = {
  'lambda:invoke': ['request', 'waitForTaskToken'],
  'states:startExecution': ['request', 'sync', 'sync:2', 'waitForTaskToken'],
};

/** Throws {@link InvalidDefinition} when a task of a definition needs an integration that the engine does not do. */
export function requireIntegrations(definition: MachineDefinition): void {
  const problems = missing(definition, '');
  if (problems.length > 0) throw new InvalidDefinition(problems);
}

function missing(machine: SubMachine, path: string): Problem[] {
  return Object.entries(machine.States).flatMap(([name, state]) => missingIn(state, `${path}/States/${name}`));
}

function missingIn(state: State, where: string): Problem[] {
  switch (state.Type) {
    case 'Task':
      return isThere(state.Resource)
        ? []
        : [problem(`This engine has no integration ${state.Resource}`, `${where}/Resource`)];
    case 'Parallel':
      return state.Branches.flatMap((branch, index) => missing(branch, `${where}/Branches[${index}]`));
    case 'Map': {
      const problems = missingOfReader(state.ItemReader, `${where}/ItemReader`);
      const processor = state.ItemProcessor ?? state.Iterator;
      if (processor?.ProcessorConfig?.ExecutionType === 'EXPRESS') {
        problems.push(problem('This engine runs STANDARD executions only', `${where}/ItemProcessor/ProcessorConfig`));
      }
      return processor === undefined ? problems : [...problems, ...missing(processor, `${where}/ItemProcessor`)];
    }
    default:
      return [];
  }
}

const INPUT_TYPES = ['JSON', 'JSONL', 'CSV'];

function missingOfReader(reader: ItemReader | undefined, where: string): Problem[] {
  const { InputType: inputType = 'JSON' } = reader?.ReaderConfig ?? {};
  return INPUT_TYPES.includes(inputType)
    ? []
    : [problem(`This engine reads no items from ${inputType}`, `${where}/ReaderConfig/InputType`)];
}

function problem(message: string, location: string): Problem {
  return { code: 'SCHEMA_VALIDATION_FAILED', message, location };
}

function isThere(arn: string): boolean {
  const { kind, service, action, pattern } = resourceOf(arn);
  if (kind !== 'service') return kind === 'function';
  return INTEGRATIONS[`${service}:${action}`]?.includes(pattern) ?? false;
}
