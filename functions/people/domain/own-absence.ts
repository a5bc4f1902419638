/** The period for which somebody names a substitute, from the days that they write. Pure. */
import { dayOf } from '../../calendar/domain/calendar.ts';
import { DAY, instantOf, offsetAt } from '../../calendar/domain/zone.ts';
import type { Absence } from '../../directory/port.ts';

/** Furthest last day from now, in days. */
const MAX_DAYS_AHEAD = 366;

/** Why an absence is not made, with the field that it is about. */
export type AbsenceRefusal =
  | { readonly field: 'from'; readonly reason: 'no-day' | 'before-today' | 'overlaps' }
  | { readonly field: 'to'; readonly reason: 'no-day' | 'ends-before' | 'too-far' }
  | {
      readonly field: 'person';
      readonly reason: 'no-person' | 'unknown' | 'several' | 'oneself' | 'has-left' | 'circle' | 'nobody-there';
    };

/** Instants in ISO 8601 in UTC; `until` is the end of the last day. */
export type Period = Pick<Absence, 'from' | 'until'>;

/** Where days are days: now, by the clocks of a zone. */
export interface Today {
  readonly now: Date;
  /** IANA zone. */
  readonly timeZone: string;
}

/** From the beginning of the first day to the end of the last (`YYYY-MM-DD`), or all that is wrong with them. */
export function periodOf(from: string, to: string, today: Today): Period | readonly AbsenceRefusal[] {
  const [first, last] = [calendarDay(from), calendarDay(to)];
  const earliest = localDay(today);
  const refusals: AbsenceRefusal[] = [];
  if (first === undefined || first < earliest) {
    refusals.push({ field: 'from', reason: first === undefined ? 'no-day' : 'before-today' });
  }
  if (last === undefined || last - earliest > MAX_DAYS_AHEAD) {
    refusals.push({ field: 'to', reason: last === undefined ? 'no-day' : 'too-far' });
  } else if (first !== undefined && last < first) {
    refusals.push({ field: 'to', reason: 'ends-before' });
  }
  return first === undefined || last === undefined || refusals.length > 0
    ? refusals
    : { from: beginning(first, today), until: beginning(last + 1, today) };
}

/** The day of now, as the form takes it. */
export function todayText(today: Today): string {
  return new Date(localDay(today) * DAY).toISOString().slice(0, 10);
}

function localDay({ now, timeZone }: Today): number {
  return Math.floor((now.getTime() + offsetAt(now.getTime(), timeZone)) / DAY);
}

/** Days since 1970; undefined for a text that is no day, such as February 30. */
function calendarDay(text: string): number | undefined {
  const isWritten = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const day = isWritten ? dayOf(text) : Number.NaN;
  const isDay = Number.isFinite(day) && new Date(day * DAY).toISOString().startsWith(text);
  return isDay ? day : undefined;
}

function beginning(day: number, { timeZone }: Today): string {
  return instantOf(day * DAY, timeZone).toISOString();
}

/** Whether some moment and some subject are of both. */
export function overlap(one: Omit<Absence, 'substituteId'>, other: Omit<Absence, 'substituteId'>): boolean {
  const isThen = Date.parse(one.from) < Date.parse(other.until) && Date.parse(other.from) < Date.parse(one.until);
  const isAbout =
    one.scope === undefined || other.scope === undefined || one.scope.some((subject) => other.scope?.includes(subject));
  return isThen && isAbout;
}
