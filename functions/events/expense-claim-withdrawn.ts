/** `meridian.oa` / `ExpenseClaimWithdrawn`: the employee takes the claim back. */
import type * as z from 'zod';
import { withdrawalSchema } from './envelope.ts';

export const EXPENSE_CLAIM_WITHDRAWN = 'ExpenseClaimWithdrawn';

export const expenseClaimWithdrawnSchema = withdrawalSchema;
export type ExpenseClaimWithdrawn = z.infer<typeof expenseClaimWithdrawnSchema>;
