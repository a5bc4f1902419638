/** `meridian.oa` / `ExpenseClaimUrged`: the employee asks those who are to decide to get on with it. */
import { urgingSchema } from './envelope.ts';

export const EXPENSE_CLAIM_URGED = 'ExpenseClaimUrged';

export const expenseClaimUrgedSchema = urgingSchema;
