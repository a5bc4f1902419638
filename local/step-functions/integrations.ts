import type { ItemReader, MachineDefinition, State, SubMachine } from './definition.ts';
import { InvalidDefinition, type Problem } from './problems.ts';
import { resourceOf } from './resources.ts';
import { canCall } from './services/catalogue.ts';

/** The integrations that the engine does by itself, each with its patterns. */
const OWN: { readonly [name: string]: readonly string[] } = {
  'lambda:invoke': ['request', 'waitForTaskToken'],
  'states:startExecution': ['request', 'sync', 'sync:2', 'waitForTaskToken'],
};

/** Whether the task of a state can be run. */
export type CanRun = (stateName: string, resource: string) => boolean;

/** True for functions and nested executions. */
export function isOwnIntegration(arn: string): boolean {
  const { kind, service, action, pattern } = resourceOf(arn);
  return kind === 'function' || (kind === 'service' && (OWN[`${service}:${action}`]?.includes(pattern) ?? false));
}

/** True for services that are called through the SDK's clients. */
export function isService(arn: string): boolean {
  const { kind, service, action, pattern } = resourceOf(arn);
  return kind === 'service' && canCall(service, action, pattern);
}

const ANY: CanRun = (_stateName, arn) => isOwnIntegration(arn) || isService(arn);

/** Throws {@link InvalidDefinition} when a task of a definition needs an integration that the engine does not do. */
export function requireIntegrations(definition: MachineDefinition, canRun: CanRun = ANY): void {
  const problems = missing(definition, '', canRun);
  if (problems.length > 0) throw new InvalidDefinition(problems);
}

function missing(machine: SubMachine, path: string, canRun: CanRun): Problem[] {
  return Object.entries(machine.States).flatMap(([name, state]) =>
    missingIn(name, state, `${path}/States/${name}`, canRun),
  );
}

function missingIn(name: string, state: State, where: string, canRun: CanRun): Problem[] {
  switch (state.Type) {
    case 'Task':
      return canRun(name, state.Resource)
        ? []
        : [problem(`This engine has no integration ${state.Resource}`, `${where}/Resource`)];
    case 'Parallel':
      return state.Branches.flatMap((branch, index) => missing(branch, `${where}/Branches[${index}]`, canRun));
    case 'Map': {
      const problems = missingOfReader(state.ItemReader, `${where}/ItemReader`);
      const processor = state.ItemProcessor ?? state.Iterator;
      if (processor?.ProcessorConfig?.ExecutionType === 'EXPRESS') {
        problems.push(problem('This engine runs STANDARD executions only', `${where}/ItemProcessor/ProcessorConfig`));
      }
      return processor === undefined
        ? problems
        : [...problems, ...missing(processor, `${where}/ItemProcessor`, canRun)];
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
