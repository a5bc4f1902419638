/** One employee's month: the ERP's absences beside the approved requests. Reads only, so it may be done again at any time. */
import type { WorkingCalendar } from '../calendar/domain/calendar.ts';
import type { TimeEmployee, TimePort } from '../connectors/erp/time-port.ts';
import { hoursPerDay, leaveDays } from '../people/domain/leave-days.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { approvedLeave } from './approved-leave.ts';
import type { Collected } from './domain/payroll-run.ts';
import { datesOf } from './domain/period.ts';
import { reconcile } from './domain/reconcile.ts';

export interface ReconcileDeps {
  readonly store: ProcessStore;
  readonly time: TimePort;
  /** Undefined: Monday to Friday are worked, eight hours each. */
  readonly calendar: WorkingCalendar | undefined;
}

export interface ReconcileInput {
  readonly period: string;
  readonly employeeId: string;
  /** False: the directory says that they have left. */
  readonly active: boolean;
}

/**
 * @throws BusinessRuleError `unknown-employee`: the ERP has nobody of the id; `open-employment`: they have left, and the ERP
 *   does not know when; `calendar-year`: nobody knows the holidays of the month. Errors of the time port.
 */
export async function reconcileAttendance(deps: ReconcileDeps, input: ReconcileInput): Promise<Collected> {
  const { period, employeeId } = input;
  const month = datesOf(period);
  const employed = employedIn(month, await deps.time.findEmployee(employeeId), input);
  if (employed === undefined) {
    return { employeeId, status: 'not-employed' };
  }
  const workingDays = leaveDays({ ...employed, startsAtNoon: false, endsAtNoon: false }, deps.calendar);
  if ('missingYear' in workingDays) {
    const { missingYear } = workingDays;
    throw new BusinessRuleError(
      'calendar-year',
      `the calendar has no holidays of ${missingYear}: add them, and deploy`,
    );
  }
  const [requested, recorded] = await Promise.all([
    approvedLeave(deps.store, employeeId, month),
    deps.time.absencesOf(employeeId, month.from, month.to),
  ]);
  const perDay = hoursPerDay(deps.calendar);
  return { employeeId, status: 'collected', ...reconcile({ workingDays, requested, recorded, perDay }) };
}

/** The days of the month on which they are employed; undefined: on none. */
function employedIn(
  { from, to }: { readonly from: string; readonly to: string },
  employee: TimeEmployee | undefined,
  { employeeId, active }: ReconcileInput,
) {
  if (employee === undefined) {
    if (!active) {
      return undefined;
    }
    throw new BusinessRuleError('unknown-employee', `the ERP has no employee ${employeeId}: create them there`);
  }
  const { employedFrom = from, employedUntil } = employee;
  if (!active && employedUntil === undefined) {
    throw new BusinessRuleError('open-employment', `${employeeId} has left: enter in the ERP until when`);
  }
  const first = employedFrom > from ? employedFrom : from;
  const last = employedUntil !== undefined && employedUntil < to ? employedUntil : to;
  return first <= last ? { from: first, to: last } : undefined;
}
