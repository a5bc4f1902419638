import { begin, continueAfter, newExecution } from '../advance.ts';
import type { Ambient } from '../ambient.ts';
import type { MapState, ParallelState } from '../definition.ts';
import { retrierFor } from '../errors.ts';
import type { Failure, OpenTask, Thread } from '../execution.ts';
import { evaluate } from '../expressions.ts';
import { completeState, enter, failState, workOn } from '../interpreter.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { EXCEEDED, itemsInState, limitsOf, selectedItems, toleratedOf } from '../map/fields.ts';
import { batchesOf } from '../map/item-batcher.ts';
import { itemsIn, readRequestOf } from '../map/item-reader.ts';
import type { MapLimits } from '../map/terms.ts';
import { commandOf, completeTask, failTask, type TaskAnswer, type TaskEnd, takeAnswer, timeOutTask } from '../tasks.ts';
import {
  canFailSoftly,
  failureFields,
  guarded,
  openTurn,
  type RunTask,
  scopeOf,
  stateOf,
  type Turn,
  visitOf,
} from '../turn.ts';
import { checkRequest, TESTED, type TestStateRequest, testedMachine } from './request.ts';

/** What became of a state under test. */
export interface TestedState {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  readonly inspection: Inspection;
}

/** What went into the state and came out of its parts; a field is there where the state has that part. */
export interface Inspection {
  readonly input: Json;
  readonly afterArguments?: Json;
  readonly afterItemSelector?: Json;
  readonly afterItemBatcher?: Json;
  readonly result?: Json;
  readonly variables?: JsonObject;
  readonly maxConcurrency?: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
  readonly errorDetails?: {
    readonly catchIndex?: number;
    readonly retryIndex?: number;
    readonly retryBackoffIntervalSeconds?: number;
  };
}

/** Runs a task that has no mock; undefined when its time is over. */
export type TaskRunner = (command: RunTask) => Promise<TaskAnswer | undefined>;

const PREFIX = 'arn:aws:states:us-east-1:000000000000';
const NAME = 'test';

/**
 * Tests one state by itself, as AWS's TestState does: nothing is kept and no time passes (a Wait is over at once).
 * Throws ApiError ValidationException and InvalidDefinition.
 */
export async function testState(
  request: TestStateRequest,
  ambient: Ambient,
  runTask: TaskRunner,
): Promise<TestedState> {
  const definition = testedMachine(request);
  const execution = newExecution(
    {
      arn: `${PREFIX}:express:${NAME}:${NAME}`,
      name: NAME,
      machineArn: `${PREFIX}:stateMachine:${NAME}`,
      machineName: NAME,
      roleArn: request.roleArn ?? '',
      definition,
      input: request.input,
    },
    ambient.now,
  );
  const turn: Turn = { ...openTurn(execution, ambient), amendContext: (context) => amended(context, request) };
  const thread = begin(turn);
  Object.assign(thread.variables, request.variables);
  enter(turn, thread, { name: TESTED, input: request.input });
  const state = stateOf(turn, thread);
  checkRequest(request, state);
  useRetries(thread, state, request.configuration?.retrierRetryCount ?? 0);
  const evaluated =
    state.Type === 'Map' || state.Type === 'Parallel'
      ? await passChildren(turn, thread, state, request)
      : await passAlone(turn, thread, request, runTask);
  return outcome(turn, thread, { ...evaluated, input: request.input });
}

/** A test has no role unless it is given one, and the context that the caller wants. */
function amended(context: JsonObject, { roleArn, context: given }: TestStateRequest): JsonObject {
  const execution = isObject(context.Execution) ? context.Execution : {};
  return { ...context, Execution: { ...execution, RoleArn: roleArn ?? null }, ...given };
}

function useRetries(thread: Thread, state: ReturnType<typeof stateOf>, count: number): void {
  const visit = visitOf(thread);
  visit.retryCount = count;
  if (canFailSoftly(state)) visit.attempts.push(...(state.Retry ?? []).map(() => count));
}

type Evaluated = Omit<Inspection, 'input'>;

async function passAlone(
  turn: Turn,
  thread: Thread,
  { mock }: TestStateRequest,
  runTask: TaskRunner,
): Promise<Evaluated> {
  await workOn(turn, thread);
  const { waiting } = thread;
  if (waiting?.kind === 'timer') await completeState(turn, thread);
  if (waiting?.kind !== 'task') return {};
  const { task } = waiting;
  const end = mock === undefined ? await runNow(turn, thread, task, runTask) : mocked(turn, thread, task, mock);
  await continueAfter(turn, thread, end);
  return {
    afterArguments: task.arguments,
    ...(end !== undefined && 'result' in end ? { result: end.result } : {}),
  };
}

function mocked(turn: Turn, thread: Thread, task: OpenTask, mock: NonNullable<TestStateRequest['mock']>): TaskEnd {
  return 'result' in mock ? completeTask(turn, thread, task, mock.result) : failTask(turn, thread, task, mock.failure);
}

async function runNow(turn: Turn, thread: Thread, task: OpenTask, runTask: TaskRunner): Promise<TaskEnd> {
  const answer = await runTask(commandOf(task));
  return answer === undefined ? timeOutTask(turn, thread, task, false) : takeAnswer(turn, thread, task, answer);
}

