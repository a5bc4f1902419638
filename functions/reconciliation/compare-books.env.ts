/** Environment of `compare-books`. */
import * as z from 'zod';
import { companyEnvironment, erpEnvironment, payrollEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...erpEnvironment.shape,
  ...payrollEnvironment.shape,
  BOOKS_QUEUE_URL: z.url(),
  /** How many months before its own a run of payroll corrects. */
  CORRECTED_MONTHS: z.coerce.number().int().min(0),
});
