import type { Ambient } from './ambient.ts';
import { childEnded, finishedGroup } from './children.ts';
import { end, finish } from './end.ts';
import type { ExecutionState, NewExecution, OpenTask, Thread, Transition } from './execution.ts';
import { type HistoryEvent, HistoryFull } from './history.ts';
import { completeState, enterState, failState, workOn } from './interpreter.ts';
import type { Json } from './json.ts';
import { itemCommands, runningItems } from './map/child-executions.ts';
import { type EndedItem, openMapCommands } from './map/run.ts';
import { finishGroup, takeEndedItem, takeItems, takeWritten } from './map/take.ts';
import type { ReadContent } from './map/terms.ts';
import { redrive } from './redrive.ts';
import {
  commandOf,
  completeTask,
  failTask,
  type TaskAnswer,
  type TaskEnd,
  takeAnswer,
  timeOutTask,
  waitingThread,
} from './tasks.ts';
import { type Command, openTurn, record, type Turn, threadOf } from './turn.ts';

/** What happens to an execution from outside. */
export type ExecutionInput =
  | { readonly kind: 'started' }
  /** The clock has moved: everything due at `ambient.now` happens. */
  | { readonly kind: 'time-passed' }
  | { readonly kind: 'task-answered'; readonly taskId: number; readonly answer: TaskAnswer }
  /** A child execution of a distributed Map has ended. */
  | { readonly kind: 'item-ended'; readonly ended: EndedItem }
  /** The items of a distributed Map have been read, or could not be. */
  | { readonly kind: 'items-read'; readonly groupId: number; readonly content: ReadContent }
  /** The results of a distributed Map have been written, or could not be. */
  | { readonly kind: 'results-written'; readonly groupId: number; readonly failed?: string }
  | { readonly kind: 'token-succeeded'; readonly token: string; readonly output: Json }
  | { readonly kind: 'token-failed'; readonly token: string; readonly error?: string; readonly cause?: string }
  | { readonly kind: 'token-heartbeat'; readonly token: string }
  /** Goes on at the state that it ended in; the caller has asked {@link redriveStatus}. */
  | { readonly kind: 'redriven' }
  | { readonly kind: 'stopped'; readonly error?: string; readonly cause?: string };

/** The outcome of a step. */
export interface Advance {
  readonly state: ExecutionState;
  readonly events: readonly HistoryEvent[];
  readonly commands: readonly Command[];
  readonly transitions: readonly Transition[];
  /** False when the input found nothing to change: the task has ended, or the execution. */
  readonly accepted: boolean;
}

/** An execution before its first step. */
export function newExecution(parts: NewExecution, startedAt: number): ExecutionState {
  const { TimeoutSeconds: timeout } = parts.definition;
  return {
    ...parts,
    startedAt,
    status: 'RUNNING',
    lastEventId: 0,
    nextThreadId: 1,
    redriveCount: 0,
    ...(timeout === undefined ? {} : { deadline: startedAt + timeout * 1000 }),
    threads: {},
  };
}

/**
 * One step of an execution. A pure function: the same state, input and ambient give the same events and commands,
 * and the state given stays as it was.
 */
export async function advance(state: ExecutionState, input: ExecutionInput, ambient: Ambient): Promise<Advance> {
  const turn = openTurn(state, ambient);
  const isOpen = (state.status === 'RUNNING') !== (input.kind === 'redriven');
  try {
    const accepted = isOpen && (await take(turn, input));
    if (accepted) await runThreads(turn);
    return outcome(turn, accepted);
  } catch (error) {
    if (!(error instanceof HistoryFull)) throw error;
    return cutOff(turn, error.message);
  }
}

/** Ends an execution that no step can carry on, as AWS ends one at a fault of its own. */
export function fail(state: ExecutionState, cause: string, ambient: Ambient): Advance {
  return cutOff(openTurn(state, ambient), cause);
}

/** Ends an execution as it stands; when its history is full, it does not say what becomes of its branches. */
function cutOff(turn: Turn, cause: string): Advance {
  const failure = { error: 'States.Runtime', cause };
  try {
    end(turn, 'FAILED', 'ExecutionFailed', failure);
  } catch (error) {
    if (!(error instanceof HistoryFull)) throw error;
    turn.state.threads = Object.fromEntries(Object.entries(turn.state.threads).filter(([id]) => id === '0'));
    delete turn.state.threads[0]?.waiting;
    end(turn, 'FAILED', 'ExecutionFailed', failure);
  }
  return outcome(turn, true);
}

function outcome(turn: Turn, accepted: boolean): Advance {
  const { state, events, commands, transitions } = turn;
  return { state, events, commands, transitions, accepted };
}

