/**
 * Leave = attendance = payslip, for each closed run of payroll: a page of employees at a time. What the next run still corrects
 * is on its way, and no mismatch; a month is compared when no later run looks at it.
 */
import type { WorkingCalendar } from '../calendar/domain/calendar.ts';
import type { TimePort } from '../connectors/erp/time-port.ts';
import type { Directory } from '../directory/port.ts';
import { type HandedFigures, isAcceptedBefore, knownFigures } from '../payroll/domain/corrections.ts';
import { type EarlierRun, PAYROLL_KIND, type PayrollRunState, payrollRunId } from '../payroll/domain/payroll-run.ts';
import { monthsBefore } from '../payroll/domain/period.ts';
import { readHanded } from '../payroll/handed-figures.ts';
import type { RunFiles } from '../payroll/port.ts';
import { reconcileAttendance } from '../payroll/reconcile-attendance.ts';
import { type PayslipState, payslipId } from '../payslips/domain/payslip-process.ts';
import type { ProcessHead } from '../process/domain/process.ts';
import { latestPayrollKey } from '../process/keys.ts';
import { readHead } from '../process/update-process.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { comparePaidMonth, missingPayslips, unreadable } from './domain/compare-payroll.ts';
import { digestOf, type Mismatch } from './domain/mismatch.ts';
import type { BooksMessage } from './message.ts';
import { type Look, openMismatches } from './open-mismatches.ts';
import { type BooksQueue, SECOND_LOOK_SECONDS } from './port.ts';
import type { ReconcileDeps } from './reconcile-process.ts';

export interface ReconcilePayrollDeps extends ReconcileDeps {
  readonly queue: BooksQueue;
  readonly directory: Directory;
  readonly time: TimePort;
  readonly payroll: {
    readonly files: RunFiles;
    readonly calendar: WorkingCalendar | undefined;
    /** IANA zone of the company. */
    readonly timeZone: string;
    /** How many months before its own a run corrects. */
    readonly correctedMonths: number;
  };
}

type PayrollMessage = Extract<BooksMessage, { kind: 'payroll' }>;
type HoursCompared = Pick<Look, 'mismatches' | 'isComplete'>;

/** Employees of one message: each is asked for in the ERP three times. */
const PAGE = 15;
const NOT_COMPARED: HoursCompared = { mismatches: [], isComplete: false };
/** Months behind those that runs correct that are compared when a run has closed. */
const MONTHS_BEHIND = 3;

/** True: the process is a run of payroll, and what is to be compared of it, and of the months behind it, is queued. */
export async function askForPayroll(
  { store, queue, payroll }: ReconcilePayrollDeps,
  processId: string,
): Promise<boolean> {
  const head = await readHead<PayrollRunState>(store, processId);
  if (head?.kind !== PAYROLL_KIND) {
    return false;
  }
  const { period } = head.state;
  const behind = Array.from({ length: MONTHS_BEHIND }, (_, month) =>
    monthsBefore(period, payroll.correctedMonths + month),
  );
  const periods = head.status === 'ended' ? [...new Set([period, ...behind])] : [];
  await queue.send(periods.map((one) => ({ detail: { kind: 'payroll', period: one, after: '', seen: [] } })));
  return true;
}

/** As idempotent as the comparison of one process: what is seen twice, the same in every value, becomes a case, once. */
export async function reconcilePayroll(
  deps: ReconcilePayrollDeps,
  { period, after, seen }: PayrollMessage,
): Promise<{ readonly found: number; readonly opened: number }> {
  const processId = payrollRunId(period);
  const head = await readHead<PayrollRunState>(deps.store, processId);
  if (head === undefined || !hasStood(head)) {
    return { found: 0, opened: 0 };
  }
  const handed = await handedSince(deps, period);
  const known = knownFigures(period, handed);
  const own = handed.find((run) => run.period === period);
  const paid = [...(own?.employees ?? []), ...(own?.corrections ?? [])].map(({ employeeId }) => employeeId);
  const ids = [...new Set([...known.keys(), ...paid])].sort();
  const behind = ids.filter((employeeId) => employeeId > after);
  const page = behind.slice(0, PAGE);
  const looks = await looksAt(deps, head, page, { handed, paid });
  const mismatches = looks.flatMap((look) => look.mismatches);
  const fresh = mismatches.filter((mismatch) => !seen.includes(digestOf(mismatch)));
  const again: PayrollMessage = { kind: 'payroll', period, after, seen: mismatches.map(digestOf) };
  const next: PayrollMessage = { kind: 'payroll', period, after: page.at(-1) ?? '', seen: [] };
  await deps.queue.send([
    ...(fresh.length === 0 ? [] : [{ detail: again, delaySeconds: SECOND_LOOK_SECONDS }]),
    // Only by the first look: the second is of one page.
    ...(seen.length > 0 || behind.length <= PAGE ? [] : [{ detail: next }]),
  ]);
  let opened = 0;
  for (const look of looks) {
    opened += await openMismatches(deps, { ...look, fresh });
  }
  return { found: mismatches.length, opened };
}

