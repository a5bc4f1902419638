/** Which months a new run looks at again: those of the closed runs before it, and only by the run of the newest month. */
import { latestPayrollKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange } from '../process/store/port.ts';
import { readHead } from '../process/update-process.ts';
import { type EarlierRun, type PayrollRunState, payrollRunId } from './domain/payroll-run.ts';
import { periodBefore } from './domain/period.ts';

export interface EarlierRuns {
  /** Oldest first. */
  readonly earlier: readonly EarlierRun[];
  /** A run that has not closed: what changed in its month and in those before is left to a later run. */
  readonly open?: string;
  /** To be committed with the new run: of runs that begin at the same time only one is the newest. */
  readonly also: readonly WorkChange[];
}

interface LatestRun {
  readonly period: string;
}

/**
 * A run that has not closed may still hand over other figures, and corrections too, so nothing is built on it. A run for a
 * month before the newest would correct what that one has corrected already.
 * @param months - how many months before `period` are looked at
 */
export async function earlierRuns(store: ProcessStore, period: string, months: number): Promise<EarlierRuns> {
  const key = latestPayrollKey();
  const latest = await store.read<LatestRun>(key);
  if (latest !== undefined && latest.value.period > period) {
    return { earlier: [], also: [] };
  }
  const value: LatestRun = { period };
  const write =
    latest === undefined ? ({ kind: 'create' } as const) : ({ kind: 'replace', ifVersion: latest.version } as const);
  return { ...(await closedBefore(store, period, months)), also: [{ ...write, key, value }] };
}

async function closedBefore(store: ProcessStore, period: string, months: number): Promise<Omit<EarlierRuns, 'also'>> {
  const earlier: EarlierRun[] = [];
  for (let of = periodBefore(period), left = months; left > 0; of = periodBefore(of), left -= 1) {
    const head = await readHead<PayrollRunState>(store, payrollRunId(of));
    if (head?.status === 'running') {
      return { earlier, open: payrollRunId(of) };
    }
    const { handedOver, stands } = head?.state ?? {};
    if (handedOver !== undefined && stands === true) {
      earlier.unshift({ period: of, kept: handedOver.kept });
    }
  }
  return { earlier };
}
