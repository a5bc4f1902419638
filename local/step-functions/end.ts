/** How an execution ends, whatever ends it. */
import { leaveChildren } from './children.ts';
import type { ExecutionState, Failure, Thread } from './execution.ts';
import type { JsonObject } from './json.ts';
import { emit, failureFields, type Turn } from './turn.ts';

/** Ends the execution at a failure of its own or from outside. */
export function end(turn: Turn, status: 'FAILED' | 'TIMED_OUT' | 'ABORTED', type: string, failure: Failure): void {
  const fields = failureFields(failure);
  Object.assign(turn.state, fields);
  finish(turn, status, type, fields);
}

/** Ends the execution: whatever still waits is given up, and the history says so. */
export function finish(turn: Turn, status: ExecutionState['status'], type: string, details: JsonObject): void {
  const { state } = turn;
  state.status = status;
  state.stoppedAt = turn.ambient.now;
  const root = state.threads[0];
  if (root !== undefined) {
    giveUp(turn, root);
    delete root.ended;
    emit(turn, root, type, details);
  }
}

function giveUp(turn: Turn, root: Thread): void {
  if (root.visit !== undefined) leaveChildren(turn, root);
  const child = root.waiting?.kind === 'task' ? root.waiting.task.childArn : undefined;
  if (child !== undefined) turn.commands.push({ kind: 'stop-child', executionArn: child });
  delete root.waiting;
  delete root.next;
}
