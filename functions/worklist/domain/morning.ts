/** Whose morning it is: by the clocks of a zone, on a working day. Pure. */
import { timeOfDay, type WorkingCalendar, weekdayOf } from '../../calendar/domain/calendar.ts';
import { DAY, offsetAt } from '../../calendar/domain/zone.ts';

/** Milliseconds after midnight. Whoever runs once an hour gets there in every zone, and twice more should the first time fail. */
const BEGINS = timeOfDay('08:00');
const ENDS = timeOfDay('11:00');
/** Monday to Friday. */
const USUAL_DAYS = [1, 2, 3, 4, 5];

export interface Morning {
  /** `YYYY-MM-DD` on the clocks of the zone. */
  readonly day: string;
  readonly beganAt: Date;
}

/**
 * Undefined: it is another time of the day there, or nobody works. Where there is no calendar, or none of this year, people
 * work from Monday to Friday: nothing but a mail depends on it.
 */
export function morningAt(now: Date, timeZone: string, calendar: WorkingCalendar | undefined): Morning | undefined {
  const offset = offsetAt(now.getTime(), timeZone);
  const local = now.getTime() + offset;
  const day = Math.floor(local / DAY);
  const time = local - day * DAY;
  if (time < BEGINS || time >= ENDS || !isWorkingDay(day, calendar)) {
    return undefined;
  }
  return {
    day: new Date(day * DAY).toISOString().slice(0, 10),
    beganAt: new Date(day * DAY + BEGINS - offset),
  };
}

function isWorkingDay(day: number, calendar: WorkingCalendar | undefined): boolean {
  const stretches = calendar?.stretchesOn(day);
  return stretches === undefined ? USUAL_DAYS.includes(weekdayOf(day)) : stretches.length > 0;
}