/** Evaluates a Map or a Parallel up to its children, whose work the mock stands for. */
async function passChildren(
  turn: Turn,
  thread: Thread,
  state: MapState | ParallelState,
  { mock, configuration = {} }: TestStateRequest,
): Promise<Evaluated> {
  const evaluated = await guarded(turn, thread, () =>
    state.Type === 'Map'
      ? evaluateMap(turn, thread, state, configuration.mapItemReaderData)
      : evaluateParallel(turn, thread, state),
  );
  if ('failure' in evaluated) {
    await failState(turn, thread, evaluated.failure);
    return {};
  }
  const { failure, items = 0, limits, ...parts } = evaluated.value;
  const failed = configuration.mapIterationFailureCount ?? 0;
  if (failure !== undefined) await failState(turn, thread, failure);
  else if (mock !== undefined && 'failure' in mock) await failState(turn, thread, mock.failure);
  else if (limits !== undefined && exceeds(failed, items, limits)) await failState(turn, thread, EXCEEDED);
  else await completeState(turn, thread, mock?.result ?? null);
  return parts;
}

interface EvaluatedChildren extends Evaluated {
  readonly failure?: Failure;
  readonly items?: number;
  readonly limits?: MapLimits;
}

async function evaluateParallel(turn: Turn, thread: Thread, state: ParallelState): Promise<EvaluatedChildren> {
  if (state.Arguments === undefined) return {};
  return { afterArguments: await evaluate(state.Arguments, 'Arguments', scopeOf(turn, thread)) };
}

async function evaluateMap(
  turn: Turn,
  thread: Thread,
  state: MapState,
  readData: string | undefined,
): Promise<EvaluatedChildren> {
  const found = await mapItems(turn, thread, state, readData);
  const limits = await limitsOf(turn, thread, state);
  const { concurrency, toleratedCount, toleratedPercentage } = limits;
  const numbers = {
    maxConcurrency: concurrency,
    ...(toleratedCount === undefined ? {} : { toleratedFailureCount: toleratedCount }),
    ...(toleratedPercentage === undefined ? {} : { toleratedFailurePercentage: toleratedPercentage }),
  };
  if ('failure' in found) return { ...numbers, failure: found.failure };
  const selected = await selectedItems(turn, thread, state, found.items);
  const { inputs } = await batchesOf(turn, thread, state.ItemBatcher, selected);
  return {
    ...numbers,
    limits,
    items: found.items.length,
    ...(state.ItemSelector === undefined ? {} : { afterItemSelector: selected }),
    ...(state.ItemBatcher === undefined ? {} : { afterItemBatcher: inputs }),
  };
}

/** The items of a Map; of one that reads them from outside, those in the data that the test gives. */
async function mapItems(turn: Turn, thread: Thread, state: MapState, readData: string | undefined) {
  if (state.ItemReader === undefined) return { items: await itemsInState(turn, thread, state) };
  const request = await readRequestOf(turn, thread, state.ItemReader);
  return readData === undefined ? { items: [] } : itemsIn({ text: readData }, request);
}

/** Only a Map that says what it tolerates is measured by it. */
function exceeds(failed: number, items: number, limits: MapLimits): boolean {
  if (limits.toleratedCount === undefined && limits.toleratedPercentage === undefined) return false;
  return failed > toleratedOf(limits, items);
}

function outcome(turn: Turn, thread: Thread, parts: Inspection): TestedState {
  const { ended, next, waiting } = thread;
  const failure = ended !== undefined && 'failure' in ended ? ended.failure : turn.failures.at(-1);
  const caught = turn.transitions.find(({ by }) => by.startsWith('catch '));
  const errorDetails = failure === undefined ? {} : detailsOf(turn, thread, failure, caught?.by);
  const inspection: Inspection = {
    ...parts,
    ...(Object.keys(thread.variables).length === 0 ? {} : { variables: thread.variables }),
    ...(Object.keys(errorDetails).length === 0 ? {} : { errorDetails }),
  };
  const told = failureFields(failure ?? {});
  if (waiting?.kind === 'retry') return { status: 'RETRIABLE', ...told, inspection };
  if (next !== undefined) {
    const status = caught === undefined ? 'SUCCEEDED' : 'CAUGHT_ERROR';
    return { status, output: next.input, nextState: next.name, ...told, inspection };
  }
  if (ended !== undefined && 'output' in ended) return { status: 'SUCCEEDED', output: ended.output, inspection };
  return { status: 'FAILED', ...told, inspection };
}

function detailsOf(turn: Turn, thread: Thread, failure: Failure, caughtBy: string | undefined) {
  const state = stateOf(turn, thread);
  const retryIndex = canFailSoftly(state) ? retrierFor(state.Retry ?? [], failure) : -1;
  const { waiting } = thread;
  return {
    ...(retryIndex === -1 ? {} : { retryIndex }),
    ...(waiting?.kind === 'retry' ? { retryBackoffIntervalSeconds: (waiting.at - turn.ambient.now) / 1000 } : {}),
    ...(caughtBy === undefined ? {} : { catchIndex: Number(caughtBy.slice('catch '.length)) }),
  };
}
