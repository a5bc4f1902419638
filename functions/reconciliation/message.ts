/** What the walk through the books has compared: one document of the ERP, one process of the record, or employees of a run of payroll. */
import * as z from 'zod';
import { BOOK_SECTIONS } from '../connectors/erp/books-port.ts';
import { moneySchema } from '../money/money.ts';
import { periodSchema } from '../payroll/domain/period.ts';

export const BOOKS_TO_COMPARE = 'BooksToCompare';

const documentSchema = z.object({
  section: z.enum(BOOK_SECTIONS),
  number: z.string().min(1),
  key: z.string(),
  about: z.array(z.string()),
  party: z.string(),
  amount: moneySchema,
  createdAt: z.string(),
  changedAt: z.string(),
});

export const booksMessageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('process'),
    processId: z.string().min(1),
    /** Digests of the mismatches that a first look saw: what a second one sees again becomes cases. */
    seen: z.array(z.string()).default([]),
  }),
  z.object({
    kind: z.literal('payroll'),
    /** Month of a run that has closed. */
    period: periodSchema,
    /** Employee id behind which to begin; empty: with the first. */
    after: z.string(),
    /** As of a process. */
    seen: z.array(z.string()).default([]),
  }),
  z.object({
    kind: z.literal('document'),
    document: documentSchema,
    /** A first look found no process of it. */
    isSecond: z.boolean().default(false),
  }),
]);
export type BooksMessage = z.infer<typeof booksMessageSchema>;
