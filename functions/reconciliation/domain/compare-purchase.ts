/**
 * Approved = ordered = received = invoiced = paid. What the process will still hear of by itself is on its way and no
 * mismatch: while it runs, only what the ERP has less of than the record, or otherwise than it was approved, counts. Pure.
 */
import type { GoodsReceipt, Payment, PurchaseOrder, SupplierInvoice } from '../../connectors/erp/port.ts';
import { add, compare, multiply, sum } from '../../money/money.ts';
import type { MatchTolerance } from '../../policy/port.ts';
import { type DifferenceKind, matchInvoices } from '../../procurement/domain/three-way-match.ts';
import type { Mismatch } from './mismatch.ts';
import { isSameMoney, moneyText } from './recorded.ts';
import type { RecordedInvoice, RecordedPayment, RecordedPurchase } from './recorded-purchase.ts';

/** What the ERP has of it now. */
export interface PurchaseBooks {
  /** Undefined: it is not there. */
  readonly order: PurchaseOrder | undefined;
  readonly receipts: readonly GoodsReceipt[];
  readonly invoices: readonly SupplierInvoice[];
  /** Those that the record names. */
  readonly payments: readonly Payment[];
}

/** @param tolerance - of the three-way match: by how much more may come and be asked than was ordered */
export function comparePurchase(
  record: RecordedPurchase,
  books: PurchaseBooks,
  tolerance: MatchTolerance,
): readonly Mismatch[] {
  const { orderNumber: document, sequence } = record.order;
  if (books.order === undefined) {
    return [{ field: 'order', document, expected: document, found: '', fix: 'look', sequence }];
  }
  return [
    ...stateOf(record, books.order),
    ...(books.order.state === 'cancelled' ? [] : orderOf(record, books.order)),
    ...receiptsOf(record, books, tolerance.quantityPercent),
    ...invoicesOf(record, books),
    ...matchOf(record, books.order, books, tolerance),
    ...paymentsOf(record, books),
    ...paidOf(record, books),
  ];
}

function stateOf(record: RecordedPurchase, { state }: PurchaseOrder): readonly Mismatch[] {
  const { order, outcome, given } = record;
  const isGone = state === 'cancelled';
  // That the ERP cancelled it is heard of while the purchase goes on.
  const stands = outcome === 'paid' || given === 'kept';
  const isOver = given === 'cancelled' || (outcome !== undefined && !stands);
  const about = { field: 'order-state', document: order.orderNumber, sequence: order.sequence } as const;
  if (isOver && !isGone) {
    return [{ ...about, expected: 'cancelled', found: state, fix: 'cancel' }];
  }
  return stands && isGone ? [{ ...about, expected: 'confirmed', found: state, fix: 'look' }] : [];
}

/** The order as it was approved: line by line where both have the same lines, else by its total. */
function orderOf(record: RecordedPurchase, order: PurchaseOrder): readonly Mismatch[] {
  const { orderNumber: document, sequence } = record.order;
  const about = { document, sequence, fix: 'restore' } as const;
  const found: Mismatch[] = [];
  if (order.supplierCode !== record.supplierCode) {
    found.push({ ...about, field: 'supplier', expected: record.supplierCode, found: order.supplierCode });
  }
  const lines = record.lines.length === 0 ? [] : linesOf(record, order);
  found.push(...lines);
  const [approved, booked] = [record, order].map(({ total: amount, currency }) => ({ amount, currency }));
  if (approved !== undefined && booked !== undefined && lines.length === 0 && !isSameMoney(approved, booked)) {
    found.push({ ...about, field: 'order-total', expected: moneyText(approved), found: moneyText(booked) });
  }
  return found;
}

function linesOf({ lines, order: { sequence } }: RecordedPurchase, order: PurchaseOrder): readonly Mismatch[] {
  const about = { document: order.orderNumber, sequence, fix: 'restore' } as const;
  if (order.lines.length !== lines.length) {
    const [expected, found] = [String(lines.length), String(order.lines.length)];
    return [{ ...about, field: 'order-lines', expected, found }];
  }
  return lines.flatMap((approved, index): readonly Mismatch[] => {
    const part = String(index + 1);
    const line = order.lines.find(({ lineNumber }) => lineNumber === index + 1);
    if (line === undefined) {
      return [{ ...about, part, field: 'order-lines', expected: approved.productCode, found: '' }];
    }
    const differing = (field: Mismatch['field'], expected: string, found: string, isSame: boolean) =>
      isSame ? [] : [{ ...about, part, field, expected, found }];
    return [
      ...differing('product', approved.productCode, line.productCode, approved.productCode === line.productCode),
      ...differing('quantity', approved.quantity, line.quantity, compare(approved.quantity, line.quantity) === 0),
      ...differing('unit-price', approved.unitPrice, line.unitPrice, compare(approved.unitPrice, line.unitPrice) === 0),
    ];
  });
}

