/** `meridian.oa` / `ExpenseClaimResubmitted`: the employee changed a claim that was returned, and sends it again. */
import * as z from 'zod';
import { resubmissionEnvelopeSchema } from './envelope.ts';

export const EXPENSE_CLAIM_RESUBMITTED = 'ExpenseClaimResubmitted';

export const expenseClaimResubmittedSchema = resubmissionEnvelopeSchema.extend({
  claim: z.record(z.string(), z.unknown()),
});
