import { mapRunArn } from '../arns.ts';
import type { MapState } from '../definition.ts';
import type {
  ChildGroup,
  ExecutionState,
  ExecutionStatus,
  Failure,
  GroupRun,
  MapPlan,
  MapRun,
  Tally,
  Thread,
} from '../execution.ts';
import type { Json } from '../json.ts';
import { type Command, emit, failureFields, failureOutput, mapStateOf, type Turn, visitOf } from '../turn.ts';
import { itemMachineOf, labelOf, startItems, stopItems } from './child-executions.ts';
import { EXCEEDED, itemsInState, limitsOf, selectedItems, toleratedOf } from './fields.ts';
import { batchesOf } from './item-batcher.ts';
import { itemsIn, readRequestOf } from './item-reader.ts';
import { resultFiles, resultsInState, type WrittenGroup, writeTargetOf, writtenResult } from './result-writer.ts';
import type { MapLimits, ReadContent } from './terms.ts';

/** True for a Map whose items run as executions of their own. */
export function isDistributed(state: MapState): boolean {
  return (state.ItemProcessor ?? state.Iterator)?.ProcessorConfig?.Mode === 'DISTRIBUTED';
}

/** Starts a run: its items are read from outside first, or its child executions begin. Throws EvaluationError. */
export async function startDistributed(turn: Turn, thread: Thread, state: MapState): Promise<void> {
  const reader = state.ItemReader;
  const request = reader === undefined ? undefined : await readRequestOf(turn, thread, reader);
  const items = request === undefined ? await itemsInState(turn, thread, state) : [];
  const limits = await limitsOf(turn, thread, state);
  const target = await writeTargetOf(turn, thread, state.ResultWriter);
  const startedEventId = emit(turn, thread, 'MapStateStarted', { length: items.length });
  const plan: MapPlan = {
    runArn: openRun(turn, thread, state, limits),
    startedEventId,
    limits,
    ...(target === undefined ? {} : { target }),
  };
  if (request === undefined) {
    await startGroup(turn, thread, state, plan, items);
    return;
  }
  thread.waiting = { kind: 'reader', plan, request };
  turn.commands.push(...openMapCommands(turn.state, thread));
}

function openRun(turn: Turn, thread: Thread, state: MapState, limits: MapLimits): string {
  const arn = mapRunArn(turn.state.machineArn, labelOf(thread, state), turn.random.uuid());
  const run: MapRun = {
    arn,
    startedAt: turn.ambient.now,
    status: 'RUNNING',
    limits,
    executions: NOTHING,
    items: NOTHING,
    resultsWritten: false,
    redriveCount: 0,
  };
  turn.state.mapRuns = [...(turn.state.mapRuns ?? []), run];
  visitOf(thread).runArn = arn;
  emit(turn, thread, 'MapRunStarted', { mapRunArn: arn });
  return arn;
}

/** Takes what was read; the failure of the state when there are no items in it. Throws EvaluationError. */
export async function itemsRead(turn: Turn, thread: Thread, content: ReadContent): Promise<Failure | undefined> {
  const { waiting } = thread;
  if (waiting?.kind !== 'reader') return undefined;
  const found = itemsIn(content, waiting.request);
  if ('failure' in found) return found.failure;
  await startGroup(turn, thread, mapStateOf(turn, thread), waiting.plan, found.items);
  return undefined;
}

async function startGroup(turn: Turn, thread: Thread, state: MapState, plan: MapPlan, items: Json[]): Promise<void> {
  const { runArn, startedEventId, limits, target } = plan;
  const selected = await selectedItems(turn, thread, state, items);
  const { inputs, sizes } = await batchesOf(turn, thread, state.ItemBatcher, selected);
  const records = inputs.map(() => null);
  const run: GroupRun = { runArn, sizes, records, again: [], ...(target === undefined ? {} : { target }) };
  const group: ChildGroup = {
    kind: 'executions',
    items: inputs,
    inputs,
    results: inputs.map(() => null),
    started: 0,
    finished: 0,
    failed: 0,
    concurrency: limits.concurrency === 0 ? inputs.length : limits.concurrency,
    tolerated: toleratedOf(limits, items.length),
    startedEventId,
    run,
  };
  thread.waiting = { kind: 'children', group };
  startItems(turn, thread, group, run);
  tally(turn, run);
}

/** How a child execution has ended. */
export interface EndedItem {
  readonly groupId: number;
  readonly index: number;
  readonly redriveCount: number;
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly stoppedAt: number;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
}

/** The group that waits for the end of a child execution. */
export function groupWaitingFor(
  thread: Thread,
  { groupId, index, redriveCount, status }: EndedItem,
): ChildGroup | undefined {
  const group = thread.waiting?.kind === 'children' ? thread.waiting.group : undefined;
  const record = group?.startedEventId === groupId ? group.run?.records[index] : undefined;
  if (record?.status !== 'RUNNING') return undefined;
  // A bad end before a redrive may be heard after it. A good one is final: the child was stopped too late.
  return record.redriveCount === redriveCount || status === 'SUCCEEDED' ? group : undefined;
}

