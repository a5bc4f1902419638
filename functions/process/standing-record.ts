/** Records that are about no process: no machine works on them, and they have no end. */
import { EMPTY_CHAIN } from '../audit/domain/record.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
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
  const now = deps.clock.now().toISOString();
  const head = {
    processId,
    kind,
    executionId: '',
    oa: { system: 'meridian', requestId: processId },
    requesterId: '',
    chain: EMPTY_CHAIN,
    status: 'ended',
    phase,
    startedAt: now,
    endedAt: now,
    waits: {},
    answers: {},
    holds: [],
    state: null,
  } as const;
  await createProcess(deps, head, { entries: [] }, []).catch((error: unknown) => {
    if (!(error instanceof ConcurrencyError)) {
      throw error;
    }
  });
}
