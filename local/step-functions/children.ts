import type { MapState, ParallelState } from './definition.ts';
import type { ChildGroup, Failure, Thread } from './execution.ts';
import { evaluate } from './expressions.ts';
import { isDistributed, startItem, startRun, stopItems } from './items.ts';
import type { Json, JsonObject } from './json.ts';
import { itemsInState, limitsOf, selectedItems, toleratedOf } from './map/fields.ts';
import { emit, failureFields, record, scopeOf, stateOf, type Turn, threadOf, visitOf } from './turn.ts';

/** Starts the branches of a Parallel or the iterations of a Map; throws EvaluationError. */
export async function startChildren(turn: Turn, thread: Thread, state: ParallelState | MapState): Promise<void> {
  const group = state.Type === 'Parallel' ? await branches(turn, thread, state) : await iterations(turn, thread, state);
  thread.waiting = { kind: 'children', group };
  startMore(turn, thread, group);
}

/** The result of a group that has nothing left to run. */
export function finishedGroup(thread: Thread): ChildGroup | undefined {
  const group = thread.waiting?.kind === 'children' ? thread.waiting.group : undefined;
  return group !== undefined && group.finished === group.items.length ? group : undefined;
}

async function branches(turn: Turn, thread: Thread, state: ParallelState): Promise<ChildGroup> {
  const input =
    state.Arguments === undefined
      ? visitOf(thread).input
      : await evaluate(state.Arguments, 'Arguments', scopeOf(turn, thread));
  const items = state.Branches.map(() => input);
  const startedEventId = emit(turn, thread, 'ParallelStateStarted');
  return groupOf('branches', items, items, { concurrency: items.length, tolerated: 0, startedEventId });
}

async function iterations(turn: Turn, thread: Thread, state: MapState): Promise<ChildGroup> {
  const items = await itemsInState(turn, thread, state);
  const limits = await limitsOf(turn, thread, state);
  const kind = isDistributed(state) ? 'executions' : 'iterations';
  const startedEventId = emit(turn, thread, 'MapStateStarted', { length: items.length });
  if (kind === 'executions') startRun(turn, thread, state);
  const inputs = await selectedItems(turn, thread, state, items);
  return groupOf(kind, items, inputs, {
    concurrency: limits.concurrency === 0 ? items.length : limits.concurrency,
    tolerated: toleratedOf(limits, items.length),
    startedEventId,
  });
}

function groupOf(
  kind: ChildGroup['kind'],
  items: readonly Json[],
  inputs: readonly Json[],
  rest: Pick<ChildGroup, 'concurrency' | 'tolerated' | 'startedEventId'>,
): ChildGroup {
  return {
    kind,
    items,
    inputs,
    results: items.map(() => null),
    started: 0,
    finished: 0,
    failed: 0,
    running: [],
    ...rest,
  };
}

/** Starts children as long as the concurrency allows. */
function startMore(turn: Turn, parent: Thread, group: ChildGroup): void {
  while (group.started < group.items.length && group.started - group.finished < group.concurrency) {
    if (group.kind === 'executions') startItem(turn, parent, group, group.started);
    else startChild(turn, parent, group, group.started);
    group.started += 1;
  }
}

function startChild(turn: Turn, parent: Thread, group: ChildGroup, index: number): void {
  const { name } = visitOf(parent);
  const state = stateOf(turn, parent);
  const machine =
    state.Type === 'Parallel'
      ? state.Branches[index]
      : state.Type === 'Map'
        ? (state.ItemProcessor ?? state.Iterator)
        : undefined;
  if (machine === undefined) throw new Error(`State ${name} has no child ${index}`);
  const previousEventId =
    group.kind === 'branches'
      ? group.startedEventId
      : record(turn, group.startedEventId, 'MapIterationStarted', { name, index });
  const id = turn.state.nextThreadId;
  turn.state.nextThreadId += 1;
  turn.state.threads[id] = {
    id,
    parent: parent.id,
    index,
    scope: [...parent.scope, [name, group.kind === 'branches' ? index : 0]],
    ...(group.kind === 'iterations' ? { item: group.items[index] ?? null } : {}),
    variables: {},
    previousEventId,
    next: { name: machine.StartAt, input: group.inputs[index] ?? null },
  };
}

