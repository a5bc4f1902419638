import type { ExecutionState } from './execution.ts';
import { HISTORY_LIMIT } from './history.ts';
import { workOn } from './interpreter.ts';
import { emit, type Turn } from './turn.ts';

const REDRIVABLE_FOR_DAYS = 14;
const MOST_REDRIVES = 1_000;

/** Whether an ended execution may go on at the state that it ended in, and if not, why not. */
export function redriveStatus(state: ExecutionState, now: number): { readonly refusal?: string } {
  if (state.status === 'RUNNING' || state.status === 'SUCCEEDED') {
    return { refusal: `Execution is ${state.status} and cannot be redriven` };
  }
  if (now - (state.stoppedAt ?? now) > REDRIVABLE_FOR_DAYS * 86_400_000) {
    return { refusal: `Execution ended more than ${REDRIVABLE_FOR_DAYS} days ago and cannot be redriven` };
  }
  if (state.redriveCount >= MOST_REDRIVES) return { refusal: 'Execution has been redriven too often' };
  // What ended because its history was full has no room to go on.
  return state.lastEventId >= HISTORY_LIMIT - 100 ? { refusal: 'Execution has too many history events' } : {};
}

/** Takes an execution up again: the state that it was in is done again, with its attempts and its time-outs anew. */
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
  if (root.visit === undefined) return true;
  root.visit = { ...root.visit, attempts: [], retryCount: 0 };
  await workOn(turn, root);
  return true;
}
