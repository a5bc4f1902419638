/**
 * What the rules say of a leave request: its length, its notice, what else the person has on those days, and whether what
 * they are entitled to is enough for it. Pure.
 */
import { dayOf } from '../../calendar/domain/calendar.ts';
import type { LeaveRequest } from '../../events/leave-request-submitted.ts';
import { add, compare, multiply, subtract } from '../../money/money.ts';
import type { LeaveRule } from '../../policy/port.ts';
import { isTooFarAhead, MOST_DAYS_OPEN } from '../../requests/domain/open-days.ts';
import type { Reason } from '../../requests/domain/request.ts';
import { hoursOfDays, inDays, type LeaveDay } from './leave-days.ts';

/** A day that counts as taken: recorded in the ERP, or asked for by another request that is on its way. */
export interface OtherDay extends LeaveDay {
  readonly kind: string;
}

export interface LeaveToCheck {
  readonly request: LeaveRequest;
  /** Undefined: the company offers no such kind of leave. */
  readonly rule: LeaveRule | undefined;
  readonly days: readonly LeaveDay[] | { readonly missingYear: number };
  /** Hours of a whole working day. */
  readonly perDay: string;
  /** All other days of the person in the calendar years that the leave touches. */
  readonly others: readonly OtherDay[];
  /** `YYYY-MM-DD` of the company's time zone. */
  readonly today: string;
  /** `YYYY-MM-DD` of the company's time zone: the day on which the process began, however often it was sent since. */
  readonly filedOn: string;
}

/** Of one calendar year and the kind that is asked for, in days. */
export interface LeaveBalance {
  readonly year: number;
  readonly entitled: string;
  /** Without what is asked for; requests on their way are counted. */
  readonly taken: string;
  readonly requested: string;
  /** What is left when it is granted. */
  readonly left: string;
}

type LeaveProblem =
  | 'order-of-dates'
  | 'halves'
  | 'too-far-ahead'
  | 'calendar-year'
  | 'no-working-day'
  | 'unknown-kind'
  | 'overlap'
  | 'too-long'
  | 'notice'
  | 'balance'
  | 'destination';

/** What the requester has to change. */
export interface LeaveFinding {
  /** As it is named in the event. */
  readonly field: string;
  readonly code: LeaveProblem;
  /** Names the field and the remedy. */
  readonly reason: Reason;
}

export interface LeaveCheck {
  readonly days: readonly LeaveDay[];
  /** Of all days, in days. */
  readonly length: string;
  /** One for each calendar year that the leave touches; empty for a kind without balance. */
  readonly balances: readonly LeaveBalance[];
  readonly findings: readonly LeaveFinding[];
  readonly isOnBusiness?: true;
  /** Nobody is asked about an earlier end. */
  readonly isEndedAtOnce?: true;
}

function traitsOf({
  isOnBusiness,
  isEarlyReturnApproved,
}: LeaveRule): Pick<LeaveCheck, 'isOnBusiness' | 'isEndedAtOnce'> {
  return { ...(isOnBusiness ? { isOnBusiness } : {}), ...(isEarlyReturnApproved ? {} : { isEndedAtOnce: true }) };
}

export function checkLeave(leave: LeaveToCheck): LeaveCheck {
  const dates = dateFindings(leave);
  const { rule, perDay } = leave;
  if (dates.length > 0 || 'missingYear' in leave.days) {
    return { days: [], length: '0', balances: [], findings: dates };
  }
  const days = leave.days;
  const length = inDays(hoursOfDays(days), perDay);
  if (rule === undefined) {
    return { days, length, balances: [], findings: [unknownKind(leave)] };
  }
  const balances = rule.needsBalance ? balancesOf(leave, rule, days) : [];
  const findings = [
    ...overlapFindings(leave, days),
    ...lengthFindings(rule, length),
    ...noticeFindings(leave, rule),
    ...destinationFindings(leave, rule),
    ...balances.filter(({ left }) => compare(left, '0') < 0).map(balanceFinding),
  ];
  return { days, length, balances, findings, ...traitsOf(rule) };
}

function dateFindings({ request, days, filedOn }: LeaveToCheck): readonly LeaveFinding[] {
  const { from, to, startsAtNoon, endsAtNoon } = request;
  if (to < from) {
    return [
      finding(
        'leave.to',
        'order-of-dates',
        `leave.to: ${to} is before ${from}; give the last day of the leave.`,
        `结束日期：${to} 早于开始日期 ${from}，请填写休假的最后一天。`,
      ),
    ];
  }
  if (from === to && startsAtNoon && endsAtNoon) {
    return [
      finding(
        'leave.endsAtNoon',
        'halves',
        'leave.endsAtNoon: a leave of one day cannot both start and end at noon; choose one half of the day.',
        '半天：只请一天时不能既从中午开始又在中午结束，请选择上午或下午。',
      ),
    ];
  }
  if (isTooFarAhead(to, filedOn)) {
    return [
      finding(
        'leave.to',
        'too-far-ahead',
        `leave.to: ${to} is more than ${MOST_DAYS_OPEN} days after ${filedOn}, when the leave was filed; file what lies later as a new request.`,
        `结束日期：${to} 距提交日 ${filedOn} 超过 ${MOST_DAYS_OPEN} 天，更晚的部分请另行申请。`,
      ),
    ];
  }
  if ('missingYear' in days) {
    const { missingYear } = days;
    return [
      finding(
        'leave.to',
        'calendar-year',
        `leave.to: the company's calendar has no holidays of ${missingYear} yet; file what lies before it, and the rest once the calendar is published.`,
        `结束日期：公司日历尚无 ${missingYear} 年的节假日安排，请先申请此前的部分，日历公布后再申请其余部分。`,
      ),
    ];
  }
  return days.length > 0
    ? []
    : [
        finding(
          'leave.from',
          'no-working-day',
          `leave.from: no day from ${from} to ${to} is worked; there is nothing to take leave from.`,
          `开始日期：${from} 至 ${to} 没有工作日，无需请假。`,
        ),
      ];
}

