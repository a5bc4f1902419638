/**
 * The payroll system as Meridian sees it, in business words: it takes a month's figures, says what it made of them, and
 * gives each employee's payslip. Errors of every operation: `ConnectorTransientError` (down, slow: the caller may ask
 * again), `ConnectorPermanentError` (a person must look), `ConfigError` (not allowed, or configuration missing).
 */
import type { Correction, EmployeeFigures } from '../../payroll/domain/payroll-file.ts';
import type { HandOver } from '../../payroll/domain/payroll-run.ts';
import type { Payslip } from '../../payslips/domain/payslip.ts';

/** A month's run, by the process that makes it. */
export interface RunOfMonth {
  /** Idempotency key of all that is said about it. */
  readonly processId: string;
  /** `YYYY-MM`. */
  readonly period: string;
}

/**
 * What payroll says about a hand-over. `none`: nothing yet, or about earlier figures only. `unfit`: what it says cannot be
 * used until payroll corrects it; problems name lines and employees, and no amount. `rejected`: the figures are not taken,
 * for reasons in payroll's words, of which figures that may be amounts are left out (`withoutAmounts`). `calculated`: each employee of the figures has a payslip.
 */
export type PayrollAnswer =
  | { readonly status: 'none' }
  | { readonly status: 'unfit'; readonly problems: readonly string[] }
  | { readonly status: 'rejected'; readonly reasons: readonly Rejection[] }
  | { readonly status: 'calculated'; readonly employeeIds: readonly string[] };

export interface Rejection {
  /** Undefined: it is about all of the figures. */
  readonly employeeId?: string;
  readonly reason: string;
}

export interface PayrollSystem {
  /**
   * Idempotent. Later figures of the same run, corrections included, take the place of the earlier ones. Whoever has figures
   * or a correction gets a payslip. The digest is over both.
   * @param corrections - of earlier months: no later run says them again. What the system has no way to take is in the answer
   *   (`byHand`), and in the file of figures, for payroll's people.
   */
  handOver(
    run: RunOfMonth,
    employees: readonly EmployeeFigures[],
    corrections: readonly Correction[],
  ): Promise<HandOver>;
  readAnswer(run: RunOfMonth, digest: string): Promise<PayrollAnswer>;
  /** As payroll calculated it from the figures of this digest. @throws ConnectorPermanentError where there is none, or one that does not add up. */
  readPayslip(run: RunOfMonth, digest: string, employeeId: string): Promise<Payslip>;
}
