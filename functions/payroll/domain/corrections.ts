/**
 * What has changed in months whose figures payroll has already. Pure. What payroll has of a month are the figures of its run
 * and every correction that later runs handed over; a correction is the signed difference to what the month is now, so that
 * their sum is always what it is now, and what was corrected once is not corrected again.
 */
import { add, compare, subtract } from '../../money/money.ts';
import type { Correction, EmployeeFigures } from './payroll-file.ts';
import type { Collected, CollectedMonth, OpenPoints } from './payroll-run.ts';
import { COUNTED_BY, type Difference, type KindFigure, WORKED } from './reconcile.ts';

/** All that one run handed over. */
export interface HandedFigures {
  readonly period: string;
  readonly employees: readonly EmployeeFigures[];
  readonly corrections: readonly Correction[];
  /** What still differed when an operator took the ERP's figures, also of corrected months. */
  readonly accepted: OpenPoints['differing'];
}

/** What follows from what was collected, beside what was handed over before. */
export interface MonthEnd {
  /** With their figures, by id. */
  readonly employees: readonly EmployeeFigures[];
  /** By employee id, then month. */
  readonly corrections: readonly Correction[];
  readonly points: OpenPoints;
}

/**
 * @param handed - of all runs whose months are corrected
 * @param failed - who could not be collected: nothing of theirs is corrected
 */
export function monthEnd(
  period: string,
  collected: readonly Collected[],
  failed: OpenPoints['failed'],
  handed: readonly HandedFigures[],
): MonthEnd {
  const people = collected.toSorted((one, other) => (one.employeeId < other.employeeId ? -1 : 1));
  const known = new Map(handed.map((run) => [run.period, knownFigures(run.period, handed)]));
  const settled = acceptedBefore(handed);
  const before = (employeeId: string, month: string) => known.get(month)?.get(employeeId);
  const differing = people.map(({ employeeId, months }) => ({
    employeeId,
    differences: months.flatMap((month) =>
      month.period === period
        ? differencesOf(month)
        : [...countedOtherwise(month, before(employeeId, month.period)), ...differencesOf(month)].filter(
            (one) => !settled.has(nameOf(employeeId, one)),
          ),
    ),
  }));
  const vanished = people.filter(({ employeeId, months }) =>
    months.some(({ period: month, status }) => status === 'unknown' && hasHours(before(employeeId, month))),
  );
  return {
    employees: people.flatMap(({ employeeId, months }) =>
      months.flatMap((month) => (month.period === period ? (figuresOf(employeeId, month) ?? []) : [])),
    ),
    corrections: people.flatMap(({ employeeId, months }) =>
      months.flatMap((month) =>
        month.period === period || month.status === 'unknown'
          ? []
          : (correctionOf(employeeId, month, before(employeeId, month.period)) ?? []),
      ),
    ),
    points: {
      differing: differing.filter(({ differences }) => differences.length > 0),
      failed: [...failed, ...vanished.map(({ employeeId }) => ({ employeeId, ...VANISHED }))],
    },
  };
}

/** Payroll has figures of somebody of whom the ERP knows nothing any more: taking all of it back would be a guess. */
const VANISHED = {
  error: 'unknown-employee',
  cause: 'payroll has figures of an earlier month, and the ERP has nobody of the id any more',
};

/** What payroll has of a month, by employee id: what was handed over, with every correction since. */
export function knownFigures(period: string, handed: readonly HandedFigures[]): ReadonlyMap<string, EmployeeFigures> {
  const own = handed.filter((run) => run.period === period).flatMap(({ employees }) => employees);
  const known = new Map(own.map((figures) => [figures.employeeId, figures]));
  for (const correction of handed.flatMap(({ corrections }) => corrections)) {
    if (correction.period === period) {
      known.set(correction.employeeId, corrected(known.get(correction.employeeId), correction));
    }
  }
  return known;
}

function corrected(before: EmployeeFigures | undefined, correction: Correction): EmployeeFigures {
  return {
    employeeId: correction.employeeId,
    workingDays: (before?.workingDays ?? 0) + correction.workingDays,
    figures: byKind(before, correction, add),
    ...countedAs(correction),
  };
}

