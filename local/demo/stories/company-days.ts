/** Days of the demonstration company: its time zone, its calendar. Dates are `YYYY-MM-DD`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCalendar } from '../../../functions/calendar/calendar-file.ts';
import {
  createCalendar,
  dayOf,
  daysBetween,
  type WorkingCalendar,
} from '../../../functions/calendar/domain/calendar.ts';
import { DAY } from '../../../functions/calendar/domain/zone.ts';
import { datesOf } from '../../../functions/payroll/domain/period.ts';
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
  const calendar = await readCalendar();
  const found: string[] = [];
  for (let day = dayOf(companyToday()) + daysAhead; found.length < count; day += 1) {
    if (isWorked(calendar, day)) found.push(dateOf(day));
  }
  return found;
}

/**
 * All days of a month (`YYYY-MM`) that are worked.
 *
 * @throws Error when the calendar ends before
 */
export async function workingDaysOf(period: string): Promise<readonly string[]> {
  const calendar = await readCalendar();
  const { from, to } = datesOf(period);
  return daysBetween(from, to)
    .filter((day) => isWorked(calendar, day))
    .map(dateOf);
}

const CALENDAR = 'local/demo/calendar.json';

async function readCalendar(): Promise<WorkingCalendar> {
  return createCalendar(parseCalendar(JSON.parse(await readFile(join(ROOT, CALENDAR), 'utf8'))));
}

function isWorked(calendar: WorkingCalendar, day: number): boolean {
  const stretches = calendar.stretchesOn(day);
  if (stretches === undefined) {
    throw new Error(`${CALENDAR} knows no holidays of ${dateOf(day).slice(0, 4)}: add that year`);
  }
  return stretches.length > 0;
}

function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
