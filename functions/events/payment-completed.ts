/** `meridian.erp` / `PaymentCompleted`: the bank confirmed a payment. A pointer: the reader asks the ERP again before it believes it. */
import * as z from 'zod';
import { erpFactSchema } from './erp-fact.ts';

export const PAYMENT_COMPLETED = 'PaymentCompleted';

export const paymentCompletedSchema = erpFactSchema.extend({ paymentNumber: z.string().min(1).max(64) });
