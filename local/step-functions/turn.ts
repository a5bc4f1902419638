import type { Ambient, Randomness } from './ambient.ts';
import { randomnessOf } from './ambient.ts';
import type { MapState, ParallelState, State, TaskState } from './definition.ts';
import { machineAt } from './definition.ts';
import type { ExecutionState, Failure, NewExecution, Thread, Transition, Visit } from './execution.ts';
import { EvaluationError, type EvaluationScope } from './expressions.ts';
import type { HistoryEvent } from './history.ts';
import { detailsKeyOf, HISTORY_LIMIT, HistoryFull } from './history.ts';
import { exceedsPayloadLimit, type Json, type JsonObject } from './json.ts';
import type { ReadRequest, ResultFile } from './map/terms.ts';

/** The call of a service, a function or another machine for a task. */
export interface RunTask {
  readonly kind: 'run-task';
  readonly taskId: number;
  readonly resource: string;
  readonly arguments: Json;
  readonly childName?: string;
}

/** Work that the outside must do for an execution; every one is safe to give again after a restart. */
export type Command =
  | RunTask
  /** Starts a child execution of a distributed Map, or redrives it up to the number given. */
  | { readonly kind: 'start-item'; readonly execution: NewExecution; readonly redriveCount: number }
  /** Reads the items of a distributed Map. */
  | { readonly kind: 'read-items'; readonly groupId: number; readonly request: ReadRequest }
  /** Writes the results of a distributed Map. */
  | { readonly kind: 'write-results'; readonly groupId: number; readonly files: readonly ResultFile[] }
  | { readonly kind: 'stop-child'; readonly executionArn: string };

/** A command that the engine itself does not answer: what is read or written outside. */
export type ObjectCommand = Extract<Command, { readonly kind: 'read-items' | 'write-results' }>;

/** One step of an execution in the making: a draft of its state, and what the step says and asks. */
export interface Turn {
  readonly state: ExecutionState;
  readonly ambient: Ambient;
  readonly random: Randomness;
  readonly events: HistoryEvent[];
  readonly commands: Command[];
  readonly transitions: Transition[];
  /** What failed in the step, before Retry and Catch, in order. */
  readonly failures: Failure[];
  /** What a test of a single state makes of the context object. */
  readonly amendContext?: (context: JsonObject) => JsonObject;
}

/** Opens a step on a copy of the state, so that the caller's stays as it was. */
export function openTurn(state: ExecutionState, ambient: Ambient): Turn {
  const { definition, ...rest } = state;
  return {
    state: { ...structuredClone(rest), definition },
    ambient,
    random: randomnessOf(ambient.seed),
    events: [],
    commands: [],
    transitions: [],
    failures: [],
  };
}

/** Adds a history event after `previousEventId` and returns its id; throws {@link HistoryFull}. */
export function record(turn: Turn, previousEventId: number, type: string, details?: JsonObject): number {
  const id = turn.state.lastEventId + 1;
  if (id >= HISTORY_LIMIT && !type.startsWith('Execution')) throw new HistoryFull();
  turn.state.lastEventId = id;
  turn.events.push({
    id,
    previousEventId,
    type,
    timestamp: turn.ambient.now,
    ...(details === undefined ? {} : { detailsKey: detailsKeyOf(type), details }),
  });
  return id;
}

/** As {@link record}, for the thread that causes it. */
export function emit(turn: Turn, thread: Thread, type: string, details?: JsonObject): number {
  thread.previousEventId = record(turn, thread.previousEventId, type, details);
  return thread.previousEventId;
}

export function threadOf(turn: Turn, id: number): Thread {
  const thread = turn.state.threads[id];
  if (thread === undefined) throw new Error(`No thread ${id}`);
  return thread;
}

export function visitOf(thread: Thread): Visit {
  if (thread.visit === undefined) throw new Error(`Thread ${thread.id} is in no state`);
  return thread.visit;
}

/** The definition of the state that a thread is in. */
export function stateOf(turn: Pick<Turn, 'state'>, thread: Thread, name = visitOf(thread).name): State {
  const state = machineAt(turn.state.definition, thread.scope).States[name];
  if (state === undefined) throw new Error(`No state ${name}`);
  return state;
}

/** The state of a thread that stands at a Map. */
export function mapStateOf(turn: Pick<Turn, 'state'>, thread: Thread): MapState {
  const state = stateOf(turn, thread);
  if (state.Type !== 'Map') throw new Error(`${visitOf(thread).name} is no Map`);
  return state;
}

export function canFailSoftly(state: State): state is TaskState | ParallelState | MapState {
  return state.Type === 'Task' || state.Type === 'Parallel' || state.Type === 'Map';
}

