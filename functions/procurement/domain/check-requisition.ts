/** What can be said of a requisition without asking the ERP: its shape and its arithmetic. Pure. */
import * as z from 'zod';
import { type Requisition, requisitionSchema } from '../../events/purchase-requisition-submitted.ts';
import { compare, isRoundedToCurrency, minorUnit, multiply, roundToCurrency, sum } from '../../money/money.ts';
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
    return { issues: parsed.error.issues.map(shapeIssue) };
  }
  const issues = arithmeticIssues(parsed.data);
  return issues.length === 0 ? { requisition: parsed.data, issues: [] } : { issues };
}

function shapeIssue(issue: z.core.$ZodIssue): FieldIssue {
  return {
    field: z.core.toDotPath(['requisition', ...issue.path]),
    problem: issue.message,
    remedy: 'correct the field and file a new requisition',
  };
}

function arithmeticIssues(requisition: Requisition): FieldIssue[] {
  const { currency } = requisition;
  const issues: FieldIssue[] = [];
  const complain = (field: string, problem: string, remedy: string) =>
    issues.push({ field: `requisition.${field}`, problem, remedy });

  requisition.lines.forEach((line, index) => {
    const at = `lines[${index}]`;
    if (compare(line.quantity, '0') <= 0) {
      complain(`${at}.quantity`, `is ${line.quantity}`, 'ask for more than zero');
    }
    if (digitsAfterPoint(line.quantity) > MAX_QUANTITY_DIGITS) {
      complain(`${at}.quantity`, `has more than ${MAX_QUANTITY_DIGITS} digits after the point`, 'round the quantity');
    }
    if (compare(line.unitPrice, '0') <= 0) {
      complain(`${at}.unitPrice`, `is ${line.unitPrice}`, 'give the net price per unit, more than zero');
    }
    if (digitsAfterPoint(line.unitPrice) > MAX_PRICE_DIGITS) {
      complain(`${at}.unitPrice`, `has more than ${MAX_PRICE_DIGITS} digits after the point`, 'round the price');
    }
    const amount = roundToCurrency(multiply(line.quantity, line.unitPrice), currency);
    if (!isRoundedToCurrency(line.amount, currency)) {
      complain(
        `${at}.amount`,
        `${line.amount} is not rounded to ${currency}`,
        `give ${minorUnit(currency)} digits after the point`,
      );
    } else if (compare(line.amount, amount) !== 0) {
      complain(
        `${at}.amount`,
        `is ${line.amount}, but quantity x unit price is ${amount}`,
        `write ${amount}, or correct quantity or price`,
      );
    }
    if (compare(line.amount, ABSURD_AMOUNT) >= 0) {
      complain(`${at}.amount`, `is ${line.amount}`, `split what costs ${ABSURD_AMOUNT} or more`);
    }
  });
  const total = sum(requisition.lines.map((line) => line.amount));
  if (compare(requisition.total, total) !== 0) {
    complain(
      'total',
      `is ${requisition.total}, but the lines add up to ${total}`,
      `write ${total}, or correct the lines`,
    );
  }
  if (compare(requisition.total, ABSURD_AMOUNT) >= 0) {
    complain('total', `is ${requisition.total}`, `split what costs ${ABSURD_AMOUNT} or more`);
  }
  return issues;
}

function digitsAfterPoint(decimal: string): number {
  return decimal.split('.')[1]?.length ?? 0;
}
