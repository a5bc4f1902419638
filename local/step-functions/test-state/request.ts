import { ApiError } from '../api-errors.ts';
import type { MachineDefinition, State } from '../definition.ts';
import type { Failure } from '../execution.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { resourceOf } from '../resources.ts';
import { parseDefinition } from '../validate.ts';
import { targets } from '../validate-state.ts';

/** A state to test, and what it meets. */
export interface TestStateRequest {
  /** A state; or a state machine, of which `stateName` names one. */
  readonly definition: unknown;
  readonly stateName?: string;
  readonly input: Json;
  readonly variables?: JsonObject;
  readonly roleArn?: string;
  /** Takes the place of fields of the context object. */
  readonly context?: JsonObject;
  /** The answer of a task, or of the children of a Map or a Parallel. */
  readonly mock?: { readonly result: Json } | { readonly failure: Failure };
  readonly configuration?: TestStateConfiguration;
}

/** What has happened in the state before. */
export interface TestStateConfiguration {
  /** How often the retrier of the error has been used. */
  readonly retrierRetryCount?: number;
  /** The state within a Map or a Parallel that the mocked error is said to come from. */
  readonly errorCausedByState?: string;
  readonly mapIterationFailureCount?: number;
  /** What the ItemReader of a Map has read, as it is in its source. */
  readonly mapItemReaderData?: string;
}

/** AWS runs the state under test under this name, whatever it is called. */
export const TESTED = 'StateName';

/** The machine that has nothing but the state under test and the ends where it leads to. */
export function testedMachine({ definition, stateName }: TestStateRequest): MachineDefinition {
  const state = stateName === undefined ? definition : stateNamed(definition, stateName);
  if (!isObject(state)) {
    const problem = stateName === undefined ? 'The definition must be a JSON object' : `There is no state ${stateName}`;
    throw new ApiError('ValidationException', problem);
  }
  const language = (isObject(definition) ? definition.QueryLanguage : undefined) ?? state.QueryLanguage;
  const ends = targets(state).map(([name]) => [name, { Type: 'Succeed' }]);
  return parseDefinition({
    ...(language === undefined ? {} : { QueryLanguage: language }),
    StartAt: TESTED,
    States: { ...Object.fromEntries(ends), [TESTED]: state },
  });
}

/** Finds a state in a machine and in the machines within it. */
function stateNamed(machine: unknown, name: string): unknown {
  if (!isObject(machine) || !isObject(machine.States)) return undefined;
  if (Object.hasOwn(machine.States, name)) return machine.States[name];
  return Object.values(machine.States)
    .flatMap(machinesWithin)
    .map((inner) => stateNamed(inner, name))
    .find((found) => found !== undefined);
}

function machinesWithin(state: unknown): unknown[] {
  if (!isObject(state)) return [];
  return [...(Array.isArray(state.Branches) ? state.Branches : []), state.ItemProcessor ?? state.Iterator];
}

/** Throws ValidationException for a mock or a configuration that AWS would refuse. */
export function checkRequest({ mock, context, configuration = {} }: TestStateRequest, state: State): void {
  const refuse = (message: string): never => {
    throw new ApiError('ValidationException', message);
  };
  if (mock === undefined && needsMock(state)) {
    refuse(`A state of type ${state.Type} that waits for more than a call can be tested with a mock only`);
  }
  if (mock !== undefined && !MOCKED_TYPES.includes(state.Type)) {
    refuse(`A mock may be given for states of type ${MOCKED_TYPES.join(', ')}, not for ${state.Type}`);
  }
  if (mock === undefined && context !== undefined) refuse('A context may be given only with a mock');
  const { errorCausedByState: culprit } = configuration;
  if (culprit !== undefined && !machinesWithin(state).some((inner) => stateNamed(inner, culprit) !== undefined)) {
    refuse(`There is no state ${culprit} within the state under test`);
  }
  const ofMaps = configuration.mapIterationFailureCount !== undefined || configuration.mapItemReaderData !== undefined;
  if (ofMaps && state.Type !== 'Map') refuse('Iterations and an ItemReader belong to states of type Map');
}

const MOCKED_TYPES = ['Task', 'Map', 'Parallel'];

function needsMock(state: State): boolean {
  if (state.Type !== 'Task') return state.Type === 'Map' || state.Type === 'Parallel';
  const { kind, pattern } = resourceOf(state.Resource);
  return kind === 'activity' || pattern !== 'request';
}
