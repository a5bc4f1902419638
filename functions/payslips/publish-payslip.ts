/** One employee's payslip is read back from payroll, kept for them alone, and they are told that it is there. */
import type { PayrollSystem } from '../connectors/payroll/port.ts';
import type { PayrollRunState } from '../payroll/domain/payroll-run.ts';
import { type ProcessDeps, registeredHead, updateProcess } from '../process/update-process.ts';
import { PAYSLIP_KIND, type PayslipState } from './domain/payslip-process.ts';
import type { PayslipStore } from './port.ts';

export interface PublishPayslipDeps extends ProcessDeps {
  readonly payroll: PayrollSystem;
  readonly payslips: PayslipStore;
}

/**
 * Idempotent: what payroll says again unchanged is published once. What it corrected is a new revision, of which the
 * employee has said nothing yet. The record and the mail have no amount.
 * @throws ConnectorPermanentError where payroll has no payslip of them that can be used; errors of both ports.
 */
export async function publishPayslip(deps: PublishPayslipDeps, processId: string): Promise<null> {
  const { state, requesterId } = await registeredHead<PayslipState>(deps.store, processId);
  const { processId: runId, state: run } = await registeredHead<PayrollRunState>(deps.store, state.runId);
  if (run.handedOver === undefined) {
    throw new Error(`${runId} has handed nothing over`);
  }
  const { digest } = run.handedOver;
  const payslip = await deps.payroll.readPayslip({ processId: runId, period: run.period }, digest, requesterId);
  const { version } = await deps.payslips.keep(payslip);
  await updateProcess<PayslipState, void>(deps, processId, (head) => {
    const { published } = head.state;
    if (published?.version === version) {
      return { output: undefined };
    }
    const revision = (published?.revision ?? 0) + 1;
    const facts = { period: state.period, revision: String(revision) };
    return {
      change: {
        entries: [
          {
            type: 'PayslipPublished',
            actor: { kind: 'meridian', id: PAYSLIP_KIND },
            facts: { period: state.period, revision, version },
          },
        ],
        state: { period: state.period, runId: state.runId, published: { revision, version } },
        phase: 'Payslip',
        effects: [{ kind: 'mail', mail: { to: head.requesterId, template: 'payslip-ready', facts } }],
      },
      output: undefined,
    };
  });
  return null;
}
