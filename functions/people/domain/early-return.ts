/** Somebody comes back before the last day of a leave that has begun: what is left of the leave, and why it may not be so. Pure. */
import type { LeaveRequest } from '../../events/leave-request-submitted.ts';
import { compare, divide } from '../../money/money.ts';
import type { Reason } from '../../requests/domain/request.ts';
import { hoursOfDays, inDays, type LeaveDay } from './leave-days.ts';
import { type CheckedLeave, checkedLeave, type LeaveHead } from './leave-process.ts';

/** The new end of a leave. */
type NewEnd = Pick<LeaveRequest, 'to' | 'endsAtNoon'>;

/** What is said of it: a new end, or that no day was taken (`to` is empty then). */
export interface SaidEnd extends NewEnd {
  readonly isNotTaken: boolean;
}

/** Why an early return is not taken. Stable names: they stand in the record. */
export type ShorteningRefusal =
  | 'not-the-requester'
  | 'ended'
  | 'not-begun'
  | 'being-decided'
  | 'outside'
  | 'not-shorter'
  | 'not-approved';

/** Undefined: it is taken. `by`: an employee id. */
export function shorteningRefusal(head: LeaveHead, by: string, end: SaidEnd): ShorteningRefusal | undefined {
  const obstacle = shorteningObstacle(head, by);
  return obstacle === undefined && !end.isNotTaken ? endRefusal(checkedLeave(head.state).leave, end) : obstacle;
}

/** Why no earlier end is taken as things stand, whichever it is; undefined: one may be named. */
export function shorteningObstacle(head: LeaveHead, by: string): ShorteningRefusal | undefined {
  if (by !== head.requesterId) {
    return 'not-the-requester';
  }
  if (head.status === 'ended' || head.interruption !== undefined) {
    return 'ended';
  }
  if (head.state.begun !== true) {
    return 'not-begun';
  }
  return head.state.shortening === undefined ? undefined : 'being-decided';
}

function endRefusal(leave: LeaveRequest, { to, endsAtNoon }: NewEnd): 'outside' | 'not-shorter' | undefined {
  const isNothing = to === leave.from && leave.startsAtNoon && endsAtNoon;
  if (to < leave.from || isNothing) {
    return 'outside';
  }
  const isShorter = to < leave.to || (to === leave.to && endsAtNoon && !leave.endsAtNoon);
  return isShorter ? undefined : 'not-shorter';
}

/** What is left of the leave. `ends`: its last moment, ISO 8601 in UTC. */
export function shortened(
  { leave, checked }: { readonly leave: LeaveRequest; readonly checked: CheckedLeave },
  { to, endsAtNoon, ends }: NewEnd & { readonly ends: string },
): { readonly leave: LeaveRequest; readonly checked: CheckedLeave } {
  const days = checked.days.filter(({ date }) => date <= to).map((day) => lastDay(day, to, endsAtNoon));
  const hours = hoursOfDays(checked.days);
  const length = compare(hours, '0') === 0 ? '0' : inDays(hoursOfDays(days), divide(hours, checked.length, 4));
  return { leave: { ...leave, to, endsAtNoon }, checked: { ...checked, days, length, ends } };
}

function lastDay(day: LeaveDay, to: string, endsAtNoon: boolean): LeaveDay {
  return day.date === to && endsAtNoon && day.half === undefined
    ? { ...day, hours: divide(day.hours, '2', 2), half: 'morning' }
    : day;
}

/** For the requester. */
export const SHORTENING_REFUSALS: { readonly [refusal in ShorteningRefusal]: Reason } = {
  'not-the-requester': { en: 'Only the requester may shorten it.', zh: '只有申请人本人可以提前结束。' },
  ended: {
    en: 'It is over already: human resources correct it in the ERP.',
    zh: '假期已结束，请联系人力资源在 ERP 中更正。',
  },
  'not-begun': {
    en: 'It has not begun yet: withdraw it, and file a shorter one.',
    zh: '假期尚未开始，请撤回后重新提交。',
  },
  'being-decided': {
    en: 'An earlier return is being decided on; send this one when you have the answer.',
    zh: '此前的提前结束申请正在处理，请待答复后再提交。',
  },
  outside: { en: 'The last day named is not within the leave.', zh: '所填的最后一天不在假期之内。' },
  'not-shorter': {
    en: 'It would not be shorter; file a new request for more days.',
    zh: '所填日期并未缩短假期；如需延长请另行申请。',
  },
  'not-approved': {
    en: 'The early return was not approved; the leave stands as it was.',
    zh: '提前结束未获批准，假期保持不变。',
  },
};
