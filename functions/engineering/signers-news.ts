/** What those who decided about an engineering change are told once they are asked no more. */
import { listApprovals } from '../approvals/approval-store.ts';
import type { Effect } from '../process/domain/process.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { CHANGE, type ChangeHead, type ChangeOutcome } from './domain/change-process.ts';

/** A mail to everybody who decided about what was approved, or was to know of it by the rules; its requester is told at the end. */
export async function newsForSigners(
  { store }: Pick<ProcessDeps, 'store'>,
  head: ChangeHead,
  outcome: ChangeOutcome,
): Promise<readonly Effect[]> {
  const approvals = (await listApprovals(store, head.processId)).filter(
    ({ plan, outcome: decided }) => plan.subject === 'engineering-change' && decided === 'approved',
  );
  const concerned = approvals.flatMap(({ decisions, plan }) => [...decisions, ...(plan.copyTo ?? [])]);
  const facts = { outcome, title: CHANGE.titleOf(head), noun: CHANGE.noun };
  return [...new Set(concerned.map(({ employeeId }) => employeeId))].map((to) => ({
    kind: 'mail',
    mail: { to, template: 'process-news', facts },
  }));
}
