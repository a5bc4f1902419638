/** The end of a payroll run: its last entry, and a mail with counts to the operators. */
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { PAYROLL_KIND, type PayrollRunState } from './domain/payroll-run.ts';

/** Idempotent. */
export function closeRun(deps: ProcessDeps, processId: string): Promise<{ outcome: 'handed-over' }> {
  return updateProcess<PayrollRunState, { outcome: 'handed-over' }>(deps, processId, ({ status, state }) => {
    const output = { outcome: 'handed-over' } as const;
    const { period, handedOver } = state;
    if (status === 'ended') {
      return { output };
    }
    if (handedOver === undefined) {
      throw new Error(`${processId} has no file`);
    }
    const { file, digest, employees, accepted, missing } = handedOver;
    const reason = `${file}, SHA-256 ${digest}: ${employees} employees, ${accepted} with the ERP's figures although a request differs, ${missing.length} missing`;
    const reasonZh = `${file}，SHA-256 ${digest}：共 ${employees} 人，其中 ${accepted} 人与申请不一致、以 ERP 为准，缺 ${missing.length} 人`;
    const facts = { ...output, noun: 'payroll run', title: `Payroll ${period}`, reason, reasonZh };
    return {
      change: {
        entries: [{ type: 'PayrollRunClosed', actor: { kind: 'meridian', id: PAYROLL_KIND }, facts: output }],
        phase: 'Closed',
        abandon: [],
        end: output,
        effects: [{ kind: 'mail', mail: { to: 'operators', template: 'process-news', facts } }],
      },
      output,
    };
  });
}
