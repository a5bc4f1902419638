import { takeUpChildren } from './children.ts';
import type { ExecutionState, Thread } from './execution.ts';
import { HISTORY_LIMIT } from './history.ts';
import { workOn } from './interpreter.ts';
import { redriveRun } from './map/run.ts';
import { emit, type Turn } from './turn.ts';

const REDRIVABLE_FOR_DAYS = 14;
const MOST_REDRIVES = 1_000;

/** Whether an ended execution may go on at the state that it ended in, and if not, why not. */
export function redriveStatus(
  state: ExecutionState,
  now: number,
): { readonly refusal?: string; readonly byMapRun?: boolean } {
  if (state.status === 'RUNNING' || state.status === 'SUCCEEDED') {
    return { refusal: `Execution is ${state.status} and cannot be redriven` };
  }
  if (state.startedBy?.pattern === 'item') {
    return { refusal: 'Execution is redriven with its Map Run by the execution around it', byMapRun: true };
  }
  if (now - (state.stoppedAt ?? now) > REDRIVABLE_FOR_DAYS * 86_400_000) {
    return { refusal: `Execution ended more than ${REDRIVABLE_FOR_DAYS} days ago and cannot be redriven` };
  }
  if (state.redriveCount >= MOST_REDRIVES) return { refusal: 'Execution has been redriven too often' };
  // What ended because its history was full has no room to go on.
  return state.lastEventId >= HISTORY_LIMIT - 100 ? { refusal: 'Execution has too many history events' } : {};
}

/** Takes an execution up again where it ended. */
export async function redrive(turn: Turn): Promise<boolean> {
  const { state } = turn;
  const root = state.threads[0];
  if (root === undefined || state.status === 'SUCCEEDED') return false;
  const { TimeoutSeconds: timeout } = state.definition;
  state.status = 'RUNNING';
  state.redriveCount += 1;
  state.redrivenAt = turn.ambient.now;
  delete state.error;
  delete state.cause;
  delete state.stoppedAt;
  if (timeout !== undefined) state.deadline = turn.ambient.now + timeout * 1000;
  emit(turn, root, 'ExecutionRedriven', { redriveCount: state.redriveCount });
  await takeUp(turn, root);
  return true;
}

/**
 * Takes a thread up again: at the state that it had not begun, at the children of a Parallel or a Map that did not end
 * well, or at its state as a whole. Attempts and time-outs count anew.
 */
async function takeUp(turn: Turn, thread: Thread): Promise<void> {
  if (thread.next !== undefined || thread.visit === undefined) return;
  const { left, ...visit } = thread.visit;
  thread.visit = { ...visit, attempts: [], retryCount: 0 };
  if (left === undefined) {
    await workOn(turn, thread);
  } else if (left.group.kind === 'executions') {
    redriveRun(turn, thread, left.group);
  } else {
    takeUpChildren(turn, thread, left);
    for (const child of left.threads) await takeUp(turn, child);
  }
}
