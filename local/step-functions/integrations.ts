import type { MachineDefinition, State, SubMachine } from './definition.ts';
import { resourceOf } from './resources.ts';
import { InvalidDefinition } from './validate.ts';

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

function missing(machine: SubMachine, path: string): string[] {
  return Object.entries(machine.States).flatMap(([name, state]) => missingIn(state, `${path}/States/${name}`));
}

function missingIn(state: State, where: string): string[] {
  switch (state.Type) {
    case 'Task':
      return isThere(state.Resource)
        ? []
        : [`SCHEMA_VALIDATION_FAILED: This engine has no integration ${state.Resource} at ${where}/Resource`];
    case 'Parallel':
      return state.Branches.flatMap((branch, index) => missing(branch, `${where}/Branches[${index}]`));
    case 'Map': {
      const processor = state.ItemProcessor ?? state.Iterator;
      return processor === undefined ? [] : missing(processor, `${where}/ItemProcessor`);
    }
    default:
      return [];
  }
}

function isThere(arn: string): boolean {
  const { kind, service, action, pattern } = resourceOf(arn);
  if (kind !== 'service') return kind === 'function';
  return INTEGRATIONS[`${service}:${action}`]?.includes(pattern) ?? false;
}