/** Error and Cause as fields, each only where there is one. */
export function failureFields(failure: Failure): { error?: string; cause?: string } {
  return {
    ...(failure.error === undefined ? {} : { error: failure.error }),
    ...(failure.cause === undefined ? {} : { cause: failure.cause }),
  };
}

/** A failure as a value in a result, in the spelling of a catcher's output. */
export function failureOutput(failure: Failure): JsonObject {
  const { error, cause } = failureFields(failure);
  return { ...(error === undefined ? {} : { Error: error }), ...(cause === undefined ? {} : { Cause: cause }) };
}

export function noteTransition(turn: Turn, thread: Thread, by: Transition['by'], to?: string): void {
  turn.transitions.push({
    machineArn: turn.state.machineArn,
    scope: thread.scope.map(([name, branch]) => `${name}[${branch}]`).join('/'),
    from: visitOf(thread).name,
    ...(to === undefined ? {} : { to }),
    by,
  });
}

/** Variables that a thread sees: its own, then those of the threads around it. */
function visibleVariables(turn: Turn, thread: Thread): JsonObject {
  const outer = thread.parent === undefined ? {} : visibleVariables(turn, threadOf(turn, thread.parent));
  return { ...outer, ...thread.variables };
}

/** The context object (`$states.context`) of a state. */
function contextOf(turn: Turn, thread: Thread, extra: JsonObject = {}): JsonObject {
  const { state } = turn;
  const visit = visitOf(thread);
  const context: JsonObject = {
    Execution: {
      Id: state.arn,
      Input: state.input,
      Name: state.name,
      RoleArn: state.roleArn,
      StartTime: new Date(state.startedAt).toISOString(),
      ...(state.redrivenAt === undefined
        ? {}
        : { RedriveCount: state.redriveCount, RedriveTime: new Date(state.redrivenAt).toISOString() }),
    },
    StateMachine: { Id: state.machineArn, Name: state.machineName },
    State: {
      Name: visit.name,
      EnteredTime: new Date(visit.enteredAt).toISOString(),
      ...(canFailSoftly(stateOf(turn, thread)) ? { RetryCount: visit.retryCount } : {}),
    },
    ...mapContext(turn, thread),
    ...extra,
  };
  return turn.amendContext?.(context) ?? context;
}

function mapContext(turn: Turn, thread: Thread): JsonObject {
  if (thread.item !== undefined) return { Map: { Item: { Index: thread.index, Value: thread.item } } };
  return thread.parent === undefined ? {} : mapContext(turn, threadOf(turn, thread.parent));
}

/** What the expressions of a state see; `added` are `result` or `errorOutput`. */
export function scopeOf(turn: Turn, thread: Thread, added: JsonObject = {}, context: JsonObject = {}): EvaluationScope {
  return {
    states: { input: visitOf(thread).input, context: contextOf(turn, thread, context), ...added },
    variables: visibleVariables(turn, thread),
    now: turn.ambient.now,
    random: turn.random,
  };
}

/** A cause as AWS words it for what goes wrong in a state itself. */
export function causeInState({ name, enteredEventId }: Visit, detail: string): string {
  return `An error occurred while executing the state '${name}' (entered at the event id #${enteredEventId}). ${detail}`;
}

/** Records a failed evaluation and gives the failure that goes through Retry and Catch. */
function evaluationFailure(turn: Turn, thread: Thread, error: EvaluationError): Failure {
  const visit = visitOf(thread);
  const failure = {
    error: 'States.QueryEvaluationError',
    cause: causeInState(visit, error.detail),
  };
  emit(turn, thread, 'EvaluationFailed', {
    ...failure,
    ...(error.location === undefined ? {} : { location: error.location }),
    state: visit.name,
  });
  return failure;
}

/** A state cannot go on, for another reason than a failed evaluation. */
class StateFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.error);
    this.name = 'StateFailure';
    this.failure = failure;
  }
}

/** Throws States.DataLimitExceeded when a text is longer than what may travel between states. */
export function requireWithinLimit(text: string, what: string): void {
  if (exceedsPayloadLimit(text)) throw new StateFailure(dataLimitExceeded(what));
}

export function dataLimitExceeded(what: string): Failure {
  return {
    error: 'States.DataLimitExceeded',
    cause: `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  };
}

/** Runs a part of a state; a failed evaluation in it becomes a failure of the state. */
export async function guarded<T>(
  turn: Turn,
  thread: Thread,
  work: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly failure: Failure }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof EvaluationError) return { failure: evaluationFailure(turn, thread, error) };
    if (error instanceof StateFailure) return { failure: error.failure };
    throw error;
  }
}
