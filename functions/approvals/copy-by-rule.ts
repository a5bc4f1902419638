/** Whom the rules let know of an approval (抄送 by policy): copied as it is asked, once, as people are by hand. */
import type { NewEntry } from '../audit/domain/record.ts';
import type { Effect } from '../process/domain/process.ts';
import type { WorkChange } from '../process/store/port.ts';
import { copyMail } from './approval-mails.ts';
import { copyChanges } from './copy-list.ts';
import type { ApprovalState, Copy } from './domain/approval-state.ts';

/** The approval with its copies, and what is committed with it. */
export interface CopiedByRule {
  readonly approval: ApprovalState;
  readonly entries: readonly NewEntry[];
  readonly effects: readonly Effect[];
  readonly also: readonly WorkChange[];
}

/** `approval`: before it is kept for the first time. */
export function copyByRule(processId: string, approval: ApprovalState, now: Date): CopiedByRule {
  const { plan } = approval;
  const { approvalId, subject, documentVersion, copyTo = [] } = plan;
  if (copyTo.length === 0) {
    return { approval, entries: [], effects: [], also: [] };
  }
  const at = now.toISOString();
  const copies = copyTo.map(({ employeeId }): Copy => ({ employeeId, level: 0, round: 0, at }));
  const copied = { ...approval, copies };
  const facts = { approvalId, subject, documentVersion, to: copyTo.map(({ employeeId }) => employeeId) };
  return {
    approval: copied,
    entries: [
      {
        type: 'CopiedByRule',
        actor: { kind: 'meridian', id: 'approvals' },
        facts: { ...facts, copies: copyTo.map((copy) => ({ ...copy })) },
      },
    ],
    effects: copyTo.map(({ employeeId }) => copyMail(plan, employeeId, 0)),
    also: copyChanges(processId, approval, copied),
  };
}
