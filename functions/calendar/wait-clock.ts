/** The clock of waits by a company's calendar. */
import type { WorkingCalendar } from './domain/calendar.ts';
import { clockHoursAfter, type HoursAfter, workingTimeAfter } from './domain/working-time.ts';
import type { ReckonedWait, WaitClock } from './port.ts';

/** `calendar` undefined: hours are hours of the clock. `companyTimeZone`: of people whose own is not known. */
export function createWaitClock(calendar: WorkingCalendar | undefined, companyTimeZone: string): WaitClock {
  return {
    reckon({ openedAt, expireAfterHours, isOnTheClock, timeZones }): ReckonedWait {
      if (calendar === undefined || isOnTheClock) {
        return { hoursAfter: clockHoursAfter };
      }
      const name = `${calendar.name} ${calendar.version}`;
      const own = timeZones.map((zone) => zone ?? companyTimeZone);
      const zones = own.length === 0 ? [companyTimeZone] : [...new Set(own)].sort();
      const ends = zones.map((zone) => workingTimeAfter(calendar, new Date(openedAt), expireAfterHours, zone));
      const missing = ends.find((end) => 'missingYear' in end);
      return missing === undefined
        ? { hoursAfter: latestOf(calendar, zones), countedBy: { calendar: name, timeZone: zones.join(', ') } }
        : { hoursAfter: clockHoursAfter, missing: { calendar: name, year: missing.missingYear } };
    },
  };
}

function latestOf(calendar: WorkingCalendar, zones: readonly string[]): HoursAfter {
  const clocks = zones.map((zone) => workingHoursAfter(calendar, zone));
  return (from, hours) => new Date(Math.max(...clocks.map((after) => after(from, hours).getTime())));
}

/** What lies beyond the data, as only the times of a wait that was opened by an earlier calendar can, is by the clock. */
function workingHoursAfter(calendar: WorkingCalendar, timeZone: string): HoursAfter {
  return (from, hours) => {
    const reached = workingTimeAfter(calendar, new Date(from), hours, timeZone);
    return 'at' in reached ? reached.at : clockHoursAfter(from, hours);
  };
}
