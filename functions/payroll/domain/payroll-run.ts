/** The business state of one run: one month's figures, from the list of employees to the file for payroll. Pure. */

import type { ProcessHead } from '../../process/domain/process.ts';
import type { FailureAction, StepFailure } from '../../requests/domain/step-failure.ts';
import type { Difference, KindFigure } from './reconcile.ts';

/** Name of the state machine, and of the actor in the record. */
export const PAYROLL_KIND = 'payroll-run';

export interface PayrollRunState {
  /** `YYYY-MM`. */
  readonly period: string;
  /** Everybody in the directory when the run began, also those who have left since. */
  readonly employees: number;
  /** Once the file stands. */
  readonly handedOver?: HandedOver;
}

export interface HandedOver {
  /** In the bucket of payroll. */
  readonly file: string;
  /** SHA-256 of the file. */
  readonly digest: string;
  /** Employees with figures in it. */
  readonly employees: number;
  /** Of those, how many with differences, for whom an operator took the ERP's figures. */
  readonly accepted: number;
  /** Who is missing because their attendance could not be read, as an operator accepted. */
  readonly missing: readonly string[];
}

export type PayrollHead = ProcessHead<PayrollRunState>;

/** What was collected of one employee. `not-employed`: they have left, or come later. */
export type Collected =
  | { readonly employeeId: string; readonly status: 'not-employed' }
  | {
      readonly employeeId: string;
      readonly status: 'collected';
      readonly workingDays: number;
      readonly figures: readonly KindFigure[];
      readonly differences: readonly Difference[];
    };

/** What an operator is to know before figures go out; written beside the results. */
export interface OpenPoints {
  readonly differing: readonly { readonly employeeId: string; readonly differences: readonly Difference[] }[];
  /** Whose attendance could not be read, and why. */
  readonly failed: readonly { readonly employeeId: string; readonly error: string }[];
}

/** One run for each month, ever. */
export function payrollRunId(period: string): string {
  return `${PAYROLL_KIND}-${period}`;
}

/** Keys in the bucket; everything that only one run needs stands in its folder. */
export function runKeys(processId: string) {
  return {
    employees: `runs/${processId}/employees.json`,
    openPoints: `runs/${processId}/open-points.json`,
    file: `figures/${processId}.csv`,
    checksum: `figures/${processId}.csv.sha256`,
  };
}

/** The ERP's figures may be taken only where an operator was shown what they differ in. */
export function payrollFailureActions({ step, error }: StepFailure): readonly FailureAction[] {
  return step === 'ExportFigures' && error === 'BusinessRuleError' ? ['retry', 'skip'] : ['retry'];
}