/** What the end of a child execution means for the state: nothing yet, or its failure. */
export function itemEnded(turn: Turn, thread: Thread, group: ChildGroup, ended: EndedItem): Failure | undefined {
  const { run } = group;
  const record = run?.records[ended.index];
  if (run === undefined || record === null || record === undefined) return undefined;
  const { status, stoppedAt, index } = ended;
  const succeeded = status === 'SUCCEEDED';
  run.records[index] = { ...record, status, stoppedAt, ...failureFields(ended) };
  group.results[index] = succeeded ? (ended.output ?? null) : failureOutput(ended);
  group.finished += 1;
  if (!succeeded) group.failed += run.sizes[index] ?? 1;
  if (group.failed <= group.tolerated) {
    startItems(turn, thread, group, run);
    tally(turn, run);
    return undefined;
  }
  stopItems(turn, thread, run);
  tally(turn, run);
  visitOf(thread).left = { group, threads: [] };
  if (run.target?.bucket === undefined) return EXCEEDED;
  thread.waiting = { kind: 'writer', group, failure: EXCEEDED };
  turn.commands.push(...openMapCommands(turn.state, thread));
  return undefined;
}

/** The result of a group of child executions that has ended; undefined while it is being written. */
export function finishItems(turn: Turn, thread: Thread, group: ChildGroup): Json | undefined {
  const written = writtenGroup(turn.state, thread, group);
  if (written?.target.bucket === undefined) {
    closeRun(turn, thread, 'SUCCEEDED');
    return written === undefined ? group.results : resultsInState(written);
  }
  thread.waiting = { kind: 'writer', group };
  turn.commands.push(...openMapCommands(turn.state, thread));
  return undefined;
}

/** Takes the end of the writing: the failure of the state, or its result. */
export function resultsWritten(
  turn: Turn,
  thread: Thread,
  failed: string | undefined,
): { readonly failure: Failure } | { readonly result: Json } | undefined {
  const { waiting } = thread;
  const run = waiting?.kind === 'writer' ? waiting.group.run : undefined;
  if (waiting?.kind !== 'writer' || run?.target === undefined) return undefined;
  if (failed !== undefined) {
    visitOf(thread).left = { group: waiting.group, threads: [] };
    return { failure: { error: 'States.ResultWriterFailed', cause: failed } };
  }
  const record = runOf(turn, run.runArn);
  if (record !== undefined) record.resultsWritten = true;
  if (waiting.failure !== undefined) return { failure: waiting.failure };
  closeRun(turn, thread, 'SUCCEEDED');
  return { result: writtenResult(run.target, run.runArn) };
}

/** What a thread of a distributed Map asks of the outside while it waits, also after a restart. */
export function openMapCommands(execution: ExecutionState, thread: Thread): Command[] {
  const { waiting } = thread;
  if (waiting?.kind === 'reader') {
    return [{ kind: 'read-items', groupId: waiting.plan.startedEventId, request: waiting.request }];
  }
  const written = waiting?.kind === 'writer' ? writtenGroup(execution, thread, waiting.group) : undefined;
  if (written === undefined) return [];
  return [{ kind: 'write-results', groupId: written.group.startedEventId, files: resultFiles(written) }];
}

function writtenGroup(execution: ExecutionState, thread: Thread, group: ChildGroup): WrittenGroup | undefined {
  const { run } = group;
  if (run?.target === undefined) return undefined;
  const machineArn = itemMachineOf(execution, thread, mapStateOf({ state: execution }, thread));
  return { group, run, target: run.target, machineArn };
}

/** Ends the run of a state, if one is open, and says so in the history. */
export function closeRun(
  turn: Turn,
  thread: Thread,
  status: 'SUCCEEDED' | 'FAILED' | 'ABORTED',
  failure: Failure = {},
): void {
  const run = runOf(turn, visitOf(thread).runArn);
  if (run?.status !== 'RUNNING') return;
  run.status = status;
  run.stoppedAt = turn.ambient.now;
  const type = { SUCCEEDED: 'MapRunSucceeded', FAILED: 'MapRunFailed', ABORTED: 'MapRunAborted' }[status];
  emit(turn, thread, type, status === 'FAILED' ? failureFields(failure) : undefined);
}

/** Takes up a run that failed or was aborted: its child executions that did not succeed run again. */
export function redriveRun(turn: Turn, thread: Thread, group: ChildGroup): void {
  const { run } = group;
  const record = runOf(turn, run?.runArn);
  if (run === undefined || record === undefined) return;
  record.status = 'RUNNING';
  delete record.stoppedAt;
  record.redriveCount += 1;
  record.redrivenAt = turn.ambient.now;
  visitOf(thread).runArn = record.arn;
  emit(turn, thread, 'MapRunRedriven', { mapRunArn: record.arn, redriveCount: record.redriveCount });
  const succeeded = run.records.filter((item) => item?.status === 'SUCCEEDED').length;
  run.again = run.records.flatMap((item, index) => (item !== null && item.status !== 'SUCCEEDED' ? [index] : []));
  group.finished = succeeded;
  group.failed = 0;
  thread.waiting = { kind: 'children', group };
  startItems(turn, thread, group, run);
  tally(turn, run);
}

function runOf(turn: Turn, arn: string | undefined): MapRun | undefined {
  return turn.state.mapRuns?.find((run) => run.arn === arn);
}

const NOTHING: Tally = { PENDING: 0, RUNNING: 0, SUCCEEDED: 0, FAILED: 0, TIMED_OUT: 0, ABORTED: 0 };

/** Counts the child executions of a run, and their items, for those who ask how it goes. */
export function tally(turn: Turn, { runArn, records, sizes }: GroupRun): void {
  const run = runOf(turn, runArn);
  if (run === undefined) return;
  const executions = { ...NOTHING };
  const items = { ...NOTHING };
  for (const [index, record] of records.entries()) {
    const status = record?.status ?? 'PENDING';
    executions[status] += 1;
    items[status] += sizes[index] ?? 1;
  }
  run.executions = executions;
  run.items = items;
}
