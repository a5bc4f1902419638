/** How an employee's months are counted, and what the clock has of those that it counts in. */
import { dayOf, type WorkingCalendar } from '../calendar/domain/calendar.ts';
import { DAY, HOUR, instantOf } from '../calendar/domain/zone.ts';
import type { Clocking, TimePort } from '../connectors/erp/time-port.ts';
import type { Directory } from '../directory/port.ts';
import type { AttendanceRule, Policies } from '../policy/port.ts';
import { datesOf } from './domain/period.ts';
import { type ClockTerms, LONGEST, presenceOf, within } from './domain/presence.ts';
import type { ClockedMonth } from './domain/reconcile.ts';

export interface ClockedMonthsDeps {
  readonly time: TimePort;
  readonly directory: Directory;
  readonly policies: Policies;
  /** Undefined: Monday to Friday are worked, eight hours each. */
  readonly calendar: WorkingCalendar | undefined;
  /** IANA zone of the company; a person may have their own. */
  readonly timeZone: string;
}

/** By period; a month that is not there is counted by the calendar. */
export type ClockedMonths = ReadonlyMap<string, ClockedMonth>;

interface CountedMonth {
  readonly period: string;
  readonly rule: AttendanceRule;
}

/** The clock is read once for all months, and not at all where none is counted by it. `periods`: the earliest first. */
export async function clockedMonths(
  deps: ClockedMonthsDeps,
  employeeId: string,
  periods: readonly string[],
): Promise<ClockedMonths> {
  const person = await deps.directory.person(employeeId);
  const [department, grade] = [person?.departmentId ?? '', person?.grade ?? ''];
  const months = await Promise.all(
    periods.map(async (period) => ({
      period,
      rule: await deps.policies.attendanceRule({ department, grade, period }),
    })),
  );
  const counted = months.filter(({ rule }) => rule.countedBy !== 'calendar');
  const [first, last] = [counted[0], counted.at(-1)];
  if (first === undefined || last === undefined) {
    return new Map();
  }
  const timeZone = person?.timeZone ?? deps.timeZone;
  const { from, until } = instantsOf(datesOf(first.period).from, datesOf(last.period).to, timeZone);
  const clockings = await deps.time.clockingsOf(employeeId, from, until);
  return new Map(counted.flatMap((month) => clockedMonth(month, clockings, { timeZone, calendar: deps.calendar })));
}

interface Ends {
  readonly from: string;
  readonly until: string;
}

function isBetween(at: string, { from, until }: Ends): boolean {
  return Date.parse(from) <= Date.parse(at) && Date.parse(at) < Date.parse(until);
}

/** A shift that is under way at either end is read whole. */
function instantsOf(from: string, to: string, timeZone: string): Ends {
  const begins = instantOf(dayOf(from) * DAY, timeZone).getTime() - LONGEST * HOUR;
  const ends = instantOf((dayOf(to) + 1) * DAY, timeZone).getTime() + LONGEST * HOUR;
  return { from: new Date(begins).toISOString(), until: new Date(ends).toISOString() };
}

function clockedMonth(
  { period, rule }: CountedMonth,
  clockings: readonly Clocking[],
  terms: Omit<ClockTerms, 'longestHours'>,
): readonly (readonly [string, ClockedMonth])[] {
  const { from, to } = datesOf(period);
  const ends = instantsOf(from, to, terms.timeZone);
  const around = clockings.filter(({ at }) => isBetween(at, ends));
  const presence = within(presenceOf(around, { ...terms, longestHours: rule.longestHours }), from, to);
  const isUnused = presence.days.length === 0 && presence.unpaired.length === 0;
  return rule.countedBy === 'clock where used' && isUnused ? [] : [[period, { presence, tolerance: rule }]];
}
