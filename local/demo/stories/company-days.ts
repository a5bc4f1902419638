/** Days of the demonstration company: its time zone, its calendar. Dates are `YYYY-MM-DD`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCalendar } from '../../../functions/calendar/calendar-file.ts';
import { createCalendar, dayOf } from '../../../functions/calendar/domain/calendar.ts';
import { DAY } from '../../../functions/calendar/domain/zone.ts';
import { ROOT } from '../../cloud/paths.ts';
import { COMPANY_TIME_ZONE } from '../../tryton/company-data.ts';

export function companyToday(): string {
  // Swedish writes dates as ISO 8601 does.
  return new Date().toLocaleDateString('sv-SE', { timeZone: COMPANY_TIME_ZONE });
}

/**
 * The first days that are worked, so many days after today or later.
 *
 * @throws Error when the calendar ends before
 */
export async function workingDaysFrom(daysAhead: number, count: number): Promise<readonly string[]> {
  const calendar = createCalendar(parseCalendar(JSON.parse(await readFile(join(ROOT, CALENDAR), 'utf8'))));
  const found: string[] = [];
  for (let day = dayOf(companyToday()) + daysAhead; found.length < count; day += 1) {
    const stretches = calendar.stretchesOn(day);
    const date = new Date(day * DAY).toISOString().slice(0, 10);
    if (stretches === undefined) throw new Error(`${CALENDAR} knows no holidays of ${date.slice(0, 4)}: add that year`);
    if (stretches.length > 0) found.push(date);
  }
  return found;
}

const CALENDAR = 'local/demo/calendar.json';
