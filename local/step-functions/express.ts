import type { MachineDefinition, State, SubMachine } from './definition.ts';
import { InvalidDefinition, type Problem } from './problems.ts';
import { resourceOf } from './resources.ts';

/** An execution of type EXPRESS runs for five minutes at most. */
const LONGEST_SECONDS = 300;

/** A definition as executions of type EXPRESS run it: with their limit of time. */
export function expressDefinition(definition: MachineDefinition): MachineDefinition {
  return { ...definition, TimeoutSeconds: Math.min(definition.TimeoutSeconds ?? LONGEST_SECONDS, LONGEST_SECONDS) };
}

/** Throws {@link InvalidDefinition} when a definition needs what machines of type EXPRESS do not have. */
export function requireExpress(definition: MachineDefinition): void {
  const problems = unfit(definition, '');
  if (problems.length > 0) throw new InvalidDefinition(problems);
}

function unfit(machine: SubMachine, path: string): Problem[] {
  return Object.entries(machine.States).flatMap(([name, state]) => unfitState(state, `${path}/States/${name}`));
}

function unfitState(state: State, where: string): Problem[] {
  switch (state.Type) {
    case 'Task':
      return unfitResource(state.Resource, `${where}/Resource`);
    case 'Parallel':
      return state.Branches.flatMap((branch, index) => unfit(branch, `${where}/Branches[${index}]`));
    case 'Map': {
      const processor = state.ItemProcessor ?? state.Iterator;
      if (processor === undefined) return [];
      const distributed = processor.ProcessorConfig?.Mode === 'DISTRIBUTED';
      return distributed
        ? [problem('Express state machine does not support Map states in DISTRIBUTED mode', where)]
        : unfit(processor, `${where}/ItemProcessor`);
    }
    default:
      return [];
  }
}

function unfitResource(arn: string, where: string): Problem[] {
  const { kind, pattern } = resourceOf(arn);
  if (kind === 'activity') return [problem('Express state machine does not support Activity ARN', where)];
  if (pattern === 'request') return [];
  return [problem(`Express state machine does not support '.${pattern}' service integration`, where)];
}

function problem(message: string, location: string): Problem {
  return { code: 'SCHEMA_VALIDATION_FAILED', message, location };
}