/** At each of the employees; hours are left alone while a later run still corrects the month. */
async function looksAt(
  deps: ReconcilePayrollDeps,
  head: ProcessHead<PayrollRunState>,
  employeeIds: readonly string[],
  { handed, paid }: { readonly handed: readonly HandedFigures[]; readonly paid: readonly string[] },
): Promise<readonly Omit<Look, 'fresh'>[]> {
  const { processId, state } = head;
  const isFinal = await isCorrectedNoMore(deps, state.period);
  const expected = employeeIds.filter((employeeId) => paid.includes(employeeId));
  const missing = await missingOf(deps, head, expected);
  const looks: Omit<Look, 'fresh'>[] = [];
  for (const employeeId of employeeIds) {
    const hours = isFinal ? await compareEmployee(deps, state.period, employeeId, handed) : NOT_COMPARED;
    const mismatches = [...missing.filter(({ document }) => document === employeeId), ...hours.mismatches];
    looks.push({ processId, employeeId, mismatches, isComplete: hours.isComplete });
  }
  return looks;
}

/** Closed, and payroll has its figures. */
function hasStood({ status, state }: ProcessHead<PayrollRunState>): boolean {
  return status === 'ended' && state.stands === true && state.handedOver !== undefined;
}

/** What that run handed over, and each closed one after it: their corrections may be of the month. */
async function handedSince(
  { store, payroll }: ReconcilePayrollDeps,
  period: string,
): Promise<readonly HandedFigures[]> {
  const runs: EarlierRun[] = [];
  const latest = (await latestPeriod(store)) ?? period;
  for (let of = period; of <= latest; of = monthsBefore(of, -1)) {
    const head = await readHead<PayrollRunState>(store, payrollRunId(of));
    if (head?.state.handedOver !== undefined && hasStood(head)) {
      runs.push({ period: of, kept: head.state.handedOver.kept });
    }
  }
  return readHanded(payroll.files, runs);
}

/** Neither the run that is on its way nor the next one looks at the month. */
async function isCorrectedNoMore({ store, payroll }: ReconcilePayrollDeps, period: string): Promise<boolean> {
  const latest = await latestPeriod(store);
  if (latest === undefined) {
    return false;
  }
  const head = await readHead(store, payrollRunId(latest));
  const next = head?.status === 'ended' ? monthsBefore(latest, -1) : latest;
  return period < monthsBefore(next, payroll.correctedMonths);
}

async function latestPeriod(store: ReconcilePayrollDeps['store']): Promise<string | undefined> {
  return (await store.read<{ readonly period: string }>(latestPayrollKey()))?.value.period;
}

async function missingOf(
  { store }: ReconcilePayrollDeps,
  { state }: ProcessHead<PayrollRunState>,
  employeeIds: readonly string[],
): Promise<readonly Mismatch[]> {
  if (state.answer !== 'calculated') {
    return [];
  }
  const published = await Promise.all(
    employeeIds.map(async (employeeId) => {
      const head = await readHead<PayslipState>(store, payslipId(state.period, employeeId));
      return head?.state.published === undefined ? [] : [employeeId];
    }),
  );
  return missingPayslips(employeeIds, new Set(published.flat()));
}

async function compareEmployee(
  { store, time, directory, policies, payroll }: ReconcilePayrollDeps,
  period: string,
  employeeId: string,
  handed: readonly HandedFigures[],
): Promise<HoursCompared> {
  const { calendar, timeZone } = payroll;
  const known = knownFigures(period, handed).get(employeeId);
  const active = (await directory.person(employeeId))?.active === true;
  const isAccepted = isAcceptedBefore(handed);
  try {
    const { months } = await reconcileAttendance(
      { store, time, calendar, directory, policies, timeZone },
      { period, corrects: [], employeeId, active },
    );
    const mismatches = months.flatMap((month) =>
      comparePaidMonth({
        ...{ employeeId, handed: known, month },
        isAccepted: (difference) => isAccepted(employeeId, difference),
      }),
    );
    return { mismatches, isComplete: true };
  } catch (error) {
    if (error instanceof BusinessRuleError) {
      return { mismatches: unreadable(employeeId, known, error.rule), isComplete: false };
    }
    throw error;
  }
}
