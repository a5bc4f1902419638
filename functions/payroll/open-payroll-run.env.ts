/** Environment of `open-payroll-run`. */
import * as z from 'zod';
import { companyEnvironment, payrollEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...payrollEnvironment.shape,
  /** Share of the employees, in percent, whose attendance may fail to be read before the collection gives up. */
  PAYROLL_TOLERATED_PERCENTAGE: z.coerce.number().min(0).max(100),
  /** Employees whose attendance is read at the same time. */
  PAYROLL_AT_ONCE: z.coerce.number().int().min(1),
  /** How many months before its own a run looks at again. */
  PAYROLL_CORRECTED_MONTHS: z.coerce.number().int().min(0),
});
