/** The days that a leave takes: working days by the company's calendar, and the instants of its two ends. Pure. */
import { dayOf, daysBetween, type WorkingCalendar, weekdayOf } from '../../calendar/domain/calendar.ts';
import { DAY, HOUR, instantOf } from '../../calendar/domain/zone.ts';
import type { LeaveRequest } from '../../events/leave-request-submitted.ts';
import { compare, divide, sum } from '../../money/money.ts';

/** One working day, or half of it, of which somebody is absent. */
export interface LeaveDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Plain decimal, more than zero. */
  readonly hours: string;
  /** Undefined: the whole day. */
  readonly half?: 'morning' | 'afternoon';
}

/** Dates and halves of a leave, as far as its days follow from them. */
export type LeavePeriod = Pick<LeaveRequest, 'from' | 'to' | 'startsAtNoon' | 'endsAtNoon'>;

/** Hours of a day where the company has no calendar; then Monday to Friday are worked. */
const USUAL_HOURS = '8';

/** The working days of a leave in order; or the year without data, of which nobody guesses the holidays. */
export function leaveDays(
  leave: LeavePeriod,
  calendar: WorkingCalendar | undefined,
): readonly LeaveDay[] | { readonly missingYear: number } {
  const days: LeaveDay[] = [];
  for (const day of daysBetween(leave.from, leave.to)) {
    const date = new Date(day * DAY).toISOString().slice(0, 10);
    const hours = hoursOf(calendar, day);
    if (hours === undefined) {
      return { missingYear: Number(date.slice(0, 4)) };
    }
    if (compare(hours, '0') > 0) {
      days.push(dayOfLeave(leave, date, hours));
    }
  }
  return days;
}

function dayOfLeave({ from, to, startsAtNoon, endsAtNoon }: LeavePeriod, date: string, hours: string): LeaveDay {
  const isAfternoon = date === from && startsAtNoon;
  const isMorning = date === to && endsAtNoon;
  if (!isAfternoon && !isMorning) {
    return { date, hours };
  }
  return { date, hours: divide(hours, '2', 2), half: isAfternoon ? 'afternoon' : 'morning' };
}

/** Hours that are worked on a day; undefined: nobody knows. */
function hoursOf(calendar: WorkingCalendar | undefined, day: number): string | undefined {
  if (calendar === undefined) {
    return [0, 6].includes(weekdayOf(day)) ? '0' : USUAL_HOURS;
  }
  const stretches = calendar.stretchesOn(day);
  const worked = stretches?.reduce((total, { from, to }) => total + to - from, 0);
  return worked === undefined ? undefined : divide(String(worked), String(HOUR), 2);
}

/** Hours of a whole working day: a calendar has the same on each. */
export function hoursPerDay(calendar: WorkingCalendar | undefined): string {
  if (calendar === undefined) {
    return USUAL_HOURS;
  }
  for (let day = calendar.firstDay; day <= calendar.lastDay; day += 1) {
    const hours = hoursOf(calendar, day);
    if (hours !== undefined && compare(hours, '0') > 0) {
      return hours;
    }
  }
  return USUAL_HOURS;
}

/** Hours as days, to two digits, without zeros at the end. */
export function inDays(hours: string, perDay: string): string {
  return String(Number(divide(hours, perDay, 2)));
}

/** Hours of all these days. */
export function hoursOfDays(days: readonly { readonly hours: string }[]): string {
  return sum(days.map(({ hours }) => hours));
}

/** From the beginning of the first day, or its noon, to the end of the last, or its noon; ISO 8601 in UTC. */
export function leaveInstants(leave: LeavePeriod, timeZone: string): { readonly from: string; readonly until: string } {
  const noon = 12 * HOUR;
  const begins = dayOf(leave.from) * DAY + (leave.startsAtNoon ? noon : 0);
  const ends = dayOf(leave.to) * DAY + (leave.endsAtNoon ? noon : DAY);
  return { from: instantOf(begins, timeZone).toISOString(), until: instantOf(ends, timeZone).toISOString() };
}
