/** The business state of one employee's payslip of one month, from its publication to what they say of it. Pure; without amounts. */
import type { ProcessHead } from '../../process/domain/process.ts';
import type { FailureAction, StepFailure } from '../../requests/domain/step-failure.ts';

/** Name of the state machine, and of the actor in the record. */
export const PAYSLIP_KIND = 'payslip';

export type PayslipOutcome = 'confirmed' | 'disputed' | 'unanswered';

export interface PayslipState {
  /** `YYYY-MM`. */
  readonly period: string;
  /** Process of the payroll run that it belongs to. */
  readonly runId: string;
  /** What the employee can read; from 1. */
  readonly published?: { readonly revision: number; readonly version: string };
  /** What they said of exactly this revision. */
  readonly said?: PayslipWord;
}

/** `reason`: in the employee's own words, for whoever answers a dispute. */
export type PayslipWord =
  | { readonly word: 'confirmed'; readonly revision: number }
  | { readonly word: 'disputed'; readonly revision: number; readonly reason: string };

export type PayslipHead = ProcessHead<PayslipState>;

/** One for each employee and month, ever. */
export function payslipId(period: string, employeeId: string): string {
  return `${PAYSLIP_KIND}-${period}-${employeeId}`;
}

/** Error by which the state machine tells the operators of a dispute. */
const DISPUTED = 'PayslipDisputed';

/** A dispute is answered by a corrected payslip, or stands: then a correction belongs into a later run. */
export function payslipFailureActions({ error }: StepFailure): readonly FailureAction[] {
  return error === DISPUTED ? ['retry', 'skip'] : ['retry'];
}

/** What the employee said of what they can read now; undefined: nothing yet. */
export function wordOn({ published, said }: PayslipState): PayslipWord | undefined {
  return said !== undefined && said.revision === published?.revision ? said : undefined;
}
