/**
 * Where payslips are kept, each for its employee alone. Errors of every operation: `ConnectorTransientError` (down, slow,
 * throttled: the caller may ask again), `ConfigError` (not allowed, or nothing to keep them in).
 */
import type { Payslip } from './domain/payslip.ts';

export interface KeptPayslip {
  readonly payslip: Payslip;
  /** Names exactly this content, and tells nothing about it. */
  readonly version: string;
}

export interface PayslipStore {
  /** Keeps it in the place of an earlier one of the month. The same content keeps its version. */
  keep(payslip: Payslip): Promise<{ readonly version: string }>;
  /** Undefined: the employee has none of the month. */
  find(employeeId: string, period: string): Promise<KeptPayslip | undefined>;
  /** Months of which the employee has one, newest first. */
  periodsOf(employeeId: string): Promise<readonly string[]>;
}
