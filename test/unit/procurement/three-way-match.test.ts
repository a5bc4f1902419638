import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GoodsReceipt, SupplierInvoice } from '../../../functions/connectors/erp/port.ts';
import { multiply, roundToCurrency, sum } from '../../../functions/money/money.ts';
import { type OrderReference, PURCHASE, type PurchaseState } from '../../../functions/procurement/domain/purchase.ts';
import { matchInvoices } from '../../../functions/procurement/domain/three-way-match.ts';

const ORDER: OrderReference = {
  key: 'k',
  orderNumber: 'PO-1',
  total: { amount: '1500.00', currency: 'CNY' },
  tax: '195.00',
  lines: [
    { lineNumber: 1, productCode: 'A', quantity: '10', unitPrice: '100.00' },
    { lineNumber: 2, productCode: 'B', quantity: '5', unitPrice: '100.00' },
  ],
};
const TOLERANCE = { pricePercent: '2', lineAmount: '10', quantityPercent: '0' };

interface Billed {
  readonly lineNumber?: number;
  readonly quantity: string;
  readonly unitPrice: string;
}

function invoice(lines: readonly Billed[], changes: Partial<SupplierInvoice> = {}): SupplierInvoice {
  const billed = lines.map((line) => ({
    ...line,
    description: 'goods',
    amount: roundToCurrency(multiply(line.quantity, line.unitPrice), 'CNY'),
  }));
  return {
    invoiceId: 'INV-1',
    orderNumber: 'PO-1',
    supplierReference: 'S-1',
    invoiceDate: '2026-01-01',
    currency: 'CNY',
    state: 'entered',
    lines: billed,
    tax: '0',
    total: roundToCurrency(sum(billed.map(({ amount }) => amount)), 'CNY'),
    ...changes,
  };
}

function stateOf(received: readonly [string, string], invoices: readonly SupplierInvoice[]): PurchaseState {
  const [first, second] = received;
  const receipt: GoodsReceipt = {
    receiptNumber: 'GR-1',
    orderNumber: 'PO-1',
    receivedOn: '2026-01-01',
    lines: [
      { lineNumber: 1, quantity: first },
      { lineNumber: 2, quantity: second },
    ],
  };
  const byId = Object.fromEntries(invoices.map((one) => [one.invoiceId, one]));
  return { ...PURCHASE.newState({}), order: ORDER, receipts: { 'GR-1': receipt }, invoices: byId };
}

const kindsOf = (received: readonly [string, string], ...invoices: readonly SupplierInvoice[]) =>
  matchInvoices(stateOf(received, invoices), ORDER, TOLERANCE).map(({ kind }) => kind);

const AS_ORDERED = [
  { lineNumber: 1, quantity: '10', unitPrice: '100.00' },
  { lineNumber: 2, quantity: '5', unitPrice: '100.00' },
];

describe('the three-way match', () => {
  it('finds nothing when the invoice asks for what was ordered and received', () => {
    expect(kindsOf(['10', '5'], invoice(AS_ORDERED))).toEqual([]);
  });

  it.each<readonly [string, readonly Billed[], Partial<SupplierInvoice>, readonly string[]]>([
    ['a price above percentage and amount', [{ lineNumber: 1, quantity: '10', unitPrice: '103.00' }], {}, ['price']],
    [
      'a price within the percentage, above the amount',
      [{ lineNumber: 1, quantity: '10', unitPrice: '101.50' }],
      {},
      ['price'],
    ],
    ['a price within both', [{ lineNumber: 1, quantity: '10', unitPrice: '101.00' }], {}, []],
    ['a lower price', [{ lineNumber: 1, quantity: '10', unitPrice: '90.00' }], {}, []],
    ['more than was received', [{ lineNumber: 1, quantity: '11', unitPrice: '100.00' }], {}, ['quantity']],
    ['less than was received', [{ lineNumber: 1, quantity: '9', unitPrice: '100.00' }], {}, []],
    ['a charge without order line', [{ quantity: '1', unitPrice: '50.00' }], {}, ['unknown-line']],
    ['a line of no such number', [{ lineNumber: 7, quantity: '1', unitPrice: '50.00' }], {}, ['unknown-line']],
    ['another currency', AS_ORDERED, { currency: 'USD' }, ['currency']],
    ['a total that is no sum', AS_ORDERED, { total: '1501.00' }, ['total']],
    ['a total without its tax', AS_ORDERED, { tax: '195.00' }, ['total']],
    ['the tax of the order', AS_ORDERED, { tax: '195.00', total: '1695.00' }, []],
    ['more tax than the order bears', AS_ORDERED, { tax: '5000.00', total: '6500.00' }, ['tax']],
    [
      'the whole tax on half of the goods',
      [{ lineNumber: 1, quantity: '5', unitPrice: '100.00' }],
      { tax: '195.00', total: '695.00' },
      ['tax'],
    ],
    [
      'a negative line that hides another',
      [
        { lineNumber: 1, quantity: '20', unitPrice: '100.00' },
        { lineNumber: 1, quantity: '-10', unitPrice: '1.00' },
      ],
      {},
      ['negative', 'price'],
    ],
    [
      'a tolerance used once on each of two lines',
      [
        { lineNumber: 1, quantity: '5', unitPrice: '102.00' },
        { lineNumber: 1, quantity: '5', unitPrice: '102.00' },
      ],
      {},
      ['price'],
    ],
  ])('of an invoice with %s finds what differs', (_, lines, changes, kinds) => {
    expect(kindsOf(['10', '5'], invoice(lines, changes))).toEqual(kinds);
  });

  it('finds a line whose amount is not quantity by price', () => {
    const wrong = invoice(AS_ORDERED);
    const lines = wrong.lines.map((line) => ({ ...line, amount: '1.00' }));

    expect(kindsOf(['10', '5'], { ...wrong, lines, total: '2.00' })).toEqual(['arithmetic', 'arithmetic']);
  });

  it('adds up all invoices of a line before it compares', () => {
    const half = [{ lineNumber: 1, quantity: '6', unitPrice: '100.00' }];
    const second = invoice(half, { invoiceId: 'INV-2', supplierReference: 'S-2' });

    expect(kindsOf(['12', '5'], invoice(half), second)).toEqual([]);
    expect(kindsOf(['11', '5'], invoice(half), second)).toEqual(['quantity']);
  });

  it('leaves out invoices that were cancelled', () => {
    expect(kindsOf(['10', '5'], invoice([{ quantity: '1', unitPrice: '9.00' }], { state: 'cancelled' }))).toEqual([]);
  });

  it('never lets more be paid than was received at the ordered price, but for the tolerance', () => {
    const whole = fc.integer({ min: 0, max: 12 }).map(String);
    const price = fc.integer({ min: 9000, max: 11_000 }).map((cents) => (cents / 100).toFixed(2));
    fc.assert(
      fc.property(
        fc.tuple(whole, whole),
        fc.tuple(whole, whole),
        fc.tuple(price, price),
        (received, billed, prices) => {
          const lines = ORDER.lines.map((line, index) => ({
            lineNumber: line.lineNumber,
            quantity: billed[index] ?? '0',
            unitPrice: prices[index] ?? '0',
          }));
          const asked = invoice(lines);
          if (kindsOf(received, asked).length > 0) {
            return;
          }
          const worth = ORDER.lines.reduce((total, _line, index) => total + Number(received[index]) * 100, 0);
          expect(Number(asked.total)).toBeLessThanOrEqual(worth + 2 * Number(TOLERANCE.lineAmount));
        },
      ),
    );
  });
});
