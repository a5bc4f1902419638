/**
 * One day of somebody who clocks: what the calendar asks for beside what the clock has. Pure. Hours are plain decimal strings,
 * presence is in milliseconds, so that the last minute of a tolerance is exact.
 */
import { HOUR } from '../../calendar/domain/zone.ts';
import { compare, divide, multiply, subtract } from '../../money/money.ts';
import type { AttendanceRule } from '../../policy/port.ts';

export interface ClockedDay {
  readonly date: string;
  /** Of the calendar; `0` on a day off, or outside of the employment. */
  readonly calendar: string;
  /** Hours of absence that approved requests ask for, and that the ERP has. */
  readonly requested: string;
  readonly recorded: string;
  /** By the clock. */
  readonly present: number;
}

export type Tolerance = Pick<AttendanceRule, 'shortMinutes' | 'overMinutes'>;

const MINUTE = 60_000;
/** Hours have two digits: so many milliseconds are the last of them. */
const HUNDREDTH = HOUR / 100;

/** Hours by the calendar less approved absence: what the clock is to have. */
export function expectedHours({ calendar, requested }: ClockedDay): string {
  return left(calendar, requested);
}

/**
 * Whether somebody has to say something about the day: it is too short, or longer than anybody asked for. On a day of which
 * all is approved absence nobody is expected, and the tolerance of a short day holds.
 */
export function isOff(day: ClockedDay, { shortMinutes, overMinutes }: Tolerance): boolean {
  const expected = expectedHours(day);
  const over = day.present - milliseconds(expected);
  const isAbsent = compare(day.calendar, '0') > 0 && compare(expected, '0') === 0;
  return -over > shortMinutes * MINUTE || over > (isAbsent ? shortMinutes : overMinutes) * MINUTE;
}

/**
 * Worked hours: a day that is whole within the tolerance is the calendar's less what the ERP has of absence, and a shorter one
 * what the clock says. Never more than the calendar's: nobody has approved it.
 */
export function workedHours(day: ClockedDay, { shortMinutes }: Tolerance): string {
  const whole = left(day.calendar, day.recorded);
  return day.present + shortMinutes * MINUTE >= milliseconds(whole) ? whole : hoursOf(day.present);
}

/** To two digits, and never more than it was. */
export function hoursOf(present: number): string {
  return divide(String(Math.floor(present / HUNDREDTH)), '100', 2);
}

/** An absence of more hours than the day has leaves nothing of it, and takes nothing from other days. */
export function left(hours: string, absent: string): string {
  const rest = subtract(hours, absent);
  return compare(rest, '0') > 0 ? rest : '0';
}

function milliseconds(hours: string): number {
  return Number(multiply(hours, String(HOUR)));
}
