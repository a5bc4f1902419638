import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCalendar } from '../../functions/calendar/calendar-file.ts';
import { createCalendar } from '../../functions/calendar/domain/calendar.ts';

/** Of the tests' company: the Chinese holidays of 2025 and 2026, eight hours a day. */
export const companyCalendar = createCalendar(
  parseCalendar(JSON.parse(readFileSync(join(import.meta.dirname, 'china-calendar.json'), 'utf8'))),
);
