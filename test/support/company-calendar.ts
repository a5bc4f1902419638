import { readFileSync } from 'node:fs';
import { parseCalendar } from '../../functions/calendar/calendar-file.ts';
import { createCalendar } from '../../functions/calendar/domain/calendar.ts';

/** Of the tests' company: the Chinese holidays of 2025 and 2026, eight hours a day. */
export const companyCalendar = createCalendar(
  parseCalendar(JSON.parse(readFileSync('test/support/china-calendar.json', 'utf8'))),
);
