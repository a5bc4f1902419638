/**
 * Three-way match: what was ordered, what was received and what the supplier asks, line by line. Pure.
 * A difference is always to the company's disadvantage: paying less or later than agreed needs nobody's task.
 */
import type { SupplierInvoice } from '../../connectors/erp/port.ts';
import { add, compare, divide, multiply, roundToCurrency, subtract, sum } from '../../money/money.ts';
import type { MatchTolerance } from '../../policy/port.ts';
import { type OrderReference, type PurchaseState, payableInvoices, receivedQuantity } from './purchase.ts';

export type DifferenceKind =
  | 'quantity'
  | 'price'
  | 'negative'
  | 'tax'
  | 'unknown-line'
  | 'currency'
  | 'arithmetic'
  | 'total'
  | 'duplicate-invoice';

/** Digits after the point of a share. */
const SHARE_DIGITS = 12;

/** One disagreement, with both values as text. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly invoiceId: string;
  /** Position on the order; absent where it concerns the whole invoice. */
  readonly lineNumber?: number;
  readonly expected: string;
  readonly found: string;
}

/** What came and what is asked for it, by the ERP's numbers. */
export type DocumentsToMatch = Pick<PurchaseState, 'receipts' | 'invoices'>;
export type OrderToMatch = Omit<OrderReference, 'key' | 'orderNumber'>;

/** All differences beyond the tolerance; empty: matched. Amounts in the order's currency. */
export function matchInvoices(
  state: DocumentsToMatch,
  order: OrderToMatch,
  tolerance: MatchTolerance,
): readonly Difference[] {
  const invoices = payableInvoices(state);
  return [
    ...invoices.flatMap((invoice) => invoiceDifferences(invoice, order, tolerance)),
    ...quantityDifferences(invoices, state, order, tolerance),
    ...excessDifferences(invoices, order, tolerance),
    ...taxDifferences(invoices, order, tolerance),
    ...duplicateDifferences(invoices),
  ];
}

/** The supplier's number of an invoice is used once: the same paper entered twice would be paid twice. */
function duplicateDifferences(invoices: readonly SupplierInvoice[]): Difference[] {
  return invoices.flatMap(({ invoiceId, supplierReference }, index) => {
    const earlier = invoices.slice(0, index).find((invoice) => invoice.supplierReference === supplierReference);
    const expected = `another number than that of ${earlier?.invoiceId}`;
    return earlier === undefined ? [] : [{ kind: 'duplicate-invoice', invoiceId, expected, found: supplierReference }];
  });
}

function invoiceDifferences(invoice: SupplierInvoice, order: OrderToMatch, tolerance: MatchTolerance): Difference[] {
  const differences: Difference[] = [];
  const found = (kind: DifferenceKind, expected: string, value: string, lineNumber?: number) =>
    differences.push({
      kind,
      invoiceId: invoice.invoiceId,
      expected,
      found: value,
      ...(lineNumber === undefined ? {} : { lineNumber }),
    });

  if (invoice.currency !== order.total.currency) {
    found('currency', order.total.currency, invoice.currency);
  }
  for (const line of invoice.lines) {
    const ordered = order.lines.find((candidate) => candidate.lineNumber === line.lineNumber);
    if (ordered === undefined) {
      found('unknown-line', 'a line of the order', `${line.description} ${line.amount}`);
      continue;
    }
    // A negative line hides as much of another line from every sum.
    if (compare(line.quantity, '0') <= 0 || compare(line.unitPrice, '0') < 0) {
      found(
        'negative',
        'a quantity and a price above zero',
        `${line.quantity} x ${line.unitPrice}`,
        ordered.lineNumber,
      );
    }
    const amount = roundToCurrency(multiply(line.quantity, line.unitPrice), invoice.currency);
    if (compare(amount, line.amount) !== 0) {
      found('arithmetic', amount, line.amount, ordered.lineNumber);
    }
    if (isOverpriced(line, ordered.unitPrice, invoice.currency, tolerance)) {
      found('price', ordered.unitPrice, line.unitPrice, ordered.lineNumber);
    }
  }
  const total = add(sum(invoice.lines.map((line) => line.amount)), invoice.tax);
  if (compare(total, invoice.total) !== 0) {
    found('total', total, invoice.total);
  }
  return differences;
}

