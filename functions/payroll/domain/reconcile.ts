/**
 * What the ERP has of one employee's month beside what was approved in Meridian, and the figures that follow. Pure. Hours
 * are plain decimal strings, dates `YYYY-MM-DD`.
 */
import { add, compare, sum } from '../../money/money.ts';
import { inDays } from '../../people/domain/leave-days.ts';
import { type ClockedDay, expectedHours, hoursOf, isOff, left, type Tolerance, workedHours } from './clocked-day.ts';
import type { Presence } from './presence.ts';

export interface AbsentHours {
  readonly date: string;
  /** Code of the kind of leave. */
  readonly kind: string;
  readonly hours: string;
}

/**
 * A day of which both sides say something else; `0` where one says nothing. Of a kind of leave: hours by approved requests and
 * in the ERP. {@link PRESENCE}: hours of the calendar less approved absence, and by the clock. {@link CLOCK_IN} and
 * {@link CLOCK_OUT}: {@link NOTHING}, and the time (`HH:MM`) of a clocking without its counterpart. {@link COUNTED_BY}: how a month
 * was counted when payroll was given it, and how it is now; its date is the month.
 */
export interface Difference {
  readonly date: string;
  readonly kind: string;
  readonly requested: string;
  readonly recorded: string;
}

export const PRESENCE = 'presence';
export const CLOCK_IN = 'clock-in';
export const CLOCK_OUT = 'clock-out';
export const COUNTED_BY = 'counted-by';
/** Stands for the counterpart that is missing. */
const NOTHING = '-';

/** Of a month: hours of one kind, and the same in days of the company's length, to two digits. */
export interface KindFigure {
  /** {@link WORKED}, or the code of a kind of leave. */
  readonly kind: string;
  readonly hours: string;
  readonly days: string;
}

export interface Attendance {
  readonly workingDays: number;
  /** Worked hours first, then kinds of leave in alphabetical order. As the ERP has them. */
  readonly figures: readonly KindFigure[];
  /** By date, then kind; empty: both sides agree. */
  readonly differences: readonly Difference[];
  /** Absent: by the calendar. */
  readonly countedBy?: 'clock';
}

/** Working hours of which nobody was absent. */
export const WORKED = 'worked';

export interface Month {
  /** Each date once. */
  readonly workingDays: readonly { readonly date: string; readonly hours: string }[];
  /** Of approved requests. */
  readonly requested: readonly AbsentHours[];
  /** In the ERP, whoever entered it. */
  readonly recorded: readonly AbsentHours[];
  /** Hours of a whole working day. */
  readonly perDay: string;
  /** Undefined: all working hours of which nobody was absent are worked. */
  readonly clock?: ClockedMonth;
}

/** Of the dates of the month. */
export interface ClockedMonth {
  readonly presence: Presence;
  readonly tolerance: Tolerance;
}

/**
 * Every day and kind that either side has stands in the figures as the ERP has it, and once among the differences if the request
 * says otherwise; of whoever clocks also every day that is not as long as it should be, and every clocking without its counterpart.
 */
export function reconcile(month: Month): Attendance {
  const { workingDays, recorded, perDay, clock } = month;
  const kinds = [...new Set(recorded.map(({ kind }) => kind))].sort();
  const figure = (kind: string, hours: string) => ({ kind, hours, days: inDays(hours, perDay) });
  const worked =
    clock === undefined
      ? workingDays.map(({ date, hours }) => left(hours, hoursOn(date, recorded)))
      : daysOf(month, clock.presence).map((day) => workedHours(day, clock.tolerance));
  const differences = [...absencesThatDiffer(month), ...(clock === undefined ? [] : clockThatDiffers(month, clock))];
  return {
    workingDays: workingDays.length,
    figures: [
      figure(WORKED, sum(worked)),
      ...kinds.map((kind) => figure(kind, sumOf(recorded.filter((day) => day.kind === kind)))),
    ],
    differences: differences.sort(byDateAndKind),
    ...(clock === undefined ? {} : { countedBy: 'clock' }),
  };
}

function absencesThatDiffer({ requested, recorded }: Month): readonly Difference[] {
  const [asked, known] = [hoursByDay(requested), hoursByDay(recorded)];
  return [...new Set([...asked.keys(), ...known.keys()])].flatMap((day) => {
    const [date = '', kind = ''] = day.split(' ');
    const difference = { date, kind, requested: asked.get(day) ?? '0', recorded: known.get(day) ?? '0' };
    return compare(difference.requested, difference.recorded) === 0 ? [] : [difference];
  });
}

function clockThatDiffers(month: Month, { presence, tolerance }: ClockedMonth): readonly Difference[] {
  const days = daysOf(month, presence).filter((day) => isOff(day, tolerance));
  return [
    ...days.map((day) => ({
      date: day.date,
      kind: PRESENCE,
      requested: expectedHours(day),
      recorded: hoursOf(day.present),
    })),
    ...presence.unpaired.map(({ date, time, direction }) => ({
      date,
      kind: direction === 'in' ? CLOCK_IN : CLOCK_OUT,
      requested: NOTHING,
      recorded: time,
    })),
  ];
}

/** Every day that is worked by the calendar, or on which somebody was there. */
function daysOf({ workingDays, requested, recorded }: Month, { days }: Presence): readonly ClockedDay[] {
  const calendar = new Map(workingDays.map(({ date, hours }) => [date, hours]));
  const presence = new Map(days.map(({ date, present }) => [date, present]));
  return [...new Set([...calendar.keys(), ...presence.keys()])].map((date) => ({
    date,
    calendar: calendar.get(date) ?? '0',
    requested: hoursOn(date, requested),
    recorded: hoursOn(date, recorded),
    present: presence.get(date) ?? 0,
  }));
}

/** Of several clockings of one day and kind the earlier first. */
function byDateAndKind(one: Difference, other: Difference): number {
  const [name, otherName] = [one, other].map(({ date, kind, recorded }) => `${date} ${kind} ${recorded}`);
  return (name ?? '') < (otherName ?? '') ? -1 : 1;
}

/** By date and kind, which have no space in them. */
function hoursByDay(days: readonly AbsentHours[]): ReadonlyMap<string, string> {
  const hours = new Map<string, string>();
  for (const day of days) {
    const key = `${day.date} ${day.kind}`;
    hours.set(key, add(hours.get(key) ?? '0', day.hours));
  }
  return hours;
}

function hoursOn(date: string, days: readonly AbsentHours[]): string {
  return sumOf(days.filter((day) => day.date === date));
}

function sumOf(days: readonly AbsentHours[]): string {
  return sum(days.map(({ hours }) => hours));
}
