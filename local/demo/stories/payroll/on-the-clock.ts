/** Somebody whose hours are those of the time clock. */
import type { LocalCloud } from '../../../cloud/start.ts';
import { createTimeClock, type Stamp } from '../../../tryton/time-clock.ts';
import { workingDaysOf } from '../company-days.ts';

/** Works in Kolkata, as the directory says. */
export const CLOCKED = 'E-1008';

/** @param missing - the working day on which they forget it, `YYYY-MM-DD` */
export async function monthOnTheClock({ tryton }: LocalCloud, period: string, missing: string) {
  const clock = createTimeClock(tryton, tryton.logins.personnel);
  const days = await workingDaysOf(period);
  await clock.stamp(CLOCKED, days.filter((day) => day !== missing).flatMap(stampsOf));
  return {
    /** A clerk of personnel was told. */
    enterMissingDay: () => clock.stamp(CLOCKED, stampsOf(missing)),
    /** Of the file for payroll, once nothing is missing. */
    row: `${period},${CLOCKED},${days.length},worked,${8 * days.length},${days.length}`,
  };
}

/** A few minutes late, and out for lunch, by the clocks where they work. */
function stampsOf(day: string): readonly Stamp[] {
  return [
    { direction: 'in', at: `${day}T09:04:10+05:30` },
    { direction: 'out', at: `${day}T12:02:00+05:30` },
    { direction: 'in', at: `${day}T12:58:30+05:30` },
    { direction: 'out', at: `${day}T18:01:20+05:30` },
  ];
}