function receiptsOf(record: RecordedPurchase, books: PurchaseBooks, percent: string): readonly Mismatch[] {
  const { orderNumber: document } = record.order;
  const numbers = new Set(
    [...record.received, ...books.receipts].flatMap(({ lines }) => lines.map((one) => one.lineNumber)),
  );
  const ordered = books.order?.lines ?? [];
  return [...new Set([...ordered.map(({ lineNumber }) => lineNumber), ...numbers])]
    .sort((one, other) => one - other)
    .flatMap((lineNumber): readonly Mismatch[] => {
      const [told, booked] = [receivedOf(record.received, lineNumber), receivedOf(books.receipts, lineNumber)];
      const order = compare(booked, told);
      const sequence = record.received.findLast(({ lines }) =>
        lines.some((one) => one.lineNumber === lineNumber),
      )?.sequence;
      const about = {
        document,
        part: String(lineNumber),
        fix: 'look',
        ...(sequence === undefined ? {} : { sequence }),
      } as const;
      if (order < 0 || (order > 0 && record.outcome !== undefined)) {
        return [{ ...about, field: 'received', expected: told, found: booked }];
      }
      const wanted = ordered.find((one) => one.lineNumber === lineNumber)?.quantity ?? '0';
      return isAsOrdered(record, wanted, booked, percent)
        ? []
        : [{ ...about, field: 'received-of-ordered', expected: wanted, found: booked }];
    });
}

/** Of a purchase that was paid; before, what is missing may come and what is too much be sent back. */
function isAsOrdered(record: RecordedPurchase, wanted: string, received: string, percent: string): boolean {
  if (record.outcome !== 'paid' || record.isDifferenceAccepted) {
    return true;
  }
  const most = add(wanted, multiply(multiply(wanted, percent), '0.01'));
  const isShort = compare(received, wanted) < 0 && !record.isShortAccepted;
  return !isShort && compare(received, most) <= 0;
}

type Received = Pick<GoodsReceipt, 'lines'>;

function receivedOf(receipts: readonly Received[], lineNumber: number): string {
  const lines = receipts.flatMap((receipt) => receipt.lines.filter((line) => line.lineNumber === lineNumber));
  return sum(lines.map(({ quantity }) => quantity));
}

/** While the purchase goes on its own steps look at the invoices again, and match and pay no others than were approved. */
function invoicesOf(record: RecordedPurchase, { invoices }: PurchaseBooks): readonly Mismatch[] {
  const standing = invoices.filter(({ state }) => state !== 'cancelled');
  const unapproved = standing.filter(({ invoiceId, state }) => state === 'paid' && !record.paidInvoices.has(invoiceId));
  const paid = unapproved.map(
    ({ invoiceId: document }): Mismatch => ({ field: 'payment', document, expected: '', found: 'paid', fix: 'look' }),
  );
  if (record.outcome === undefined) {
    return paid;
  }
  const unknown = standing.filter(({ invoiceId }) => !record.invoices.some((one) => one.invoiceId === invoiceId));
  return [
    ...paid,
    ...record.invoices.flatMap((invoice) => invoiceOf(record, invoice, standing)),
    ...unknown.map(
      ({ invoiceId: document, total: amount, currency }): Mismatch => ({
        ...{ field: 'invoice', document, expected: '', found: moneyText({ amount, currency }), fix: 'look' },
      }),
    ),
  ];
}

