/**
 * `meridian.erp` / `EmployeePaymentCompleted`: the bank paid, or refused, what an entry owes an employee. A pointer: the reader
 * asks the ERP again before it believes it.
 */
import * as z from 'zod';
import { metadataSchema } from './envelope.ts';

export const EMPLOYEE_PAYMENT_COMPLETED = 'EmployeePaymentCompleted';

export const employeePaymentCompletedSchema = z.object({
  metadata: metadataSchema,
  erp: z.object({ system: z.string().min(1).max(32) }),
  /** The ERP's number of the journal entry: the key by which the payment finds its process. */
  entryNumber: z.string().min(1).max(64),
  paymentNumber: z.string().min(1).max(64),
});
