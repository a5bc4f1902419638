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
  /** Once payroll has the figures; those handed over last. */
  readonly handedOver?: HandedOver;
  /** What payroll made of them. */
  readonly answer?: 'rejected' | 'calculated';
  /** SHA-256 of what the operators were told last of an answer that cannot be used: nobody is told twice. */
  readonly unfitDigest?: string;
  /** Digest of the employees about whom the operators were asked last: the record says it once. */
  readonly pointsDigest?: string;
  /** Whose months are looked at again, oldest first, as it was when the run began: all of them have closed. */
  readonly earlier: readonly EarlierRun[];
  /** Once the run has closed: whether payroll has the figures. It has not if it had rejected them until then. */
  readonly stands?: boolean;
}

/** A closed run, and what it handed over. */
export interface EarlierRun extends Pick<HandedOver, 'kept'> {
  readonly period: string;
}

/** What payroll was given: the same figures are the same hand-over. */
export interface HandOver {
  /** Where payroll finds it, or what it calls it. */
  readonly reference: string;
  /** SHA-256 of the figures, hexadecimal: payroll answers about exactly these. */
  readonly digest: string;
  /** Employees to whom payroll's people pay days of earlier months back by hand, since the system cannot. Absent: nobody. */
  readonly byHand?: readonly string[];
}

export interface HandedOver extends HandOver {
  /** Employees with figures in it. */
  readonly employees: number;
  /** How many have differences, for whom an operator took the ERP's figures. */
  readonly accepted: number;
  /** Corrections of earlier months in it, of one employee and month each. */
  readonly corrections: number;
  /** SHA-256 of the run's own copy of all of it, by which later runs find it ({@link runKeys}). */
  readonly kept: string;
  /** Who is missing because their attendance could not be read, as an operator accepted. */
  readonly missing: readonly string[];
}

export type PayrollHead = ProcessHead<PayrollRunState>;

/** What was collected of one employee: the month of the run, and those that are looked at again. */
export interface Collected {
  readonly employeeId: string;
  readonly months: readonly CollectedMonth[];
}

/**
 * `not-employed`: they had left, or came later. `unknown`: the directory says that they have left, and the ERP has nobody of
 * the id.
 */
export type CollectedMonth =
  | { readonly period: string; readonly status: 'not-employed' | 'unknown' }
  | {
      readonly period: string;
      readonly status: 'collected';
      readonly workingDays: number;
      readonly figures: readonly KindFigure[];
      readonly differences: readonly Difference[];
      readonly countedBy?: 'clock';
    };

/** What somebody has to answer for before figures go out. */
export interface OpenPoints {
  readonly differing: readonly { readonly employeeId: string; readonly differences: readonly Difference[] }[];
  /** Whose attendance could not be read, and why. */
  readonly failed: readonly { readonly employeeId: string; readonly error: string; readonly cause: string }[];
}

/** One run for each month, ever. */
export function payrollRunId(period: string): string {
  return `${PAYROLL_KIND}-${period}`;
}

/** Keys in the bucket; everything that only one run needs stands in its folder. */
export function runKeys(processId: string) {
  return {
    employees: `runs/${processId}/employees.json`,
    /** Employees about whom the operators are asked. */
    openPoints: `runs/${processId}/open-points.json`,
    /** What was answered about them so far. */
    settled: `runs/${processId}/settled.json`,
    /** Whoever has figures, and so gets a payslip. */
    paid: `runs/${processId}/paid.json`,
    /** What was handed over, by its own SHA-256. */
    kept: (digest: string) => `runs/${processId}/handed-over/${digest}.json`,
  };
}

/** A run whose figures payroll rejects, or about which it says nothing, may be closed without payslips. */
export function payrollFailureActions({ step, error }: StepFailure): readonly FailureAction[] {
  const isSkippable = step === 'AwaitPayroll' && (error === REJECTED || error === SILENT);
  return isSkippable ? ['retry', 'skip'] : ['retry'];
}

/** Errors by which the state machine tells the operators of an answer that is no payslips, and of none. */
export const REJECTED = 'PayrollRejected';
const SILENT = 'PayrollSilent';
