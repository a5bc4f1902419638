/** Calendars that tests begin with. */
import { readFileSync } from 'node:fs';
import { parseCalendar } from '../../../functions/calendar/calendar-file.ts';
import { type CalendarData, createCalendar } from '../../../functions/calendar/domain/calendar.ts';
import { type Reached, workingTimeAfter } from '../../../functions/calendar/domain/working-time.ts';

/** By the notices of 2025 and 2026, Monday to Friday, 9 to 12 and 13 to 18: one that ends, whatever the demonstration's does. */
export const chinaFile: CalendarData = parseCalendar(
  JSON.parse(readFileSync('test/support/china-calendar.json', 'utf8')),
);

export const china = createCalendar(chinaFile);

/** An instant given by a zone's clocks. */
export function at(local: string, offset = '+08:00'): Date {
  return new Date(`${local}${offset}`);
}

/** When so many working hours have passed, in UTC; or the year without data. */
export function endOf(from: Date, hours: number, timeZone = 'Asia/Shanghai', calendar = china): string | number {
  const reached: Reached = workingTimeAfter(calendar, from, hours, timeZone);
  return 'at' in reached ? reached.at.toISOString() : reached.missingYear;
}
