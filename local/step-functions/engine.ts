import {
  type Advance,
  advance,
  type ExecutionInput,
  fail,
  newExecution,
  nextDeadline,
  openCommands,
} from './advance.ts';
import type { Ambient } from './ambient.ts';
import { ApiError } from './api-errors.ts';
import type { ExecutionState, NewExecution, StartedBy, Thread, Transition } from './execution.ts';
import type { Journal } from './journal.ts';
import type { Json } from './json.ts';
import { type ObjectStore, performObjectCommand } from './map/objects.ts';
import type { EndedItem } from './map/run.ts';
import { readTaskToken, type TaskAnswer } from './tasks.ts';
import { type Command, failureFields, type RunTask } from './turn.ts';

/** What the engine needs of its surroundings. */
export interface EngineDeps {
  readonly journal: Journal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A new text on every call; the source of ids, tokens and jitter of a step. */
  readonly seed: () => string;
  /**
   * Runs a task that is no nested execution; undefined when no answer will come. The call may be repeated after a
   * restart.
   */
  readonly runTask: (command: RunTask, execution: ExecutionState) => Promise<TaskAnswer | undefined>;
  /** See {@link Ambient}. */
  readonly refusalOf?: Ambient['refusalOf'];
  /** Where distributed Maps read their items and write their results. Without it, such Maps fail. */
  readonly objects?: ObjectStore;
  /** Starts, watches and stops nested executions. */
  readonly children: ChildExecutions;
  readonly onTransitions?: (transitions: readonly Transition[]) => void;
  /** Called when the next deadline of an execution has changed; undefined when it has none. */
  readonly onDeadline: (executionArn: string, at: number | undefined) => void;
  /** Called when an execution has ended and its end is kept. */
  readonly onEnded?: (execution: ExecutionState) => void;
}

/** How a task of an execution runs another one. */
export interface ChildExecutions {
  isChildTask(command: RunTask, execution: ExecutionState): boolean;
  start(command: RunTask, parent: ExecutionState): Promise<TaskAnswer>;
  ended(child: ExecutionState): TaskAnswer | undefined;
}

/** Runs executions: one step after the other for each, different ones side by side. */
export interface Engine {
  /** Starts an execution, unless there is one of that ARN: then `created` is false and `state` is the existing one's. */
  start(parts: NewExecution): Promise<{ readonly state: ExecutionState; readonly created: boolean }>;
  dispatch(executionArn: string, input: ExecutionInput): Promise<Advance | undefined>;
  /** Takes up every execution that had not ended: its open tasks run again, its deadlines are announced. */
  resume(): void;
  sendTaskSuccess(token: string, output: Json): Promise<void>;
  sendTaskFailure(token: string, failure: { readonly error?: string; readonly cause?: string }): Promise<void>;
  sendTaskHeartbeat(token: string): Promise<void>;
  /** Resolves when nothing runs any more: every step is done and every task that was called has answered. */
  idle(): Promise<void>;
  /** Finishes the steps that have begun; nothing begins after it, and answers that come later are forgotten. */
  stop(): Promise<void>;
}

