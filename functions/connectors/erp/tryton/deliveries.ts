/** What came for an order, and what the supplier asks for it. */
import * as z from 'zod';
import { add, roundToCurrency } from '../../../money/money.ts';
import type { GoodsReceipt, SupplierInvoice } from '../port.ts';
import { steadyRead } from '../steady-read.ts';
import { lineNumbersOf } from './order-lines.ts';
import type { TrytonSession } from './session.ts';
import { dateField, instantField, numberField, referenceTo, textField } from './wire.ts';

const moveShape = z.object({
  id: z.int(),
  quantity: numberField,
  effective_date: dateField.nullable(),
  origin: referenceTo('purchase.line'),
  'shipment.': z.object({ number: textField }).nullable(),
});
type Move = z.infer<typeof moveShape>;

export async function readReceipts(tryton: TrytonSession, orderNumber: string): Promise<readonly GoodsReceipt[]> {
  const numbers = await lineNumbersOf(tryton, orderNumber);
  const moves = await tryton.find(
    'stock.move',
    [
      ['origin.purchase.number', '=', orderNumber, 'purchase.line'],
      ['state', '=', 'done'],
    ],
    moveShape,
    ['quantity', 'effective_date', 'origin', 'shipment.number'],
  );
  const receipts = new Map<string, Move[]>();
  for (const move of moves) {
    receipts.set(receiptNumberOf(move), [...(receipts.get(receiptNumberOf(move)) ?? []), move]);
  }
  return [...receipts].map(([receiptNumber, ofReceipt]) => ({
    receiptNumber,
    orderNumber,
    receivedOn: ofReceipt[0]?.effective_date ?? '',
    lines: receivedLines(ofReceipt, numbers),
  }));
}

/** A move without receipt was done by hand. */
export function receiptNumberOf(move: Pick<Move, 'id' | 'shipment.'>): string {
  return move['shipment.']?.number || `move ${move.id}`;
}

/** A line can come in several moves of one receipt. */
function receivedLines(moves: readonly Move[], numbers: ReadonlyMap<number, number>): GoodsReceipt['lines'] {
  const quantities = new Map<number, string>();
  for (const { origin, quantity } of moves) {
    const lineNumber = numbers.get(origin ?? 0);
    if (lineNumber !== undefined) {
      quantities.set(lineNumber, add(quantities.get(lineNumber) ?? '0', quantity));
    }
  }
  return [...quantities].map(([lineNumber, quantity]) => ({ lineNumber, quantity }));
}

export const invoiceShape = z.object({
  id: z.int(),
  number: z.string(),
  reference: textField,
  invoice_date: dateField.nullable(),
  state: z.enum(['validated', 'posted', 'paid', 'cancelled']),
  tax_amount: numberField,
  total_amount: numberField,
  'currency.': z.object({ code: z.string() }),
});
export const INVOICE_FIELDS = [
  'number',
  'reference',
  'invoice_date',
  'state',
  'tax_amount',
  'total_amount',
  'currency.code',
];
/** A draft is Tryton's own proposal; without a number nobody has checked it yet. */
export const CHECKED = [
  ['type', '=', 'in'],
  ['state', 'in', ['validated', 'posted', 'paid', 'cancelled']],
  ['number', '!=', null],
];

/** Moves with every change of its lines too, which a clerk writes through the invoice. */
const invoiceHeadShape = invoiceShape.extend({ last_modified_at: instantField });

const invoiceLineShape = z.object({
  invoice: z.int(),
  origin: referenceTo('purchase.line'),
  description: textField,
  quantity: numberField.nullable(),
  unit_price: numberField.nullable(),
  amount: numberField,
});

export async function readInvoices(tryton: TrytonSession, orderNumber: string): Promise<readonly SupplierInvoice[]> {
  const { heads: invoices, lines } = await steadyRead({
    what: `the invoices of order ${orderNumber}`,
    heads: () =>
      tryton.find(
        'account.invoice',
        [...CHECKED, ['lines.origin.purchase.number', '=', orderNumber, 'purchase.line']],
        invoiceHeadShape,
        [...INVOICE_FIELDS, 'last_modified_at'],
      ),
    lines: (found) =>
      tryton.find(
        'account.invoice.line',
        [
          ['invoice', 'in', found.map(({ id }) => id)],
          ['type', '=', 'line'],
        ],
        invoiceLineShape,
        ['invoice', 'origin', 'description', 'quantity', 'unit_price', 'amount'],
      ),
  });
  if (invoices.length === 0) {
    return [];
  }
  const numbers = await lineNumbersOf(tryton, orderNumber);
  return invoices.map((invoice) => {
    const currency = invoice['currency.'].code;
    return {
      invoiceId: invoice.number,
      orderNumber,
      supplierReference: invoice.reference,
      invoiceDate: invoice.invoice_date ?? '',
      currency,
      state: invoice.state === 'validated' ? ('entered' as const) : invoice.state,
      lines: lines
        // A line of another order that came on the same paper is not this order's.
        .filter((line) => line.invoice === invoice.id && (line.origin === undefined || numbers.has(line.origin)))
        .map((line) => {
          const lineNumber = numbers.get(line.origin ?? 0);
          return {
            ...(lineNumber === undefined ? {} : { lineNumber }),
            description: line.description,
            quantity: line.quantity ?? '0',
            unitPrice: line.unit_price ?? '0',
            amount: roundToCurrency(line.amount, currency),
          };
        }),
      tax: roundToCurrency(invoice.tax_amount, currency),
      total: roundToCurrency(invoice.total_amount, currency),
    };
  });
}