/** The moment at which an execution needs `time-passed` next, in milliseconds since the epoch. */
export function nextDeadline(state: ExecutionState): number | undefined {
  if (state.status !== 'RUNNING') return undefined;
  const moments = Object.values(state.threads).flatMap(dueTimes);
  if (state.deadline !== undefined) moments.push(state.deadline);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** The commands whose answers are still due: what must be given again when the engine starts again. */
export function openCommands(state: ExecutionState): Command[] {
  if (state.status !== 'RUNNING') return [];
  return Object.values(state.threads).flatMap((thread) => {
    const { waiting } = thread;
    if (waiting?.kind === 'task') return waiting.task.submitted ? [] : [commandOf(waiting.task)];
    if (waiting?.kind !== 'children') return openMapCommands(state, thread);
    const { group } = waiting;
    return group.run === undefined ? [] : itemCommands(state, thread, group, runningItems(group.run));
  });
}

function dueTimes({ waiting }: Thread): number[] {
  if (waiting?.kind === 'timer' || waiting?.kind === 'retry') return [waiting.at];
  if (waiting?.kind !== 'task') return [];
  return [waiting.task.deadline, waiting.task.heartbeatDeadline].filter((time) => time !== undefined);
}

async function take(turn: Turn, input: ExecutionInput): Promise<boolean> {
  switch (input.kind) {
    case 'started':
      begin(turn);
      return true;
    case 'time-passed':
      return passTime(turn);
    case 'redriven':
      return redrive(turn);
    case 'stopped':
      end(turn, 'ABORTED', 'ExecutionAborted', input);
      return true;
    case 'task-answered':
      return endTask(
        turn,
        (task) => isFor(task, input),
        (thread, task) => takeAnswer(turn, thread, task, input.answer),
      );
    case 'item-ended':
      return takeEndedItem(turn, input.ended);
    case 'items-read':
      return takeItems(turn, input.groupId, input.content);
    case 'results-written':
      return takeWritten(turn, input.groupId, input.failed);
    case 'token-succeeded':
    case 'token-failed':
    case 'token-heartbeat':
      return endTask(
        turn,
        (task) => task.token === input.token,
        (thread, task) => takeReply(turn, thread, task, input),
      );
  }
}

type TokenReply = Extract<ExecutionInput, { readonly token: string }>;

function takeReply(turn: Turn, thread: Thread, task: OpenTask, reply: TokenReply): TaskEnd {
  switch (reply.kind) {
    case 'token-succeeded':
      return completeTask(turn, thread, task, reply.output);
    case 'token-failed':
      return failTask(turn, thread, task, reply);
    case 'token-heartbeat':
      if (task.heartbeatMs !== undefined) task.heartbeatDeadline = turn.ambient.now + task.heartbeatMs;
      return undefined;
  }
}

/** A call is answered once; the end of a job counts only after the call that started it has been answered. */
function isFor(task: OpenTask, input: Extract<ExecutionInput, { kind: 'task-answered' }>): boolean {
  return task.id === input.taskId && task.submitted === (input.answer.kind === 'job-ended');
}

/** Says that an execution has started, and puts its first thread before the first state. */
export function begin(turn: Turn): Thread {
  const { state } = turn;
  const previousEventId = record(turn, 0, 'ExecutionStarted', {
    input: JSON.stringify(state.input),
    inputDetails: { truncated: false },
    roleArn: state.roleArn,
  });
  const thread: Thread = {
    id: 0,
    index: 0,
    scope: [],
    variables: {},
    previousEventId,
    next: { name: state.definition.StartAt, input: state.input },
  };
  state.threads[0] = thread;
  return thread;
}

async function endTask(
  turn: Turn,
  wanted: (task: OpenTask) => boolean,
  work: (thread: Thread, task: OpenTask) => TaskEnd,
): Promise<boolean> {
  const found = waitingThread(turn.state.threads, wanted);
  if (found === undefined) return false;
  await continueAfter(turn, found.thread, work(found.thread, found.task));
  return true;
}

/** Takes a thread on after its task, when that has ended. */
export async function continueAfter(turn: Turn, thread: Thread, end: TaskEnd): Promise<void> {
  if (end === undefined) return;
  delete thread.waiting;
  if ('failure' in end) await failState(turn, thread, end.failure);
  else await completeState(turn, thread, end.result);
}

async function passTime(turn: Turn): Promise<boolean> {
  const { now } = turn.ambient;
  if (turn.state.deadline !== undefined && turn.state.deadline <= now) {
    end(turn, 'TIMED_OUT', 'ExecutionTimedOut', { error: 'States.Timeout' });
    return true;
  }
  const due = Object.values(turn.state.threads).filter((thread) => dueTimes(thread).some((time) => time <= now));
  for (const thread of due) {
    // The failure of one may have ended its neighbours.
    if (thread.id in turn.state.threads) await wake(turn, thread);
  }
  return due.length > 0;
}

async function wake(turn: Turn, thread: Thread): Promise<void> {
  const { waiting } = thread;
  if (waiting?.kind === 'timer') {
    delete thread.waiting;
    await completeState(turn, thread);
  } else if (waiting?.kind === 'retry') {
    delete thread.waiting;
    await workOn(turn, thread);
  } else if (waiting?.kind === 'task') {
    const heartbeat = (waiting.task.deadline ?? Number.POSITIVE_INFINITY) > turn.ambient.now;
    await continueAfter(turn, thread, timeOutTask(turn, thread, waiting.task, heartbeat));
  }
}

/** Carries every thread on until each waits for something or has ended. */
async function runThreads(turn: Turn): Promise<void> {
  while (turn.state.status === 'RUNNING') {
    const threads = Object.values(turn.state.threads);
    const ended = threads.find((thread) => thread.ended !== undefined);
    const grouped = threads.find((thread) => finishedGroup(thread) !== undefined);
    const going = threads.find((thread) => thread.next !== undefined);
    if (ended !== undefined) await settle(turn, ended);
    else if (grouped !== undefined) await finishGroup(turn, grouped);
    else if (going !== undefined) await enterState(turn, going);
    else return;
  }
}

async function settle(turn: Turn, thread: Thread): Promise<void> {
  const { ended } = thread;
  if (thread.parent !== undefined) {
    const parent = threadOf(turn, thread.parent);
    const failure = childEnded(turn, thread);
    if (failure !== undefined) await failState(turn, parent, failure);
    return;
  }
  if (ended === undefined) return;
  if ('failure' in ended) {
    end(turn, 'FAILED', 'ExecutionFailed', ended.failure);
    return;
  }
  turn.state.output = ended.output;
  finish(turn, 'SUCCEEDED', 'ExecutionSucceeded', {
    output: JSON.stringify(ended.output),
    outputDetails: { truncated: false },
  });
}
