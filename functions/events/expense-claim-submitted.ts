/** `meridian.oa` / `ExpenseClaimSubmitted`: an employee filed an expense claim in the OA. */
import * as z from 'zod';
import { currencySchema, decimalSchema } from '../money/money.ts';
import { choicesShape } from './choices.ts';
import { requestEnvelopeSchema } from './envelope.ts';

export const EXPENSE_CLAIM_SUBMITTED = 'ExpenseClaimSubmitted';

/** At most this many lines and receipts: what is larger is filed as several claims. */
const MAX_PARTS = 200;

/** One receipt, as the employee entered it. */
export const claimedReceiptSchema = z.object({
  /** The OA's own id of the receipt within the claim; lines refer to it. */
  receiptId: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores'),
  /** Number on the paper; with the seller it tells the paper from all others. A paper without number has none. */
  number: z.string().min(1).max(64).optional(),
  /** Date on the paper, `YYYY-MM-DD`. */
  date: z.iso.date(),
  /** Total on the paper, tax included, in its currency. */
  amount: decimalSchema,
  currency: currencySchema,
  sellerName: z.string().min(1).max(200).optional(),
  sellerTaxId: z.string().min(1).max(40).optional(),
  /** Id of its file, as the API gave it to the employee with the form of the upload. */
  fileId: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'must be an id of 32 hexadecimal digits that the API gave')
    .optional(),
});
export type ClaimedReceipt = z.infer<typeof claimedReceiptSchema>;

/** One expense. */
export const expenseLineSchema = z.object({
  /** The company's own name of the kind of expense, such as `meals`; the tables `expense-limits` and `account-mapping` know it. */
  category: z.string().min(1).max(32),
  /** The day of the expense, `YYYY-MM-DD`. */
  date: z.iso.date(),
  description: z.string().max(500).default(''),
  /** Days, nights or people that the amount is for: limits are per unit. A whole number. */
  units: z.int().min(1).max(366).default(1),
  /** What was spent, tax included, in `currency`. */
  amount: decimalSchema,
  currency: currencySchema,
  /** The OA's number of the approved request of the journey that it belongs to. */
  journey: z.string().min(1).max(64).optional(),
  /** Receipts that prove it; one receipt may prove several lines. */
  receiptIds: z.array(z.string().min(1).max(64)).max(20).default([]),
});
export type ExpenseLine = z.infer<typeof expenseLineSchema>;

/** What is claimed. Lines are numbered from 1 by their order. */
export const expenseClaimSchema = z.object({
  title: z.string().min(1).max(200),
  /** Business reason, for the approvers; free text about people. */
  justification: z.string().max(2000).default(''),
  costCentre: z.string().min(1).max(32),
  /** The legal entity that pays, by the company's own code. */
  legalEntity: z.string().min(1).max(32),
  lines: z.array(expenseLineSchema).min(1).max(MAX_PARTS),
  receipts: z.array(claimedReceiptSchema).max(MAX_PARTS).default([]),
  /** What the claim comes to, in the company's currency, at the rates of the lines' dates, by the OA's own reckoning. */
  total: decimalSchema,
  ...choicesShape,
});
export type ExpenseClaim = z.infer<typeof expenseClaimSchema>;

/** The least that must be readable for the claim to be known and its sender answered. */
export const expenseClaimEnvelopeSchema = requestEnvelopeSchema.extend({ claim: z.record(z.string(), z.unknown()) });

export const expenseClaimSubmittedSchema = expenseClaimEnvelopeSchema.extend({ claim: expenseClaimSchema });
export type ExpenseClaimSubmitted = z.infer<typeof expenseClaimSubmittedSchema>;
