/** What the OA is told about a leave request and about nothing else, in both languages. Pure. */
import type { LeaveRequest } from '../../events/leave-request-submitted.ts';
import type { OaMessage } from '../../process/domain/process.ts';
import { commonEndings, type Ending, message } from '../../requests/domain/messages.ts';
import { SHORTENING_REFUSALS, type ShorteningRefusal } from './early-return.ts';
import type { CheckedLeave, LeaveOutcome } from './leave-process.ts';

export function recordedMessage({ kind, from, to }: LeaveRequest, { length }: CheckedLeave): OaMessage {
  return message(
    'recorded',
    `It stands in the ERP: ${length} working days from ${from} to ${to}. It can be withdrawn until it begins, and ends earlier when you say so.`,
    `已登记到 ERP：${from} 至 ${to}，共 ${length} 个工作日。开始之前可以撤回，开始之后可以提前结束。`,
    { kind, from, to, length },
  );
}

/** The leave stands as it was. */
export function shorteningRefusedMessage(refusal: ShorteningRefusal): OaMessage {
  return { status: 'shortening-refused', text: SHORTENING_REFUSALS[refusal], facts: { refusal } };
}

export const LEAVE_ENDINGS: { readonly [outcome in LeaveOutcome]: Ending } = {
  granted: {
    status: 'taken',
    en: 'It is over; what stands in the ERP counts.',
    zh: '假期已结束，以 ERP 登记为准。',
  },
  ...commonEndings({ en: 'absence request', zh: '申请' }),
};
