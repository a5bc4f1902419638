/** What is to be settled about one employee before figures go to payroll: a process of its own each time. Pure. */
import type { StepFailure } from '../../requests/domain/step-failure.ts';
import type { Difference } from './reconcile.ts';

/** Kind of the process, and the actor in its record. */
export const DIFFERENCE_KIND = 'attendance-difference';

/** An employee about whom somebody has to say something; written beside the results. */
export interface OpenPoint {
  readonly employeeId: string;
  /** False: the directory says that they have left. */
  readonly active: boolean;
  /** Both values of each. */
  readonly differences: readonly Difference[];
  /** Name of the error, and what happened, where their attendance could not be read; empty: it was. */
  readonly error: string;
  readonly cause: string;
}

/** `corrected`: they were collected anew. `accepted`: the ERP's figures count as shown; who could not be read has none. */
export type Settlement = 'corrected' | 'accepted';

export interface DifferenceState {
  readonly period: string;
  /** Process of the payroll run that waits for it. */
  readonly runId: string;
  readonly employeeId: string;
}

/** @param number - from 1: an employee may be asked about again, once they were collected anew */
export function differenceId(period: string, employeeId: string, number: number): string {
  return `${DIFFERENCE_KIND}-${period}-${employeeId}-${number}`;
}

/** For the record, so without hours. */
export function differenceFailure({
  differences,
  error,
  cause,
}: Pick<OpenPoint, 'differences' | 'error' | 'cause'>): StepFailure {
  const step = 'ReconcileAttendance';
  return error === ''
    ? { step, error: 'AttendanceDiffers', cause: `ERP and approved requests differ in ${differences.length} values` }
    : { step, error, cause };
}
