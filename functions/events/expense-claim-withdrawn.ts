/** `meridian.oa` / `ExpenseClaimWithdrawn`: the employee takes the claim back. */
import { withdrawalSchema } from './envelope.ts';

export const EXPENSE_CLAIM_WITHDRAWN = 'ExpenseClaimWithdrawn';

export const expenseClaimWithdrawnSchema = withdrawalSchema;
