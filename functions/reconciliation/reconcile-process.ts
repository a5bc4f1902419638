/** Compares what the record of a process says with what the ERP has of it. What differs at two looks becomes cases. */
import type { OpenCaseDeps } from '../compliance/open-case.ts';
import { digestOf } from './domain/mismatch.ts';
import type { BooksMessage } from './message.ts';
import { openMismatches } from './open-mismatches.ts';
import { type BooksQueue, SECOND_LOOK_SECONDS } from './port.ts';
import { type MismatchDeps, readMismatches } from './read-mismatches.ts';

export interface ReconcileDeps extends OpenCaseDeps, MismatchDeps {
  readonly queue: BooksQueue;
}

type ProcessMessage = Extract<BooksMessage, { kind: 'process' }>;

/**
 * Idempotent. What a first look finds is looked at once more, since the process may just be hearing of it; what is seen again,
 * the same in every value, is opened as a case. A case whose mismatch is gone gets a note; what returns after somebody decided is
 * another case.
 */
export async function reconcileProcess(
  deps: ReconcileDeps,
  { processId, seen }: ProcessMessage,
): Promise<{ readonly found: number; readonly opened: number }> {
  const mismatches = await readMismatches(deps, processId);
  if (mismatches === undefined) {
    return { found: 0, opened: 0 };
  }
  const fresh = mismatches.filter((mismatch) => !seen.includes(digestOf(mismatch)));
  if (fresh.length > 0) {
    const detail: ProcessMessage = { kind: 'process', processId, seen: mismatches.map(digestOf) };
    await deps.queue.send([{ detail, delaySeconds: SECOND_LOOK_SECONDS }]);
  }
  const opened = await openMismatches(deps, { processId, mismatches, fresh, isComplete: true });
  return { found: mismatches.length, opened };
}
