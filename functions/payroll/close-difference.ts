/** One employee is settled: the record of the question ends with what was answered. */
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { DIFFERENCE_KIND, type DifferenceState, type Settlement } from './domain/difference-process.ts';

export interface CloseDifferenceInput {
  readonly processId: string;
  readonly settlement: Settlement;
}

/** Idempotent. */
export function closeDifference(deps: ProcessDeps, { processId, settlement }: CloseDifferenceInput): Promise<null> {
  const entry = {
    type: 'DifferenceClosed',
    actor: { kind: 'meridian', id: DIFFERENCE_KIND },
    facts: { outcome: settlement },
  } as const;
  return updateProcess<DifferenceState, null>(deps, processId, ({ status }) => ({
    output: null,
    ...(status === 'ended'
      ? {}
      : { change: { entries: [entry], phase: 'Closed', abandon: [], end: { outcome: settlement } } }),
  }));
}
