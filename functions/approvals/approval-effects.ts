/** What follows from what happened to an approval: mails to people, and the news for the OA that its request is approved. */
import type { Effect, ProcessHead } from '../process/domain/process.ts';
import { approvalMails } from './approval-mails.ts';
import type { ApprovalEvent } from './domain/approval-events.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import type { ApprovalSubject } from './domain/plan.ts';

/** Questions about what the OA's request asks for. Others, such as about a payment, are the company's own affair. */
const ABOUT_THE_REQUEST: ReadonlySet<ApprovalSubject> = new Set(['order', 'expense', 'leave', 'engineering-change']);

/** To be committed with the change that the events make. */
export function approvalEffects(
  head: Pick<ProcessHead, 'status'>,
  before: ApprovalState,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
): readonly Effect[] {
  return [...approvalMails(before, after, events), ...newsOfApproval(head, before, after)];
}

/** The OA's last word is the end: of a question that is answered after it, it hears nothing. */
function newsOfApproval(
  { status }: Pick<ProcessHead, 'status'>,
  before: ApprovalState,
  { plan, outcome }: ApprovalState,
): readonly Effect[] {
  const isNews = before.status !== 'closed' && outcome === 'approved' && status === 'running';
  return isNews && ABOUT_THE_REQUEST.has(plan.subject)
    ? [{ kind: 'tell-oa', message: { ...APPROVED, facts: { version: plan.documentVersion } } }]
    : [];
}

const APPROVED = { status: 'approved', text: { en: 'It is approved.', zh: '申请已批准。' } } as const;
