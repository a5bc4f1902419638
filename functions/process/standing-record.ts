/** Records that are about no process: no machine works on them, and they have no end. */
import { ConcurrencyError } from '../runtime/errors.ts';
import { recordOnly } from './own-process.ts';
import { createProcess, type ProcessDeps, readHead } from './update-process.ts';

export interface StandingRecord {
  /** The same in every installation. */
  readonly processId: string;
  readonly kind: string;
  readonly phase: string;
}

/** Twice at once is once. */
export async function registerStanding(deps: ProcessDeps, { processId, kind, phase }: StandingRecord): Promise<void> {
  if ((await readHead(deps.store, processId)) !== undefined) {
    return;
  }
  const head = recordOnly({ processId, kind, phase, requesterId: '', state: null }, deps.clock.now());
  await createProcess(deps, head, { entries: [] }, []).catch((error: unknown) => {
    if (!(error instanceof ConcurrencyError)) {
      throw error;
    }
  });
}