/** Builds an engine on a journal. */
export function createEngine(deps: EngineDeps): Engine {
  const { journal } = deps;
  const queues = new Map<string, Promise<unknown>>();
  const busy = new Set<Promise<unknown>>();
  let stopped = false;

  const track = (work: Promise<unknown>): void => {
    const tracked: Promise<unknown> = work.finally(() => busy.delete(tracked));
    busy.add(tracked);
  };

  const inOrder = <T>(arn: string, work: () => Promise<T>): Promise<T> => {
    const before = queues.get(arn) ?? Promise.resolve();
    const after = before.then(work, work);
    const settled = after.then(
      () => undefined,
      () => undefined,
    );
    queues.set(arn, settled);
    track(settled.then(() => (queues.get(arn) === settled ? queues.delete(arn) : false)));
    return after;
  };

  const commit = async (state: ExecutionState, input: ExecutionInput): Promise<Advance> => {
    const ambient: Ambient = {
      now: deps.now(),
      seed: deps.seed(),
      ...(deps.refusalOf === undefined ? {} : { refusalOf: deps.refusalOf }),
    };
    const step = await advance(state, input, ambient).catch((error: unknown) => fail(state, String(error), ambient));
    if (!step.accepted) return step;
    await journal.commit(step.state, step.events);
    // What follows from the step is taken up at the next start.
    if (stopped) return step;
    deps.onTransitions?.(step.transitions);
    deps.onDeadline(step.state.arn, nextDeadline(step.state));
    for (const command of step.commands) perform(step.state, command);
    if (step.state.status !== 'RUNNING') {
      deps.onEnded?.(step.state);
      tellParent(step.state);
    }
    return step;
  };

  const dispatch = (arn: string, input: ExecutionInput): Promise<Advance | undefined> =>
    inOrder(arn, async () => {
      const state = stopped ? undefined : journal.read(arn);
      return state === undefined ? undefined : commit(state, input);
    });

  const start: Engine['start'] = async (parts) =>
    inOrder(parts.arn, async () => {
      if (stopped) throw new Error('The engine has stopped');
      const existing = journal.read(parts.arn);
      if (existing !== undefined) return { state: existing, created: false };
      const { state } = await commit(newExecution(parts, deps.now()), { kind: 'started' });
      return { state, created: true };
    });

  const perform = (execution: ExecutionState, command: Command): void => {
    if (command.kind === 'stop-child') {
      track(dispatch(command.executionArn, { kind: 'stopped' }));
      return;
    }
    if (command.kind === 'start-item') {
      track(startItem(command));
      return;
    }
    if (command.kind !== 'run-task') {
      track(performObjectCommand(deps.objects, command).then((answer) => dispatch(execution.arn, answer)));
      return;
    }
    const run = deps.children.isChildTask(command, execution) ? deps.children.start : deps.runTask;
    const answered = run(command, execution).catch((error: unknown): TaskAnswer => {
      const cause = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', error: 'States.TaskFailed', cause };
    });
    track(
      answered.then(async (answer) => {
        if (answer === undefined) return;
        const step = await dispatch(execution.arn, { kind: 'task-answered', taskId: command.taskId, answer });
        // A short child may have ended before its parent knew that it had started.
        if (step?.accepted === true && answer.kind === 'submitted') relink(step.state);
        const end = answer.kind === 'submitted' ? answer.end : undefined;
        if (step?.accepted === true && end !== undefined) {
          await dispatch(execution.arn, { kind: 'task-answered', taskId: command.taskId, answer: end });
        }
        // Nobody waits for a child any more whose parent's task ended while it was being started.
        const orphan = step?.accepted === false && answer.kind === 'submitted' ? answer.childArn : undefined;
        if (orphan !== undefined) await dispatch(orphan, { kind: 'stopped' });
      }),
    );
  };

  // One piece of work for the child, so that a command to stop it that follows finds it running.
  const startItem = ({ execution, redriveCount }: Extract<Command, { kind: 'start-item' }>): Promise<void> =>
    inOrder(execution.arn, async () => {
      if (stopped) return;
      const child = journal.read(execution.arn);
      if (child === undefined) await commit(newExecution(execution, deps.now()), { kind: 'started' });
      else if (child.status === 'RUNNING') return;
      // Done again after a restart: the child may have ended unheard, before or after it was redriven.
      else if (child.redriveCount < redriveCount && child.status !== 'SUCCEEDED')
        await commit(child, { kind: 'redriven' });
      else tellParent(child);
    });

  const tellParent = (child: ExecutionState): void => {
    const { startedBy } = child;
    if (startedBy?.pattern === 'item') {
      track(dispatch(startedBy.executionArn, { kind: 'item-ended', ended: endOf(child, startedBy) }));
      return;
    }
    const answer = deps.children.ended(child);
    if (startedBy === undefined || answer === undefined) return;
    track(dispatch(startedBy.executionArn, { kind: 'task-answered', taskId: startedBy.taskId, answer }));
  };

  const reply = async (token: string, input: ExecutionInput): Promise<void> => {
    const address = readTaskToken(token);
    if (address === undefined) throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
    const step = await dispatch(address.executionArn, input);
    if (step === undefined)
      throw new ApiError('TaskDoesNotExist', "Task Does Not Exist: 'Provided task does not exist'");
    if (!step.accepted) throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  };

  return {
    start,
    dispatch,
    resume: () => {
      for (const arn of journal.running()) {
        const state = journal.read(arn);
        if (state === undefined) continue;
        deps.onDeadline(arn, nextDeadline(state));
        if (isOrphan(state)) track(dispatch(arn, { kind: 'stopped' }));
        for (const command of openCommands(state)) perform(state, command);
        relink(state);
      }
    },
    sendTaskSuccess: (token, output) => reply(token, { kind: 'token-succeeded', token, output }),
    sendTaskFailure: (token, failure) => reply(token, { kind: 'token-failed', token, ...failure }),
    sendTaskHeartbeat: (token) => reply(token, { kind: 'token-heartbeat', token }),
    idle: async () => {
      while (busy.size > 0) await Promise.allSettled([...busy]);
    },
    stop: async () => {
      stopped = true;
      while (queues.size > 0) await Promise.allSettled([...queues.values()]);
    },
  };

  /** A parent that ended or went on may not have come to stop its child. */
  function isOrphan({ startedBy, redriveCount }: ExecutionState): boolean {
    // Who was redriven goes on for its own sake.
    if (startedBy === undefined || (redriveCount > 0 && startedBy.pattern !== 'item')) return false;
    if (startedBy.pattern === 'request' || startedBy.pattern === 'waitForTaskToken') return false;
    const parent = journal.read(startedBy.executionArn);
    if (parent?.status !== 'RUNNING') return true;
    return !Object.values(parent.threads).some((thread) => waitsFor(thread, startedBy));
  }

  /** A child may have ended while its parent had not heard of it. */
  function relink(state: ExecutionState): void {
    for (const { waiting } of Object.values(state.threads)) {
      const childArn = waiting?.kind === 'task' ? waiting.task.childArn : undefined;
      const child = childArn === undefined ? undefined : journal.read(childArn);
      if (child !== undefined && child.status !== 'RUNNING') tellParent(child);
    }
  }
}

function waitsFor({ waiting }: Thread, startedBy: StartedBy): boolean {
  if (startedBy.pattern !== 'item') return waiting?.kind === 'task' && waiting.task.id === startedBy.taskId;
  return waiting?.kind === 'children' && waiting.group.startedEventId === startedBy.groupId;
}

function endOf(
  child: ExecutionState,
  { groupId, index }: { readonly groupId: number; readonly index: number },
): EndedItem {
  const { status, output, redriveCount, stoppedAt, startedAt } = child;
  return {
    groupId,
    index,
    redriveCount,
    // Nobody tells of a child that runs.
    status: status === 'RUNNING' ? 'ABORTED' : status,
    stoppedAt: stoppedAt ?? startedAt,
    ...(output === undefined ? {} : { output }),
    ...failureFields(child),
  };
}