function unknownKind({ request: { kind } }: LeaveToCheck): LeaveFinding {
  return finding(
    'leave.kind',
    'unknown-kind',
    `leave.kind: the company has no leave of the kind ${kind}; choose one that it has.`,
    `假别：公司没有“${kind}”这种假，请选择其他假别。`,
  );
}

/** Somebody is absent twice when halves meet, or when a day's hours do not suffice for both. */
function overlapFindings({ others, perDay }: LeaveToCheck, days: readonly LeaveDay[]): readonly LeaveFinding[] {
  const twice = days.filter((day) => {
    const same = others.filter(({ date }) => date === day.date);
    const isSameHalf = same.some(({ half }) => half !== undefined && half === day.half);
    return isSameHalf || (same.length > 0 && compare(add(hoursOfDays(same), day.hours), perDay) > 0);
  });
  const dates = twice.map(({ date }) => date).join(', ');
  return twice.length === 0
    ? []
    : [
        finding(
          'leave.from',
          'overlap',
          `leave.from: you are absent already on ${dates}; leave those days out, or withdraw the other request.`,
          `开始日期：您在 ${dates} 已有休假，请去掉这些日期，或撤回另一申请。`,
        ),
      ];
}

function lengthFindings({ mostDaysAtOnce }: LeaveRule, length: string): readonly LeaveFinding[] {
  return compare(length, mostDaysAtOnce) <= 0
    ? []
    : [
        finding(
          'leave.to',
          'too-long',
          `leave.to: ${length} working days are more than the ${mostDaysAtOnce} that may be taken at once; shorten it.`,
          `结束日期：共 ${length} 个工作日，超过一次最多 ${mostDaysAtOnce} 天，请缩短。`,
        ),
      ];
}

function noticeFindings(
  { request: { from }, today }: LeaveToCheck,
  { noticeDays }: LeaveRule,
): readonly LeaveFinding[] {
  const notice = dayOf(from) - dayOf(today);
  if (notice >= noticeDays) {
    return [];
  }
  const [en, zh] =
    noticeDays < 0
      ? [`at the latest ${-noticeDays} days after it began`, `最迟须在开始后 ${-noticeDays} 天内申请`]
      : [`at least ${noticeDays} days before it begins`, `须至少提前 ${noticeDays} 天申请`];
  return [
    finding(
      'leave.from',
      'notice',
      `leave.from: this leave is to be filed ${en}; begin it later, or ask human resources.`,
      `开始日期：该假别${zh}，请推迟开始日期，或联系人力资源部。`,
    ),
  ];
}

function destinationFindings(
  { request: { destination } }: LeaveToCheck,
  { isOnBusiness }: LeaveRule,
): readonly LeaveFinding[] {
  return !isOnBusiness || destination !== undefined
    ? []
    : [
        finding(
          'leave.destination',
          'destination',
          'leave.destination: a journey needs to say where it goes; enter the place.',
          '目的地：出差须填写目的地，请补充。',
        ),
      ];
}

/** Each year pays for its own days. */
function balancesOf(
  { request: { kind }, others, perDay }: LeaveToCheck,
  { daysPerYear }: LeaveRule,
  days: readonly LeaveDay[],
): readonly LeaveBalance[] {
  const entitled = multiply(daysPerYear, perDay);
  return [...new Set(days.map(yearOf))].map((year) => {
    const isThen = (day: LeaveDay) => yearOf(day) === year;
    const taken = hoursOfDays(others.filter((day) => day.kind === kind && isThen(day)));
    const requested = hoursOfDays(days.filter(isThen));
    return {
      year,
      entitled: daysPerYear,
      taken: inDays(taken, perDay),
      requested: inDays(requested, perDay),
      left: inDays(subtract(subtract(entitled, taken), requested), perDay),
    };
  });
}

function balanceFinding({ year, entitled, taken, requested }: LeaveBalance): LeaveFinding {
  return finding(
    'leave.to',
    'balance',
    `leave.to: ${requested} days are asked for in ${year}, of ${entitled} that you have ${taken} are taken or asked for already; shorten it, or choose another kind.`,
    `结束日期：${year} 年申请 ${requested} 天，而您全年 ${entitled} 天中已用或已申请 ${taken} 天，请缩短或选择其他假别。`,
  );
}

function yearOf({ date }: LeaveDay): number {
  return Number(date.slice(0, 4));
}

function finding(field: string, code: LeaveProblem, en: string, zh: string): LeaveFinding {
  return { field, code, reason: { en, zh } };
}
