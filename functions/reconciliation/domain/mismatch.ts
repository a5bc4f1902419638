/** What the record and the ERP's books say differently of one thing, and what can safely be done about it. Pure. */
import { createHash } from 'node:crypto';
import type { Finding } from '../../compliance/domain/finding.ts';

/** What can be compared, in the order of a purchase, a claim, a leave and a month of payroll. */
export const FIELDS = [
  'order',
  'order-state',
  'supplier',
  'order-total',
  'order-lines',
  'product',
  'quantity',
  'unit-price',
  'received',
  'received-of-ordered',
  'invoice',
  'invoice-total',
  'invoiced-of-received',
  'payment',
  'payment-amount',
  'payment-state',
  'paid-of-invoiced',
  'entry',
  'entry-state',
  'entry-lines',
  'absence',
  'leave-hours',
  'paid-hours',
  'attendance',
  'payslip',
] as const;
export type Field = (typeof FIELDS)[number];

/** What sets it right without taking anything from anybody, or moving money twice; `look`: a person has to find out first. */
export const SAFE_FIXES = ['restore', 'cancel', 'file', 'reclaim', 'post-anew', 'ask', 'correct-pay', 'look'] as const;
export type SafeFix = (typeof SAFE_FIXES)[number];

export interface Mismatch {
  readonly field: Field;
  /** The ERP's number of the document. */
  readonly document: string;
  /** Of the line or day that it is about; undefined: of the whole. */
  readonly part?: string;
  /** As it was approved, or as the record has it; empty: it is not there. */
  readonly expected: string;
  /** As the ERP has it; empty: it is not there. */
  readonly found: string;
  readonly fix: SafeFix;
  /** Entry of the record that says what was expected. */
  readonly sequence?: number;
}

/** One case for each place and each pair of values: what differs in another way later is another case. */
export function findingOf(processId: string, mismatch: Mismatch): Finding {
  const { field, document, part, expected, found, fix, sequence } = mismatch;
  return {
    detector: 'books-differ',
    subject: `${processId}#${digestOf(mismatch)}`,
    processIds: [processId],
    evidence: sequence === undefined ? [] : [{ processId, sequence }],
    facts: { document, field, ...(part === undefined ? {} : { part }), expected, found, fix },
  };
}

/** The same for the same difference, whenever it is seen. */
export function digestOf({ field, document, part = '', expected, found }: Mismatch): string {
  const text = JSON.stringify([field, document, part, expected, found]);
  return createHash('sha256').update(text).digest('hex').slice(0, 20);
}
