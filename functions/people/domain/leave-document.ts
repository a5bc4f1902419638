/** What a person is shown to decide about a leave request, and what an operator may do about a step that failed. Pure. */
import type { DecisionDocument } from '../../approvals/domain/plan.ts';
import { type FailureAction, note } from '../../requests/domain/step-failure.ts';
import { shortened } from './early-return.ts';
import { checkedLeave, LEAVE, type LeaveHead, type Shortening } from './leave-process.ts';

interface Shown {
  readonly requesterName: string;
  /** Empty: nobody was named. */
  readonly substituteName: string;
  /** The company's; a leave has no amount. */
  readonly currency: string;
}

/** Length, halves and the balance before and after. */
export function leaveDocument(head: LeaveHead, { requesterName, substituteName, currency }: Shown): DecisionDocument {
  const { leave, checked } = checkedLeave(head.state);
  const halves = checked.days.filter(({ half }) => half !== undefined);
  return {
    ...leaveAbout(head, requesterName, currency),
    lines: [],
    notes: [
      ...note('First day', '第一天', leave.from),
      ...note('Last day', '最后一天', leave.to),
      ...note('Destination', '目的地', leave.destination ?? ''),
      ...note('Working days', '工作日天数', checked.length),
      ...note('Half days', '半天', halves.map(({ date, half }) => `${date} (${half})`).join(', ')),
      ...checked.balances.flatMap(({ year, entitled, taken, left }) =>
        note(
          `Balance of ${year} (of the year / taken or asked for / left after this)`,
          `${year} 年余额（全年／已用或已申请／本次之后剩余）`,
          `${entitled} / ${taken} / ${left}`,
        ),
      ),
      ...note('Substitute', '代理人', substituteName),
      ...note('Reason', '申请理由', leave.reason),
    ],
  };
}

/** Of an early return: the leave as it is, and what would be left of it. */
export function earlyReturnDocument(
  head: LeaveHead,
  shortening: Shortening,
  { requesterName, currency }: Pick<Shown, 'requesterName' | 'currency'>,
): DecisionDocument {
  const { leave, checked } = checkedLeave(head.state);
  return {
    ...leaveAbout(head, requesterName, currency),
    lines: [],
    notes: [
      ...note('First day', '第一天', leave.from),
      ...note('Last day as approved', '原最后一天', leave.to),
      ...note('Working days as approved', '原工作日天数', checked.length),
      ...(shortening.isNotTaken === true ? NOT_TAKEN : endNotes({ leave, checked }, shortening)),
    ],
  };
}

const NOT_TAKEN = note('Working days now', '现工作日天数', '0: none of it was taken / 全部未休');

function endNotes(before: Parameters<typeof shortened>[0], shortening: Shortening): DecisionDocument['notes'] {
  const { leave, checked } = shortened(before, shortening);
  return [
    ...note('Last day now', '提前结束，最后一天', leave.to),
    ...note('Half days', '半天', shortening.endsAtNoon ? `${shortening.to} (morning)` : ''),
    ...note('Working days now', '现工作日天数', checked.length),
  ];
}

/** Also of a request that is not checked yet. */
export function leaveAbout(head: LeaveHead, requesterName: string, currency: string): Omit<DecisionDocument, 'lines'> {
  return {
    title: LEAVE.titleOf(head),
    requesterName,
    currency,
    baseCurrency: currency,
    total: '0',
    baseTotal: '0',
    notes: [],
  };
}

/** In the order in which they are offered. What leaving a step out means stands in the state machine. */
export function leaveFailureActions(step: string): readonly FailureAction[] {
  switch (step) {
    case 'UndoLeave':
      // Taken back by hand in the ERP.
      return ['retry', 'skip'];
    // The leave is running: what is asked of it can only be done.
    case 'AwaitLeaveEnd':
    case 'ShortenAbsence':
    case 'CloseLeave':
      return ['retry'];
    default:
      return ['retry', 'cancel'];
  }
}
