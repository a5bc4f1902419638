/** A payroll system that announces nothing is asked again for every run that waits for it. */
import { openWaits } from '../process/domain/process.ts';
import { readHead } from '../process/update-process.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { type PayrollRunState, payrollRunId } from './domain/payroll-run.ts';
import { periodBefore } from './domain/period.ts';
import { type RecordAnswerDeps, recordPayrollAnswer } from './record-payroll-answer.ts';

export interface PollPayrollDeps extends RecordAnswerDeps {
  readonly company: CompanyFacts;
}

/** A run has one id for each month, and lives for a year at most: one of an earlier month was started by hand, and late. */
const MONTHS = 24;

/**
 * Safe to repeat, and at any time. A run that cannot be asked about keeps no other one from it.
 * @throws the first error once all runs were asked about
 */
export async function pollPayroll(deps: PollPayrollDeps): Promise<{ asked: number }> {
  const waiting = await waitingRuns(deps);
  const asked = await Promise.allSettled(waiting.map((processId) => recordPayrollAnswer(deps, processId)));
  for (const one of asked) {
    if (one.status === 'rejected') {
      throw one.reason;
    }
  }
  return { asked: asked.length };
}

async function waitingRuns({ store, clock, company }: PollPayrollDeps): Promise<readonly string[]> {
  const heads = await Promise.all(
    monthsBefore(companyDate(clock, company.timeZone)).map((period) =>
      readHead<PayrollRunState>(store, payrollRunId(period)),
    ),
  );
  return heads
    .filter((head) => head !== undefined)
    .filter((head) => head.status === 'running' && openWaits(head, 'payroll').length > 0)
    .map(({ processId }) => processId);
}

/** Newest first. */
function monthsBefore(date: string): readonly string[] {
  const months: string[] = [];
  for (let before = date; months.length < MONTHS; before = `${months.at(-1)}-01`) {
    months.push(periodBefore(before));
  }
  return months;
}
