/**
 * Frappe's replies as far as this connector reads them. A number arrives as the text that it was sent as: no amount passes
 * through a double. Field names and states: the document types of Frappe HR 15, https://github.com/frappe/hrms.
 */
import makeBig from 'big.js';
import * as z from 'zod';
import { decimalSchema } from '../../../money/money.ts';

const Big = makeBig();
/** As JSON writes numbers. */
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** JSON of which each number stays text. @throws SyntaxError where the text is no JSON. */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, asWritten);
}

/** The third parameter is the source text of a value: https://github.com/tc39/proposal-json-parse-with-source. */
function asWritten(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value;
}

/** A plain decimal without zeros at its end; where Frappe has nothing it is `0`. */
const decimalField = z
  .string()
  .regex(NUMBER)
  .nullish()
  .transform((text) => new Big(text ?? '0').toFixed())
  .pipe(decimalSchema);

const flagField = z
  .enum(['0', '1'])
  .nullish()
  .transform((text) => text === '1');

const DOCSTATUS = { '0': 'draft', '1': 'submitted', '2': 'cancelled' } as const;

/** A document is a draft, counts, or is taken back. */
const docstatusField = z.enum(['0', '1', '2']).transform((code) => DOCSTATUS[code]);

export const employeeRow = z.object({ name: z.string().min(1), employee_number: z.string().nullish() });

export const entryRow = z.object({
  name: z.string().min(1),
  docstatus: docstatusField,
  /** `Queued` while salary slips are made behind the reply; `Failed` where making or submitting them failed. */
  status: z.string(),
  salary_slips_created: flagField,
  error_message: z.string().nullish(),
});
export type EntryRow = z.infer<typeof entryRow>;

/** Fields of {@link entryRow}, as a listing asks for them. */
export const ENTRY_FIELDS = Object.keys(entryRow.shape);

export const slipRow = z.object({
  name: z.string().min(1),
  /** Name of the employee's document. */
  employee: z.string().min(1),
  docstatus: docstatusField,
  start_date: z.string(),
  end_date: z.string(),
  currency: z.string(),
  leave_without_pay: decimalField,
  gross_pay: decimalField,
  total_deduction: decimalField,
  /** Of the app Lending; without it there is no such field. */
  total_loan_repayment: decimalField,
  net_pay: decimalField,
});
export type SlipRow = z.infer<typeof slipRow>;

const slipLine = z.object({
  salary_component: z.string().min(1),
  amount: decimalField,
  /** Shown, and no part of what is paid. */
  do_not_include_in_total: flagField,
});
export type SlipLine = z.infer<typeof slipLine>;

export const slipDocument = z.object({
  ...slipRow.shape,
  earnings: z.array(slipLine),
  deductions: z.array(slipLine),
});
export type SlipDocument = z.infer<typeof slipDocument>;

/** A document of which only the name matters. */
export const namedRow = z.object({ name: z.string().min(1) });

/** What running a method of a document gives: the document as it left it. */
export const filledEntry = z.object({ employees: z.array(z.object({ employee: z.string() })) });
