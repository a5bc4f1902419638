/** What came for an order, and what the supplier asks for it. */
import * as z from 'zod';
import { roundToCurrency } from '../../../money/money.ts';
import type { GoodsReceipt, SupplierInvoice } from '../port.ts';
import type { TrytonSession } from './session.ts';
import { dateField, numberField, referenceTo, textField } from './wire.ts';

const lineShape = z.object({ id: z.int(), sequence: z.int().nullable() });

/** Position on the order by Tryton's id of the line. */
async function lineNumbers(tryton: TrytonSession, orderNumber: string): Promise<ReadonlyMap<number, number>> {
  const lines = await tryton.find('purchase.line', [['purchase.number', '=', orderNumber]], lineShape, ['sequence']);
  return new Map(lines.map(({ id, sequence }) => [id, sequence ?? 0]));
}

const moveShape = z.object({
  id: z.int(),
  quantity: numberField,
  effective_date: dateField.nullable(),
  origin: referenceTo('purchase.line'),
  'shipment.': z.object({ number: textField }).nullable().optional(),
});

export async function readReceipts(tryton: TrytonSession, orderNumber: string): Promise<readonly GoodsReceipt[]> {
  const numbers = await lineNumbers(tryton, orderNumber);
  const moves = await tryton.find(
    'stock.move',
    [
      ['origin.purchase.number', '=', orderNumber, 'purchase.line'],
      ['state', '=', 'done'],
    ],
    moveShape,
    ['quantity', 'effective_date', 'origin', 'shipment.number'],
  );
  const receipts = new Map<string, GoodsReceipt>();
  for (const move of moves) {
    // A move without receipt was done by hand.
    const receiptNumber = move['shipment.']?.number || `move ${move.id}`;
    const line = { lineNumber: numbers.get(move.origin ?? 0) ?? 0, quantity: move.quantity };
    const receipt = receipts.get(receiptNumber) ?? {
      receiptNumber,
      orderNumber,
      receivedOn: move.effective_date ?? '',
      lines: [],
    };
    receipts.set(receiptNumber, { ...receipt, lines: [...receipt.lines, line] });
  }
  return [...receipts.values()];
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

const invoiceLineShape = z.object({
  invoice: z.int(),
  origin: referenceTo('purchase.line'),
  description: textField,
  quantity: numberField.nullable(),
  unit_price: numberField.nullable(),
  amount: numberField,
});

export async function readInvoices(tryton: TrytonSession, orderNumber: string): Promise<readonly SupplierInvoice[]> {
  const invoices = await tryton.find(
    'account.invoice',
    [...CHECKED, ['lines.origin.purchase.number', '=', orderNumber, 'purchase.line']],
    invoiceShape,
    INVOICE_FIELDS,
  );
  if (invoices.length === 0) {
    return [];
  }
  const numbers = await lineNumbers(tryton, orderNumber);
  const lines = await tryton.find(
    'account.invoice.line',
    [
      ['invoice', 'in', invoices.map(({ id }) => id)],
      ['type', '=', 'line'],
    ],
    invoiceLineShape,
    ['invoice', 'origin', 'description', 'quantity', 'unit_price', 'amount'],
  );
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
        .filter((line) => line.invoice === invoice.id)
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
