import type { MapState, ParallelState } from './definition.ts';
import type { ChildGroup, Failure, LeftBehind, Thread } from './execution.ts';
import { evaluate } from './expressions.ts';
import type { Json } from './json.ts';
import { stopItems } from './map/child-executions.ts';
import { EXCEEDED, itemsInState, limitsOf, selectedItems, toleratedOf } from './map/fields.ts';
import { closeRun, isDistributed, startDistributed, tally } from './map/run.ts';
import { emit, failureOutput, record, scopeOf, stateOf, type Turn, threadOf, visitOf } from './turn.ts';

/** Starts the branches of a Parallel, or the iterations or child executions of a Map; throws EvaluationError. */
export async function startChildren(turn: Turn, thread: Thread, state: ParallelState | MapState): Promise<void> {
  if (state.Type === 'Map' && isDistributed(state)) return startDistributed(turn, thread, state);
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
  const startedEventId = emit(turn, thread, 'MapStateStarted', { length: items.length });
  const inputs = await selectedItems(turn, thread, state, items);
  return groupOf('iterations', items, inputs, {
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
    ...rest,
  };
}

/** Starts children as long as the concurrency allows. */
function startMore(turn: Turn, parent: Thread, group: ChildGroup): void {
  while (group.started < group.items.length && group.started - group.finished < group.concurrency) {
    startChild(turn, parent, group, group.started);
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
    leaveChildren(turn, parent, [child]);
    return group.tolerated > 0 ? EXCEEDED : ended.failure;
  }
  startMore(turn, parent, group);
  return undefined;
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

/** A state that fails and is left without an exit says so, unless its type has an event of its own for failing. */
function abortCurrentState(turn: Turn, thread: Thread): void {
  const type = stateOf(turn, thread).Type;
  if (type === 'Task' || type === 'Wait') emit(turn, thread, `${type}StateAborted`);
}

/**
 * Gives up all that still runs below a thread, and keeps for a redrive what did not end well.
 *
 * @param failed - children that have ended already and are to run again as well
 */
export function leaveChildren(turn: Turn, parent: Thread, failed: readonly Thread[] = []): void {
  const { waiting } = parent;
  const group = waiting?.kind === 'children' || waiting?.kind === 'writer' ? waiting.group : undefined;
  if (group?.run !== undefined) {
    stopItems(turn, parent, group.run);
    tally(turn, group.run);
  }
  if (parent.visit?.runArn !== undefined) closeRun(turn, parent, 'ABORTED');
  const threads = [...failed];
  for (const child of Object.values(turn.state.threads)) {
    if (child.parent !== parent.id || group === undefined) continue;
    const output = child.ended !== undefined && 'output' in child.ended ? child.ended.output : undefined;
    leaveChild(turn, parent, group, child);
    if (output === undefined) threads.push(child);
    else group.results[child.index] = output;
  }
  for (const thread of threads) {
    delete thread.ended;
    delete thread.waiting;
  }
  if (group !== undefined) visitOf(parent).left = { group, threads };
}

function leaveChild(turn: Turn, parent: Thread, group: ChildGroup, child: Thread): void {
  const { waiting, ended } = child;
  leaveChildren(turn, child);
  if (waiting !== undefined) emit(turn, child, `${stateOf(turn, child).Type}StateAborted`);
  else if (ended !== undefined && 'failure' in ended) abortCurrentState(turn, child);
  if (group.kind === 'iterations') {
    emit(turn, child, 'MapIterationAborted', { name: visitOf(parent).name, index: child.index });
  }
  if (waiting?.kind === 'task' && waiting.task.childArn !== undefined) {
    turn.commands.push({ kind: 'stop-child', executionArn: waiting.task.childArn });
  }
  parent.previousEventId = child.previousEventId;
  dropThread(turn, child);
}

/** Puts back the children that did not end well; those that did keep their results. */
export function takeUpChildren(turn: Turn, parent: Thread, { group, threads }: LeftBehind): void {
  group.finished = group.started - threads.length;
  group.failed = 0;
  parent.waiting = { kind: 'children', group };
  for (const thread of threads) turn.state.threads[thread.id] = thread;
  startMore(turn, parent, group);
}

function dropThread(turn: Turn, thread: Thread): void {
  delete turn.state.threads[thread.id];
}