/** Undefined: payroll has what the month is now. */
function correctionOf(
  employeeId: string,
  month: CollectedMonth,
  before: EmployeeFigures | undefined,
): Correction | undefined {
  const now = figuresOf(employeeId, month);
  const workingDays = (now?.workingDays ?? 0) - (before?.workingDays ?? 0);
  const changed = byKind(now, before, subtract).filter(
    // Changed working days need a row to stand in, also where no hours follow from them.
    ({ kind, hours, days }) => !isZero(hours) || !isZero(days) || (kind === WORKED && workingDays !== 0),
  );
  return changed.length === 0
    ? undefined
    : { period: month.period, employeeId, workingDays, figures: changed, ...countedAs(now) };
}

/** A rule, a grade or a first clocking that changes what a month is counted by would correct all of it without anybody's word. */
function countedOtherwise(month: CollectedMonth, before: EmployeeFigures | undefined): readonly Difference[] {
  if (month.status !== 'collected' || before === undefined || month.countedBy === before.countedBy) {
    return [];
  }
  const [requested, recorded] = [before, month].map(({ countedBy = 'calendar' }) => countedBy);
  return [{ date: month.period, kind: COUNTED_BY, requested: requested ?? '', recorded: recorded ?? '' }];
}

function countedAs(figures: Pick<EmployeeFigures, 'countedBy'> | undefined): Pick<EmployeeFigures, 'countedBy'> {
  return figures?.countedBy === undefined ? {} : { countedBy: figures.countedBy };
}

/** Kinds of either side in the order of all figures; `0` where one has none. */
function byKind(
  one: EmployeeFigures | undefined,
  other: EmployeeFigures | undefined,
  compute: (left: string, right: string) => string,
): readonly KindFigure[] {
  const kinds = new Set([one, other].flatMap((side) => side?.figures ?? []).map(({ kind }) => kind));
  return [...kinds].sort(workedFirst).map((kind) => {
    const [left, right] = [one, other].map((side) => side?.figures.find((figure) => figure.kind === kind) ?? NOTHING);
    const value = (name: 'hours' | 'days') => compute(left?.[name] ?? '0', right?.[name] ?? '0');
    return { kind, hours: value('hours'), days: value('days') };
  });
}

const NOTHING = { hours: '0', days: '0' };

function workedFirst(one: string, other: string): number {
  return Number(other === WORKED) - Number(one === WORKED) || (one < other ? -1 : 1);
}

function figuresOf(employeeId: string, month: CollectedMonth): EmployeeFigures | undefined {
  return month.status === 'collected'
    ? { employeeId, workingDays: month.workingDays, figures: month.figures, ...countedAs(month) }
    : undefined;
}

function differencesOf(month: CollectedMonth): readonly Difference[] {
  return month.status === 'collected' ? month.differences : [];
}

/** Whether an operator has taken the ERP's figures in spite of a difference, with the same values. */
export function isAcceptedBefore(
  handed: readonly HandedFigures[],
): (employeeId: string, difference: Difference) => boolean {
  const settled = acceptedBefore(handed);
  return (employeeId, difference) => settled.has(nameOf(employeeId, difference));
}

/** What an operator was shown once, with the same values, is not asked again. */
function acceptedBefore(handed: readonly HandedFigures[]): ReadonlySet<string> {
  const accepted = handed.flatMap((run) => run.accepted);
  return new Set(accepted.flatMap(({ employeeId, differences }) => differences.map((one) => nameOf(employeeId, one))));
}

function nameOf(employeeId: string, { date, kind, requested, recorded }: Difference): string {
  return JSON.stringify([employeeId, date, kind, requested, recorded]);
}

function hasHours(figures: EmployeeFigures | undefined): boolean {
  return figures?.figures.some(({ hours }) => !isZero(hours)) ?? false;
}

function isZero(value: string): boolean {
  return compare(value, '0') === 0;
}
