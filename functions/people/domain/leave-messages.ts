/** What the OA is told about a leave request and about nothing else, in both languages. Pure. */
import type { LeaveRequest } from '../../events/leave-request-submitted.ts';
import type { OaMessage } from '../../process/domain/process.ts';
import { commonEndings, type Ending, message } from '../../requests/domain/messages.ts';
import type { CheckedLeave, LeaveOutcome } from './leave-process.ts';

export function recordedMessage({ kind, from, to }: LeaveRequest, { length }: CheckedLeave): OaMessage {
  return message(
    'recorded',
    `It stands in the ERP: ${length} working days from ${from} to ${to}. It can be withdrawn until it begins.`,
    `已登记到 ERP：${from} 至 ${to}，共 ${length} 个工作日。开始之前可以撤回。`,
    { kind, from, to, length },
  );
}

export const LEAVE_ENDINGS: { readonly [outcome in LeaveOutcome]: Ending } = {
  granted: {
    status: 'approved',
    en: 'It has begun as approved, and can be withdrawn no more.',
    zh: '已按批准开始，不能再撤回。',
  },
  ...commonEndings({ en: 'absence request', zh: '申请' }),
};
