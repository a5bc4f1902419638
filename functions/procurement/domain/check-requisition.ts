/** What can be said of a requisition without asking the ERP: its shape and its arithmetic. Pure. */
import * as z from 'zod';
import { toDotPath } from 'zod/v4/core';
import {
  type Requisition,
  type RequisitionLine,
  requisitionLineSchema,
  requisitionSchema,
} from '../../events/purchase-requisition-submitted.ts';
import {
  compare,
  currencySchema,
  isRoundedToCurrency,
  minorUnit,
  multiply,
  roundToCurrency,
  sum,
} from '../../money/money.ts';
import type { FieldIssue } from '../../runtime/errors.ts';

/** No line and no requisition may reach this amount, whatever the currency: beyond it somebody mistyped. */
const ABSURD_AMOUNT = '1000000000';
const MAX_PRICE_DIGITS = 4;
const MAX_QUANTITY_DIGITS = 4;

export type CheckedRequisition =
  | { readonly requisition: Requisition; readonly issues: readonly [] }
  | { readonly requisition?: undefined; readonly issues: readonly FieldIssue[] };

/** All that is wrong, named at once, or the requisition as checked. */
export function checkRequisition(filed: unknown): CheckedRequisition {
  const parsed = requisitionSchema.safeParse(filed);
  if (!parsed.success) {
    return { issues: [...parsed.error.issues.map(shapeIssue), ...issuesOfReadableLines(filed)] };
  }
  const issues = [...linesIssues(parsed.data.lines, parsed.data.currency), ...totalIssues(parsed.data)];
  return issues.length === 0 ? { requisition: parsed.data, issues: [] } : { issues };
}

function shapeIssue(issue: z.core.$ZodIssue): FieldIssue {
  return {
    field: toDotPath(['requisition', ...issue.path]),
    problem: issue.message,
    remedy: 'correct the field and file it anew',
  };
}

/** Where one part has the wrong shape, the sender is told what is wrong with the others all the same. */
function issuesOfReadableLines(filed: unknown): FieldIssue[] {
  const readable = z.object({ currency: currencySchema, lines: z.array(z.unknown()) }).safeParse(filed);
  return readable.success
    ? readable.data.lines.flatMap((candidate, index) => {
        const line = requisitionLineSchema.safeParse(candidate);
        return line.success ? lineIssues(line.data, index, readable.data.currency) : [];
      })
    : [];
}

function linesIssues(lines: readonly RequisitionLine[], currency: string): FieldIssue[] {
  return lines.flatMap((line, index) => lineIssues(line, index, currency));
}

function lineIssues(line: RequisitionLine, index: number, currency: string): FieldIssue[] {
  const at = `requisition.lines[${index}]`;
  return [
    ...numberIssues(`${at}.quantity`, line.quantity, MAX_QUANTITY_DIGITS, 'ask for more than zero'),
    ...numberIssues(`${at}.unitPrice`, line.unitPrice, MAX_PRICE_DIGITS, 'give the net price per unit, more than zero'),
    ...amountIssues(`${at}.amount`, line, currency),
  ];
}

function numberIssues(field: string, value: string, maxDigits: number, aboveZero: string): FieldIssue[] {
  return [
    ...(compare(value, '0') <= 0 ? [{ field, problem: `is ${value}`, remedy: aboveZero }] : []),
    ...(digitsAfterPoint(value) > maxDigits
      ? [{ field, problem: `has more than ${maxDigits} digits after the point`, remedy: 'round it' }]
      : []),
  ];
}

function amountIssues(field: string, line: RequisitionLine, currency: string): FieldIssue[] {
  const product = roundToCurrency(multiply(line.quantity, line.unitPrice), currency);
  if (!isRoundedToCurrency(line.amount, currency)) {
    const remedy = `give ${minorUnit(currency)} digits after the point`;
    return [{ field, problem: `${line.amount} is not rounded to ${currency}`, remedy }];
  }
  if (compare(line.amount, product) !== 0) {
    const problem = `is ${line.amount}, but quantity x unit price is ${product}`;
    return [{ field, problem, remedy: `write ${product}, or correct quantity or price` }];
  }
  return absurdIssues(field, line.amount);
}

function totalIssues({ lines, total }: Requisition): FieldIssue[] {
  const field = 'requisition.total';
  const added = sum(lines.map((line) => line.amount));
  return compare(total, added) === 0
    ? absurdIssues(field, total)
    : [
        {
          field,
          problem: `is ${total}, but the lines add up to ${added}`,
          remedy: `write ${added}, or correct the lines`,
        },
      ];
}

function absurdIssues(field: string, amount: string): FieldIssue[] {
  return compare(amount, ABSURD_AMOUNT) >= 0
    ? [{ field, problem: `is ${amount}`, remedy: `split what costs ${ABSURD_AMOUNT} or more` }]
    : [];
}

function digitsAfterPoint(decimal: string): number {
  return decimal.split('.')[1]?.length ?? 0;
}
