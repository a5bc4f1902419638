/** The clock of waits by a company's calendar. */
import type { WorkingCalendar } from './domain/calendar.ts';
import { clockHoursAfter, type HoursAfter, workingTimeAfter } from './domain/working-time.ts';
import type { ReckonedWait, WaitClock } from './port.ts';

/** `calendar` undefined: hours are hours of the clock. `companyTimeZone`: of people whose own is not known. */
export function createWaitClock(calendar: WorkingCalendar | undefined, companyTimeZone: string): WaitClock {
  return {
    reckon({ openedAt, expireAfterHours, isOnTheClock, timeZone = companyTimeZone }): ReckonedWait {
      if (calendar === undefined || isOnTheClock) {
        return { hoursAfter: clockHoursAfter };
      }
      const name = `${calendar.name} ${calendar.version}`;
      const end = workingTimeAfter(calendar, new Date(openedAt), expireAfterHours, timeZone);
      return 'missingYear' in end
        ? { hoursAfter: clockHoursAfter, missing: { calendar: name, year: end.missingYear } }
        : { hoursAfter: workingHoursAfter(calendar, timeZone), countedBy: { calendar: name, timeZone } };
    },
  };
}

/** What lies beyond the data, as only the times of a wait that was opened by an earlier calendar can, is by the clock. */
function workingHoursAfter(calendar: WorkingCalendar, timeZone: string): HoursAfter {
  return (from, hours) => {
    const reached = workingTimeAfter(calendar, new Date(from), hours, timeZone);
    return 'at' in reached ? reached.at : clockHoursAfter(from, hours);
  };
}