/** What the end of a child means for the thread around it: nothing yet, or a failure of its state. */
export function childEnded(turn: Turn, child: Thread): Failure | undefined {
  const parent = threadOf(turn, child.parent ?? 0);
  const group = parent.waiting?.kind === 'children' ? parent.waiting.group : undefined;
  const { ended } = child;
  if (group === undefined || ended === undefined) return undefined;
  const failed = 'failure' in ended;
  if (failed && group.kind === 'branches') abortCurrentState(turn, child);
  if (group.kind === 'iterations') {
    emit(turn, child, failed ? 'MapIterationFailed' : 'MapIterationSucceeded', {
      name: visitOf(parent).name,
      index: child.index,
    });
    if (failed) abortCurrentState(turn, child);
  }
  parent.previousEventId = child.previousEventId;
  dropThread(turn, child);
  if (!keepResult(group, child.index, ended) && failed) {
    abortChildren(turn, parent);
    return group.tolerated > 0 ? EXCEEDED : ended.failure;
  }
  startMore(turn, parent, group);
  return undefined;
}

/** As {@link childEnded}, for a child execution of a distributed Map. */
export function itemEnded(turn: Turn, parent: Thread, group: ChildGroup, index: number, ended: Ended) {
  group.running = group.running.filter((item) => item.index !== index);
  if (keepResult(group, index, ended)) {
    startMore(turn, parent, group);
    return undefined;
  }
  stopItems(turn, parent, group);
  emit(turn, parent, 'MapRunFailed', failureFields(EXCEEDED));
  return EXCEEDED;
}

/** Keeps the result of a child; false when more have failed than the group tolerates. */
function keepResult(group: ChildGroup, index: number, ended: Ended): boolean {
  const failed = 'failure' in ended;
  group.finished += 1;
  if (failed) group.failed += 1;
  group.results[index] = failed ? failureOutput(ended.failure) : ended.output;
  return group.failed <= group.tolerated;
}

type Ended = NonNullable<Thread['ended']>;

/** The failure of a Map of which more items failed than it tolerates. */
export const EXCEEDED: Failure = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};

function failureOutput(failure: Failure): JsonObject {
  const { error, cause } = failureFields(failure);
  return { ...(error === undefined ? {} : { Error: error }), ...(cause === undefined ? {} : { Cause: cause }) };
}

/** A state that fails and is left without an exit says so, unless its type has an event of its own for failing. */
function abortCurrentState(turn: Turn, thread: Thread): void {
  const type = stateOf(turn, thread).Type;
  if (type === 'Task' || type === 'Wait') emit(turn, thread, `${type}StateAborted`);
}

/** Gives up all that still runs below a thread. */
export function abortChildren(turn: Turn, parent: Thread): void {
  const group = parent.waiting?.kind === 'children' ? parent.waiting.group : undefined;
  const iterations = group?.kind === 'iterations';
  if (group?.kind === 'executions') {
    stopItems(turn, parent, group);
    emit(turn, parent, 'MapRunAborted');
  }
  for (const child of Object.values(turn.state.threads)) {
    if (child.parent !== parent.id) continue;
    abortChildren(turn, child);
    const failed = child.ended !== undefined && 'failure' in child.ended;
    if (child.waiting !== undefined) emit(turn, child, `${stateOf(turn, child).Type}StateAborted`);
    else if (failed) abortCurrentState(turn, child);
    if (iterations) emit(turn, child, 'MapIterationAborted', { name: visitOf(parent).name, index: child.index });
    if (child.waiting?.kind === 'task' && child.waiting.task.childArn !== undefined) {
      turn.commands.push({ kind: 'stop-child', executionArn: child.waiting.task.childArn });
    }
    parent.previousEventId = child.previousEventId;
    dropThread(turn, child);
  }
}

function dropThread(turn: Turn, thread: Thread): void {
  delete turn.state.threads[thread.id];
}