/** Over the order's price by more than the percentage, or by more than the amount: either is too much. */
function isOverpriced(
  line: { readonly quantity: string; readonly unitPrice: string },
  orderedPrice: string,
  currency: string,
  tolerance: MatchTolerance,
): boolean {
  if (compare(line.unitPrice, orderedPrice) <= 0) {
    return false;
  }
  const highest = addPercent(orderedPrice, tolerance.pricePercent);
  const excess = roundToCurrency(multiply(subtract(line.unitPrice, orderedPrice), line.quantity), currency);
  return compare(line.unitPrice, highest) > 0 || compare(excess, tolerance.lineAmount) > 0;
}

function quantityDifferences(
  invoices: readonly SupplierInvoice[],
  state: DocumentsToMatch,
  order: OrderToMatch,
  tolerance: MatchTolerance,
): Difference[] {
  return order.lines.flatMap((line) => {
    const billing = invoices.filter((invoice) =>
      invoice.lines.some((candidate) => candidate.lineNumber === line.lineNumber),
    );
    const invoiced = sum(
      billing
        .flatMap((invoice) => invoice.lines)
        .filter((candidate) => candidate.lineNumber === line.lineNumber)
        .map((candidate) => candidate.quantity),
    );
    const received = receivedQuantity(state, line.lineNumber);
    const last = billing.at(-1);
    return last !== undefined && compare(invoiced, addPercent(received, tolerance.quantityPercent)) > 0
      ? [
          {
            kind: 'quantity' as const,
            invoiceId: last.invoiceId,
            lineNumber: line.lineNumber,
            expected: received,
            found: invoiced,
          },
        ]
      : [];
  });
}

/** The tolerance of an amount is one for each line of the order, however often the supplier bills it. */
function excessDifferences(
  invoices: readonly SupplierInvoice[],
  order: OrderToMatch,
  tolerance: MatchTolerance,
): Difference[] {
  return order.lines.flatMap((line) => {
    const billing = invoices.flatMap(({ invoiceId, lines }) =>
      lines
        .filter((candidate) => candidate.lineNumber === line.lineNumber)
        .map((candidate) => ({ ...candidate, invoiceId })),
    );
    const asked = sum(billing.map(({ amount }) => amount));
    const agreed = sum(billing.map(({ quantity }) => multiply(quantity, line.unitPrice)));
    const last = billing.at(-1);
    // One line alone is compared by itself.
    return last !== undefined && billing.length > 1 && compare(subtract(asked, agreed), tolerance.lineAmount) > 0
      ? [
          {
            kind: 'price' as const,
            invoiceId: last.invoiceId,
            lineNumber: line.lineNumber,
            expected: `${roundToCurrency(agreed, order.total.currency)} in all`,
            found: `${asked} in all`,
          },
        ]
      : [];
  });
}

/** Tax in the proportion of what is billed to what was ordered; more of it is a matter for a person. */
function taxDifferences(
  invoices: readonly SupplierInvoice[],
  order: OrderToMatch,
  tolerance: MatchTolerance,
): Difference[] {
  const net = sum(invoices.flatMap(({ lines }) => lines.map(({ amount }) => amount)));
  const tax = sum(invoices.map((invoice) => invoice.tax));
  const share = compare(order.total.amount, '0') === 0 ? '0' : divide(net, order.total.amount, SHARE_DIGITS);
  const due = roundToCurrency(multiply(order.tax, share), order.total.currency);
  const last = invoices.at(-1);
  return last !== undefined && compare(subtract(tax, due), tolerance.lineAmount) > 0
    ? [{ kind: 'tax', invoiceId: last.invoiceId, expected: due, found: tax }]
    : [];
}

function addPercent(value: string, percent: string): string {
  return add(value, multiply(multiply(value, percent), '0.01'));
}
