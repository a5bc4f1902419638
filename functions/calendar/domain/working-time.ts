/**
 * Hours of work as instants. Working time is what the clocks of a zone show within the stretches of a working day, so an
 * hour that a change of the clocks skips is not worked, and one that it repeats is worked twice.
 */
import type { WorkingCalendar } from './calendar.ts';
import { DAY, HOUR, offsetAt, offsetChange } from './zone.ts';

/** An instant, or the year without data that would have to be guessed. */
export type Reached = { readonly at: Date } | { readonly missingYear: number };

/** Hours of a wait as an instant after its beginning (ISO 8601 in UTC). */
export type HoursAfter = (from: string, hours: number) => Date;

/** By the clock alone: nights, week-ends and holidays count. */
export const clockHoursAfter: HoursAfter = (from, hours) => new Date(new Date(from).getTime() + hours * HOUR);

/**
 * The instant when `hours` of work have passed since `from` on the clocks of a time zone: within working time, or at the
 * end of a stretch of it. With 0 hours: `from`, or the next beginning of work.
 */
export function workingTimeAfter(calendar: WorkingCalendar, from: Date, hours: number, timeZone: string): Reached {
  let left = hours * HOUR;
  let cursor = from.getTime();
  for (;;) {
    const window = windowAt(cursor, timeZone);
    const stretches = calendar.stretchesOn(window.day);
    if (stretches === undefined) {
      return { missingYear: new Date(window.day * DAY).getUTCFullYear() };
    }
    for (const stretch of stretches) {
      const begin = Math.max(cursor, window.midnight + stretch.from);
      const end = Math.min(window.end, window.midnight + stretch.to);
      if (begin <= end && left <= end - begin) {
        return { at: new Date(begin + left) };
      }
      left -= Math.max(0, end - begin);
    }
    cursor = window.end;
  }
}

/** The rest of the local day, as far as the clocks are not changed. */
function windowAt(instant: number, timeZone: string) {
  const offset = offsetAt(instant, timeZone);
  const day = Math.floor((instant + offset) / DAY);
  const midnight = day * DAY - offset;
  return { day, midnight, end: offsetChange(instant, midnight + DAY, timeZone) };
}

/**
 * The working hours that any `days` days in a row of the data have at least: whatever needs no more is over within them.
 * With less data than that, 0.
 */
export function fewestWorkingHours(calendar: WorkingCalendar, days: number): number {
  const hours: number[] = [];
  for (let day = calendar.firstDay; day <= calendar.lastDay; day += 1) {
    const stretches = calendar.stretchesOn(day) ?? [];
    hours.push(stretches.reduce((sum, { from, to }) => sum + (to - from), 0) / HOUR);
  }
  let inWindow = hours.slice(0, days).reduce((sum, one) => sum + one, 0);
  let fewest = hours.length < days ? 0 : inWindow;
  for (const [index, one] of hours.slice(days).entries()) {
    inWindow += one - (hours[index] ?? 0);
    fewest = Math.min(fewest, inWindow);
  }
  return fewest;
}

/** Whole days from an instant's date in the zone to the last day whose data are settled; negative when it is over. */
export function daysOfDataLeft(calendar: WorkingCalendar, now: Date, timeZone: string): number {
  return calendar.lastSettledDay - windowAt(now.getTime(), timeZone).day;
}
