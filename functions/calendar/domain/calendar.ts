/** When people work: days of the week, hours of the day, and what each year changes. Pure. */
import { DAY } from './zone.ts';

export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** A company's calendar file, checked: plain data. Dates are `YYYY-MM-DD`, times of day `HH:MM` up to `24:00`. */
export interface CalendarData {
  /** For the record, with the version. */
  readonly name: string;
  readonly version: string;
  readonly workingDays: readonly (typeof WEEKDAYS)[number][];
  /** In order, without overlap. */
  readonly workingHours: readonly { readonly from: string; readonly to: string }[];
  /** By number, one after the other. A year that is not there is unknown: nobody guesses its holidays. */
  readonly years: { readonly [year: string]: CalendarYear };
}

export interface CalendarYear {
  /** Where the dates come from. */
  readonly source: string;
  /** `to` is the last day. */
  readonly holidays: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  /** Days that would be free by the week or a holiday and are worked (调休). */
  readonly makeUpDays: readonly string[];
  /** What is there may still change: the year is reckoned with, and counts as one that is missing where it is warned of. */
  readonly isProvisional?: true | undefined;
}

/** Working time within a day: milliseconds after its midnight on the clock. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A calendar that answers quickly. Days are counted from 1970-01-01. */
export interface WorkingCalendar {
  readonly name: string;
  readonly version: string;
  readonly firstDay: number;
  /** The last day with data. */
  readonly lastDay: number;
  /** The last day before any year that is provisional. */
  readonly lastSettledDay: number;
  /** Empty on a free day; undefined when there is no data for the day's year. */
  stretchesOn(day: number): readonly Stretch[] | undefined;
}

/** The calendar of checked data. */
export function createCalendar(data: CalendarData): WorkingCalendar {
  const years = Object.keys(data.years).map(Number);
  const stretches = data.workingHours.map(({ from, to }) => ({ from: timeOfDay(from), to: timeOfDay(to) }));
  const weekdays = new Set(data.workingDays.map((name) => WEEKDAYS.indexOf(name)));
  const all = Object.values(data.years);
  const free = new Set(all.flatMap(({ holidays }) => holidays.flatMap(({ from, to }) => daysBetween(from, to))));
  const worked = new Set(all.flatMap(({ makeUpDays }) => makeUpDays.map(dayOf)));
  const firstDay = Date.UTC(Math.min(...years), 0, 1) / DAY;
  const lastDay = Date.UTC(Math.max(...years), 11, 31) / DAY;
  const provisional = years.filter((year) => data.years[year]?.isProvisional === true);
  const lastSettledDay = provisional.length === 0 ? lastDay : Date.UTC(Math.min(...provisional), 0, 0) / DAY;
  return {
    name: data.name,
    version: data.version,
    firstDay,
    lastDay,
    lastSettledDay,
    stretchesOn(day) {
      if (day < firstDay || day > lastDay) {
        return undefined;
      }
      const isWorked = worked.has(day) || (weekdays.has(weekdayOf(day)) && !free.has(day));
      return isWorked ? stretches : [];
    },
  };
}

/** Number of a date's day. */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return new Date(day * DAY).getUTCDay();
}

/** The numbers of the days from one date to another, both included. */
export function daysBetween(from: string, to: string): readonly number[] {
  const first = dayOf(from);
  return Array.from({ length: Math.max(0, dayOf(to) - first + 1) }, (_, index) => first + index);
}

/** Milliseconds after midnight of `HH:MM`. */
export function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
