/** `meridian.oa` / `ExpenseClaimUrged`: the employee asks those who are to decide to get on with it. */
import type * as z from 'zod';
import { urgingSchema } from './envelope.ts';

export const EXPENSE_CLAIM_URGED = 'ExpenseClaimUrged';

export const expenseClaimUrgedSchema = urgingSchema;
export type ExpenseClaimUrged = z.infer<typeof expenseClaimUrgedSchema>;
