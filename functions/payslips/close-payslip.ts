/** The end of a payslip: what its employee said of it is its outcome. */
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { PAYSLIP_KIND, type PayslipOutcome, type PayslipState, wordOn } from './domain/payslip-process.ts';

/** Idempotent. */
export function closePayslip(deps: ProcessDeps, processId: string): Promise<{ outcome: PayslipOutcome }> {
  return updateProcess<PayslipState, { outcome: PayslipOutcome }>(deps, processId, ({ status, state }) => {
    const outcome = wordOn(state)?.word ?? 'unanswered';
    const entry = { type: 'PayslipClosed', actor: { kind: 'meridian', id: PAYSLIP_KIND }, facts: { outcome } } as const;
    return {
      output: { outcome },
      ...(status === 'ended' ? {} : { change: { entries: [entry], phase: 'Closed', abandon: [], end: { outcome } } }),
    };
  });
}
