/** How much of a stretch of time people worked, looked up quickly: figures ask it hundreds of thousands of times. Pure. */
import type { WorkingCalendar } from './calendar.ts';
import { clockHoursAfter, type HoursAfter } from './working-time.ts';
import { DAY, HOUR, instantOf } from './zone.ts';

/** Milliseconds of working time between two instants (milliseconds since 1970); 0 when the second is not after the first. */
export type WorkedTime = (from: number, to: number) => number;

/** By the clock alone: nights, week-ends and holidays count. */
export const clockTime: WorkedTime = (from, to) => Math.max(0, to - from);

/**
 * Working time by a calendar on the clocks of a time zone. Of a time that the calendar has no data for all counts, as it does
 * for the waits of a process.
 */
export function workedTimeOf(calendar: WorkingCalendar, timeZone: string): WorkedTime {
  const stretches = stretchesOf(calendar, timeZone);
  const begins = stretches.map(({ begin }) => begin);
  const until = (instant: number): number => {
    const stretch = stretches[lastAtMost(begins, instant)];
    return stretch === undefined ? 0 : stretch.before + Math.min(instant, stretch.end) - stretch.begin;
  };
  const first = instantOf(calendar.firstDay * DAY, timeZone).getTime();
  const last = instantOf((calendar.lastDay + 1) * DAY, timeZone).getTime();
  return (from, to) => {
    if (to <= from) {
      return 0;
    }
    const known = Math.max(0, until(Math.min(to, last)) - until(Math.max(from, first)));
    const earlier = Math.max(0, Math.min(to, first) - from);
    const later = Math.max(0, to - Math.max(from, last));
    return earlier + known + later;
  };
}

/**
 * As `workingTimeAfter` for a calendar and zone that are asked often; what lies beyond the data is by the clock.
 */
export function workedHoursAfter(calendar: WorkingCalendar, timeZone: string): HoursAfter {
  const stretches = stretchesOf(calendar, timeZone);
  const [begins, befores] = [stretches.map(({ begin }) => begin), stretches.map(({ before }) => before)];
  return (from, hours) => {
    const begin = new Date(from).getTime();
    const current = stretches[lastAtMost(begins, begin)];
    const worked = current === undefined ? 0 : current.before + Math.min(begin, current.end) - current.begin;
    const wanted = worked + hours * HOUR;
    // The end of a stretch, not the beginning of the next one; but from outside of working time on, the next beginning.
    const last = stretches[Math.max(0, lastBelow(befores, wanted))];
    const reached = last === undefined ? Number.NaN : last.begin + wanted - last.before;
    const isKnown = current !== undefined && last !== undefined && reached <= last.end;
    return isKnown && hours > 0 ? new Date(reached) : clockHoursAfter(from, hours);
  };
}

/** Working time as instants. */
interface WorkedStretch {
  readonly begin: number;
  readonly end: number;
  /** All working time before it. */
  readonly before: number;
}

function stretchesOf(calendar: WorkingCalendar, timeZone: string): readonly WorkedStretch[] {
  const stretches: WorkedStretch[] = [];
  let before = 0;
  for (let day = calendar.firstDay; day <= calendar.lastDay; day += 1) {
    for (const { from, to } of calendar.stretchesOn(day) ?? []) {
      const begin = instantOf(day * DAY + from, timeZone).getTime();
      const end = instantOf(day * DAY + to, timeZone).getTime();
      stretches.push({ begin, end, before });
      before += end - begin;
    }
  }
  return stretches;
}

/** Index of the last of ordered numbers that is at most `limit`; -1: none is. */
function lastAtMost(ordered: readonly number[], limit: number): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordered[middle] ?? Number.POSITIVE_INFINITY) <= limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

/** Index of the last of ordered numbers that is below `limit`; -1: none is. */
function lastBelow(ordered: readonly number[], limit: number): number {
  const last = lastAtMost(ordered, limit);
  return last >= 0 && ordered[last] === limit ? last - 1 : last;
}

/** Milliseconds as hours, to a hundredth. */
export function hoursOf(milliseconds: number): number {
  return Math.round((milliseconds / HOUR) * 100) / 100;
}
