/** One employee's months: the ERP's absences and clock beside the approved requests. Reads only, so it may be done again at any time. */
import type { WorkingCalendar } from '../calendar/domain/calendar.ts';
import type { TimeEmployee, TimePort } from '../connectors/erp/time-port.ts';
import { hoursPerDay, type LeaveDay, leaveDays } from '../people/domain/leave-days.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { approvedLeave } from './approved-leave.ts';
import { type ClockedMonths, type ClockedMonthsDeps, clockedMonths } from './clocked-months.ts';
import type { Collected, CollectedMonth } from './domain/payroll-run.ts';
import { datesOf } from './domain/period.ts';
import { type AbsentHours, reconcile } from './domain/reconcile.ts';

export interface ReconcileDeps extends ClockedMonthsDeps {
  readonly store: ProcessStore;
}

export interface ReconcileInput {
  readonly period: string;
  /** Earlier months that are looked at again. */
  readonly corrects: readonly string[];
  readonly employeeId: string;
  /** False: the directory says that they have left. */
  readonly active: boolean;
}

/**
 * All months of one moment, the earliest first.
 * @throws BusinessRuleError `unknown-employee`: the ERP has nobody of the id; `open-employment`: they have left, and the ERP
 *   does not know when; `calendar-year`: nobody knows the holidays of a month. Errors of the time port.
 */
export async function reconcileAttendance(deps: ReconcileDeps, input: ReconcileInput): Promise<Collected> {
  const { period, corrects, employeeId } = input;
  const periods = [...corrects, period].toSorted();
  const employee = await knownEmployee(deps.time, input);
  if (employee === undefined) {
    return { employeeId, months: periods.map((of) => ({ period: of, status: 'unknown' })) };
  }
  const months = periods.map((of) => ({ period: of, workingDays: workingDaysIn(of, employee, deps.calendar) }));
  const isEmployed = months.some(({ workingDays }) => workingDays !== undefined);
  const sides = isEmployed ? await bothSides(deps, employeeId, periods) : NOBODY_THERE;
  return { employeeId, months: months.map((month) => monthOf(month, sides, hoursPerDay(deps.calendar))) };
}

/** Undefined: they have left, and were never in the ERP, or are there no more. */
async function knownEmployee(
  time: TimePort,
  { employeeId, active }: ReconcileInput,
): Promise<TimeEmployee | undefined> {
  const employee = await time.findEmployee(employeeId);
  if (employee === undefined && active) {
    throw new BusinessRuleError('unknown-employee', `the ERP has no employee ${employeeId}: create them there`);
  }
  if (employee !== undefined && employee.employedUntil === undefined && !active) {
    throw new BusinessRuleError('open-employment', `${employeeId} has left: enter in the ERP until when`);
  }
  return employee;
}

/** Undefined: they are not employed on any day of the month. */
function workingDaysIn(
  period: string,
  employee: TimeEmployee,
  calendar: WorkingCalendar | undefined,
): readonly LeaveDay[] | undefined {
  const employed = employedIn(datesOf(period), employee);
  if (employed === undefined) {
    return undefined;
  }
  const workingDays = leaveDays({ ...employed, startsAtNoon: false, endsAtNoon: false }, calendar);
  if ('missingYear' in workingDays) {
    const { missingYear } = workingDays;
    throw new BusinessRuleError(
      'calendar-year',
      `the calendar has no holidays of ${missingYear}: add them, and deploy`,
    );
  }
  return workingDays;
}

function employedIn({ from, to }: ReturnType<typeof datesOf>, { employedFrom = from, employedUntil }: TimeEmployee) {
  const first = employedFrom > from ? employedFrom : from;
  const last = employedUntil !== undefined && employedUntil < to ? employedUntil : to;
  return first <= last ? { from: first, to: last } : undefined;
}

interface Sides {
  readonly requested: readonly AbsentHours[];
  readonly recorded: readonly AbsentHours[];
  readonly clocked: ClockedMonths;
}

const NOBODY_THERE: Sides = { requested: [], recorded: [], clocked: new Map() };

/** Of all months at once: what lies between them is not looked at. `periods`: the earliest first. */
async function bothSides(deps: ReconcileDeps, employeeId: string, periods: readonly string[]): Promise<Sides> {
  const { from } = datesOf(periods[0] ?? '');
  const { to } = datesOf(periods.at(-1) ?? '');
  const [requested, recorded, clocked] = await Promise.all([
    approvedLeave(deps.store, employeeId, { from, to }),
    deps.time.absencesOf(employeeId, from, to),
    clockedMonths(deps, employeeId, periods),
  ]);
  return { requested, recorded, clocked };
}

function monthOf(
  { period, workingDays }: { readonly period: string; readonly workingDays: readonly LeaveDay[] | undefined },
  { requested, recorded, clocked }: Sides,
  perDay: string,
): CollectedMonth {
  if (workingDays === undefined) {
    return { period, status: 'not-employed' };
  }
  const { from, to } = datesOf(period);
  const within = ({ date }: AbsentHours) => from <= date && date <= to;
  const clock = clocked.get(period);
  const month = { workingDays, requested: requested.filter(within), recorded: recorded.filter(within), perDay };
  return { period, status: 'collected', ...reconcile({ ...month, ...(clock === undefined ? {} : { clock }) }) };
}