function invoiceOf(
  { outcome }: RecordedPurchase,
  invoice: RecordedInvoice,
  standing: readonly SupplierInvoice[],
): readonly Mismatch[] {
  const { invoiceId: document, sequence, total: amount, currency } = invoice;
  const expected = moneyText({ amount, currency });
  const booked = standing.find(({ invoiceId }) => invoiceId === document);
  if (booked === undefined) {
    // What was not bought need not be owed any more.
    return outcome === 'paid' ? [{ field: 'invoice', document, expected, found: '', fix: 'look', sequence }] : [];
  }
  const found = { amount: booked.total, currency: booked.currency };
  return isSameMoney(invoiceMoney(invoice), found)
    ? []
    : [{ field: 'invoice-total', document, expected, found: moneyText(found), fix: 'look', sequence }];
}

function invoiceMoney({ total: amount, currency }: RecordedInvoice) {
  return { amount, currency };
}

/** Approved = received = invoiced, by the three-way match itself; a person may have accepted what differs. */
function matchOf(
  record: RecordedPurchase,
  order: PurchaseOrder,
  { receipts, invoices }: PurchaseBooks,
  tolerance: MatchTolerance,
): readonly Mismatch[] {
  if (record.outcome !== 'paid' || record.isDifferenceAccepted) {
    return [];
  }
  // Of others it is said already that nobody knows them.
  const known = invoices.filter(({ invoiceId }) => record.invoices.some((one) => one.invoiceId === invoiceId));
  const documents = {
    receipts: Object.fromEntries(receipts.map((receipt) => [receipt.receiptNumber, receipt])),
    invoices: Object.fromEntries(known.map((invoice) => [invoice.invoiceId, invoice])),
  };
  const approved = record.lines.map((line, index) => ({ ...line, lineNumber: index + 1 }));
  const { total: amount, currency } = record;
  const lines = approved.length === 0 ? order.lines : approved;
  return matchInvoices(documents, { total: { amount, currency }, tax: order.tax, lines }, tolerance)
    .filter(({ kind }) => !OF_ITSELF.includes(kind))
    .map(
      ({ kind, invoiceId: document, lineNumber, expected, found }): Mismatch => ({
        ...{ field: 'invoiced-of-received', document, fix: 'look', expected, found },
        part: lineNumber === undefined ? kind : `${lineNumber} (${kind})`,
      }),
    );
}

/** Sums of an invoice that do not add up: its total is compared with the record's. */
const OF_ITSELF: readonly DifferenceKind[] = ['arithmetic', 'total'];

/** Invoiced = paid: no invoice is paid with more than it asks for, in however many payments. */
function paidOf({ payments }: RecordedPurchase, { invoices }: PurchaseBooks): readonly Mismatch[] {
  return invoices.flatMap(({ invoiceId: document, total: amount, currency }): readonly Mismatch[] => {
    const own = payments.filter((payment) => payment.invoiceId === document && payment.currency === currency);
    const paid = sum(own.map((payment) => payment.amount));
    const sequence = own.at(-1)?.sequence;
    return sequence === undefined || compare(paid, amount) <= 0
      ? []
      : [
          {
            ...{ field: 'paid-of-invoiced', document, fix: 'reclaim', sequence },
            ...{ expected: moneyText({ amount, currency }), found: moneyText({ amount: paid, currency }) },
          },
        ];
  });
}

/** What the bank has paid by the record, in the ERP as well. */
function paymentsOf(record: RecordedPurchase, { payments }: PurchaseBooks): readonly Mismatch[] {
  return record.payments.flatMap((payment) => paymentOf(payment, payments));
}

/** Compares a payment of the record with that of the same number. */
export function paymentOf(
  recorded: Pick<RecordedPayment, 'paymentNumber' | 'amount' | 'currency' | 'sequence'>,
  payments: readonly Pick<Payment, 'paymentNumber' | 'amount' | 'state'>[],
): readonly Mismatch[] {
  const { paymentNumber: document, amount, currency, sequence } = recorded;
  const money = { amount, currency };
  const about = { document, sequence } as const;
  const booked = payments.find(({ paymentNumber }) => paymentNumber === document);
  if (booked === undefined) {
    return [{ ...about, field: 'payment', expected: moneyText(money), found: '', fix: 'look' }];
  }
  if (booked.state !== 'completed') {
    return [{ ...about, field: 'payment-state', expected: 'completed', found: booked.state, fix: 'look' }];
  }
  return isSameMoney(money, booked.amount)
    ? []
    : [
        {
          ...about,
          field: 'payment-amount',
          expected: moneyText(money),
          found: moneyText(booked.amount),
          fix: 'reclaim',
        },
      ];
}
