/**
 * The company's calendar file (JSON), checked whole when the stack is synthesized. A date that is wrong would move a
 * deadline unnoticed, so what contradicts itself is refused rather than read one way.
 */
import * as z from 'zod';
import { type FieldIssue, ValidationError } from '../runtime/errors.ts';
import {
  type CalendarData,
  type CalendarYear,
  createCalendar,
  dayOf,
  daysBetween,
  timeOfDay,
  WEEKDAYS,
  weekdayOf,
} from './domain/calendar.ts';
import { fewestWorkingHours } from './domain/working-time.ts';

/** Waits end within so many days, since the state machines stand behind them with a longer time-out. */
const LONGEST_WAIT_DAYS = 90;

const dateSchema = z.iso.date('must be a date such as 2026-02-14');
const timeSchema = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 09:00, up to 24:00');
const textSchema = z.string().trim().min(1, 'must not be empty').max(500);

const yearSchema = z.strictObject({
  source: textSchema,
  holidays: z.array(z.strictObject({ name: textSchema, from: dateSchema, to: dateSchema })),
  makeUpDays: z.array(dateSchema),
  isProvisional: z.literal(true, 'must be true, or not there').optional(),
});

const fileSchema = z.strictObject({
  name: textSchema,
  version: textSchema,
  workingDays: z.array(z.enum(WEEKDAYS)).min(1, 'must name at least one day'),
  workingHours: z
    .array(z.strictObject({ from: timeSchema, to: timeSchema }))
    .min(1, 'must have at least one stretch of time'),
  years: z.record(z.string().regex(/^2\d{3}$/, 'must be a year such as 2026'), yearSchema),
});

/** @throws ValidationError naming everything that is wrong with the file, each by its field. */
export function parseCalendar(value: unknown): CalendarData {
  const file = fileSchema.safeParse(value);
  if (!file.success) {
    throw new ValidationError(file.error.issues.flatMap(shapeIssues));
  }
  const data = file.data;
  const issues = [...hoursIssues(data), ...missingYears(data), ...unsettledYears(data), ...yearsIssues(data)];
  if (issues.length > 0) {
    throw new ValidationError(issues);
  }
  return data;
}

/** What working hours can be asked for at most, so that every wait ends in time whenever it begins. */
export function boundOfWorkingHours(data: CalendarData): { readonly calendar: string; readonly mostHours: number } {
  // The first and the last day are not whole ones, unless the wait begins at midnight.
  const mostHours = Math.floor(fewestWorkingHours(createCalendar(data), LONGEST_WAIT_DAYS - 1));
  return { calendar: `${data.name} ${data.version}`, mostHours };
}

const EXAMPLE = 'see local/demo/calendar.json for an example';

function shapeIssues(issue: z.core.$ZodIssue): readonly FieldIssue[] {
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  const problem = issue.code === 'unrecognized_keys' ? 'is no field of this file' : issue.message;
  return paths.map((path) => wrong(z.core.toDotPath(path) || '(whole)', problem, EXAMPLE));
}

function hoursIssues({ workingHours, workingDays }: CalendarData): readonly FieldIssue[] {
  const unordered = workingHours.flatMap(({ from, to }, index) => {
    const before = workingHours[index - 1];
    const field = `workingHours[${index}]`;
    return [
      ...(timeOfDay(from) < timeOfDay(to) ? [] : [wrong(field, `${from} is not before ${to}`, 'turn them round')]),
      ...(before === undefined || timeOfDay(before.to) <= timeOfDay(from)
        ? []
        : [wrong(field, `${from} is before the end of the stretch above`, 'put them in order, without overlap')]),
    ];
  });
  const twice = new Set(workingDays).size < workingDays.length;
  return [...unordered, ...(twice ? [wrong('workingDays', 'a day is there twice', 'name each once')] : [])];
}

function missingYears({ years }: CalendarData): readonly FieldIssue[] {
  const known = Object.keys(years).map(Number);
  if (known.length === 0) {
    return [wrong('years', 'there is no year', 'give the holidays of this year at least')];
  }
  const [first, last] = [Math.min(...known), Math.max(...known)];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
    .filter((year) => !known.includes(year))
    .map((year) => wrong(`years.${year}`, 'is missing between others', 'add its holidays'));
}

/** Years are announced one after the other. */
function unsettledYears({ years }: CalendarData): readonly FieldIssue[] {
  const known = Object.entries(years).toSorted(([one], [other]) => Number(one) - Number(other));
  const firstOpen = known.findIndex(([, { isProvisional }]) => isProvisional === true);
  return known
    .slice(Math.max(0, firstOpen))
    .filter(([, { isProvisional }]) => firstOpen !== -1 && isProvisional !== true)
    .map(([year]) => wrong(`years.${year}`, 'is settled after a year that is not', 'settle the earlier year first'));
}

function yearsIssues(data: CalendarData): readonly FieldIssue[] {
  return Object.entries(data.years).flatMap(([year, { holidays, makeUpDays }]) => {
    const at = `years.${year}`;
    const dates = [
      ...holidays.flatMap(({ from, to }, index) => [
        { field: `${at}.holidays[${index}].from`, date: from },
        { field: `${at}.holidays[${index}].to`, date: to },
      ]),
      ...makeUpDays.map((date, index) => ({ field: `${at}.makeUpDays[${index}]`, date })),
    ];
    return [
      ...dates
        .filter(({ date }) => !date.startsWith(`${year}-`))
        .map(({ field, date }) => wrong(field, `${date} is not in ${year}`, 'put it under its own year')),
      ...holidayIssues(at, holidays),
      ...makeUpIssues(at, data, makeUpDays, holidays),
    ];
  });
}

function holidayIssues(at: string, holidays: CalendarYear['holidays']): readonly FieldIssue[] {
  const owners = new Map<number, string>();
  return holidays.flatMap(({ name, from, to }, index) => {
    const field = `${at}.holidays[${index}]`;
    const days = daysBetween(from, to);
    const earlier = days.map((day) => owners.get(day)).find((owner) => owner !== undefined);
    for (const day of days) {
      owners.set(day, name);
    }
    return [
      ...(days.length > 0 ? [] : [wrong(field, `${from} is after ${to}`, 'turn them round')]),
      ...(earlier === undefined
        ? []
        : [wrong(field, `a day of it belongs to ${earlier} already`, 'name each day once')]),
    ];
  });
}

function makeUpIssues(
  at: string,
  { workingDays }: CalendarData,
  makeUpDays: readonly string[],
  holidays: CalendarYear['holidays'],
): readonly FieldIssue[] {
  const free = new Set(holidays.flatMap(({ from, to }) => daysBetween(from, to)));
  return makeUpDays.flatMap((date, index) => {
    const field = `${at}.makeUpDays[${index}]`;
    const weekday = WEEKDAYS[weekdayOf(dayOf(date))];
    if (makeUpDays.indexOf(date) < index) {
      return [wrong(field, `${date} is there twice`, 'name each day once')];
    }
    if (free.has(dayOf(date))) {
      return [wrong(field, `${date} is a holiday as well`, 'shorten the holiday, or remove the day')];
    }
    return workingDays.some((name) => name === weekday)
      ? [wrong(field, `${date} is a ${weekday}, which is worked anyway`, 'check the date against its source')]
      : [];
  });
}

function wrong(field: string, problem: string, remedy: string): FieldIssue {
  return { field, problem, remedy };
}
