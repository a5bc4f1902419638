/**
 * What the ERP has of one employee's month beside what was approved in Meridian, and the figures that follow. Pure. Hours
 * are plain decimal strings, dates `YYYY-MM-DD`.
 */
import { add, compare, subtract, sum } from '../../money/money.ts';
import { inDays } from '../../people/domain/leave-days.ts';

export interface AbsentHours {
  readonly date: string;
  /** Code of the kind of leave. */
  readonly kind: string;
  readonly hours: string;
}

/** A day of which both sides say something else; `0` where one says nothing. */
export interface Difference {
  readonly date: string;
  readonly kind: string;
  readonly requested: string;
  readonly recorded: string;
}

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
}

/** Every day and kind that either side has stands in the figures as the ERP has it, and once among the differences if the request says otherwise. */
export function reconcile({ workingDays, requested, recorded, perDay }: Month): Attendance {
  const [asked, known] = [hoursByDay(requested), hoursByDay(recorded)];
  const days = [...new Set([...asked.keys(), ...known.keys()])].sort();
  const kinds = [...new Set(recorded.map(({ kind }) => kind))].sort();
  const figure = (kind: string, hours: string) => ({ kind, hours, days: inDays(hours, perDay) });
  return {
    workingDays: workingDays.length,
    figures: [
      figure(WORKED, sum(workingDays.map((day) => workedOn(day, recorded)))),
      ...kinds.map((kind) => figure(kind, hoursOf(recorded.filter((day) => day.kind === kind)))),
    ],
    differences: days.flatMap((day) => {
      const [date = '', kind = ''] = day.split(' ');
      const difference = { date, kind, requested: asked.get(day) ?? '0', recorded: known.get(day) ?? '0' };
      return compare(difference.requested, difference.recorded) === 0 ? [] : [difference];
    }),
  };
}

/** An absence of more hours than the day has leaves nothing of it, and takes nothing from other days. */
function workedOn({ date, hours }: Month['workingDays'][number], recorded: readonly AbsentHours[]): string {
  const left = subtract(hours, hoursOf(recorded.filter((day) => day.date === date)));
  return compare(left, '0') > 0 ? left : '0';
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

function hoursOf(days: readonly AbsentHours[]): string {
  return sum(days.map(({ hours }) => hours));
}
