import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import type { PurchaseOrder } from '../../../functions/connectors/erp/port.ts';
import { comparePurchase, type PurchaseBooks } from '../../../functions/reconciliation/domain/compare-purchase.ts';
import { recordedPurchase } from '../../../functions/reconciliation/domain/recorded-purchase.ts';
import { invoiced, ordered, processOf, validated, type Written } from '../compliance/records.ts';
import { booksOf } from './books-of.ts';

const LINES = [
  { productCode: 'P-1', quantity: '4', unitPrice: '500' },
  { productCode: 'P-2', quantity: '10', unitPrice: '200' },
];
const filed: Written = {
  type: 'RequisitionRegistered',
  facts: { requesterId: 'E-1001', filed: { title: 'Chairs', total: '4000.00', currency: 'CNY', lines: LINES } },
};
const received = (number = 'GR-1', quantities: readonly string[] = ['4', '10']): Written => ({
  type: 'GoodsReceived',
  facts: {
    receiptNumber: number,
    orderNumber: 'PO-1',
    receivedOn: '2026-03-09',
    lines: quantities.map((quantity, index) => ({ lineNumber: index + 1, quantity })),
  },
});
const amount = { amount: '4000.00', currency: 'CNY' };
const matched = (result = 'matched'): Written => ({
  type: 'InvoicesMatched',
  facts: { result, paymentPlan: [{ invoiceId: 'INV-1', amount }] },
});
const payment = { key: 'p-pay-1', paymentNumber: 'PAY-1', invoiceId: 'INV-1', amount };
const intended: Written = { type: 'PaymentIntended', facts: { key: 'p-pay-1', invoiceId: 'INV-1', amount } };
const paid: Written = { type: 'PaymentCompleted', facts: { ...payment, state: 'completed' } };
const closed = (outcome = 'paid'): Written => ({ type: 'PurchaseClosed', facts: { outcome } });
const entry = (type: string, facts: Written['facts'] = { orderNumber: 'PO-1' }): Written => ({ type, facts });

const ORDERED = [filed, validated(), ordered()];
const PAID = [...ORDERED, received(), invoiced('INV-1'), matched(), intended, paid, closed()];

/** What differs when the books are those of the record, but for a change. */
function differences(
  written: readonly Written[],
  change: (books: PurchaseBooks, order: PurchaseOrder) => Partial<PurchaseBooks> = () => ({}),
  percent = '0',
) {
  const { entries } = processOf('P', written);
  return differencesOf(entries, change, percent);
}

function differencesOf(
  entries: readonly RecordEntry[],
  change: (books: PurchaseBooks, order: PurchaseOrder) => Partial<PurchaseBooks>,
  percent = '0',
) {
  const tolerance = { pricePercent: '0', lineAmount: '0', quantityPercent: percent };
  const record = recordedPurchase(entries);
  const books = booksOf(entries);
  if (record === undefined || books.order === undefined) {
    throw new Error('nothing was ordered');
  }
  return comparePurchase(record, { ...books, ...change(books, books.order) }, tolerance).map(
    ({ field, part = '', expected, found, fix }) => [field, part, expected, found, fix],
  );
}

describe('a purchase and the books of the ERP', () => {
  it.each([
    ['that is ordered', ORDERED],
    ['that is received in parts', [...ORDERED, received('GR-1', ['1', '2']), received('GR-2', ['3', '8'])]],
    ['that is paid', PAID],
    ['whose order was cancelled', [...ORDERED, entry('OrderCancelled'), closed('withdrawn')]],
    ['whose order the ERP cancelled', [...ORDERED, entry('PurchaseOrderCancelled'), closed('cancelled')]],
    ['whose order was kept, since goods had come', [...ORDERED, received(), entry('OrderKept'), closed('withdrawn')]],
  ])('%s is the same in both', (_what, written) => {
    expect(differences(written)).toEqual([]);
  });

  it('tells of an invoice, paid as it is in both, that asks for more than was received and agreed', () => {
    const dear = [...ORDERED, received('GR-1', ['0.4', '1']), entry('ShortReceiptAccepted')];
    const written = [...dear, invoiced('INV-1'), matched(), intended, paid, closed()];

    expect(differences(written)).toEqual([
      ['invoiced-of-received', '1 (quantity)', '0.4', '4', 'look'],
      ['invoiced-of-received', '2 (quantity)', '1', '10', 'look'],
    ]);
    expect(differences([...dear, invoiced('INV-1'), matched('accepted'), intended, paid, closed()])).toEqual([]);
  });

  it('tells of an invoice that was paid with more than it asks for, in however many payments', () => {
    const again: Written = {
      type: 'PaymentCompleted',
      facts: {
        ...payment,
        key: 'p-pay-2',
        paymentNumber: 'PAY-2',
        amount: { ...amount, amount: '0.01' },
        state: 'completed',
      },
    };
    const written = [...ORDERED, received(), invoiced('INV-1'), matched(), intended, paid, again, closed()];

    expect(differences(written)).toEqual([['paid-of-invoiced', '', '4000.00 CNY', '4000.01 CNY', 'reclaim']]);
  });

  it('tells of another price of a line, with both values, and what sets it right', () => {
    const dearer = (_books: PurchaseBooks, order: PurchaseOrder) => ({
      order: {
        ...order,
        total: '4400.00',
        lines: order.lines.map((one) => ({ ...one, unitPrice: '240' })).slice(0, 2),
      },
    });
    expect(differences(PAID, dearer)).toEqual([
      ['unit-price', '1', '500', '240', 'restore'],
      ['unit-price', '2', '200', '240', 'restore'],
    ]);
  });

  it.each([
    ['supplier', '', 'SUP-001', 'SUP-002', { supplierCode: 'SUP-002' }],
    ['order-lines', '', '2', '1', { lines: [] }],
    ['order-total', '', '4000.00 CNY', '4100 CNY', { total: '4100' }],
    ['order-total', '', '4000.00 CNY', '4000.00 USD', { currency: 'USD' }],
  ] as const)('tells of another %s%s: %s is %s', (field, part, expected, found, change) => {
    const changed = (_books: PurchaseBooks, order: PurchaseOrder) => ({
      order: { ...order, ...change, ...('lines' in change ? { lines: order.lines.slice(0, 1) } : {}) },
    });
    expect(differences(ORDERED, changed)).toEqual([[field, part, expected, found, 'restore']]);
  });

  it('compares the total alone where the record has no lines', () => {
    const { lines: _none, ...rest } = filed.facts.filed as { readonly lines: unknown };
    const bare = [{ ...filed, facts: { ...filed.facts, filed: rest } }, validated(), ordered()] as readonly Written[];
    expect(differences(bare)).toEqual([]);
    const other = (_books: PurchaseBooks, order: PurchaseOrder) => ({ order: { ...order, total: '4000.01' } });
    expect(differences(bare, other).map(([field]) => field)).toEqual(['order-total']);
  });

  it('tells of an order that is not there', () => {
    expect(differences(PAID, () => ({ order: undefined }))).toEqual([['order', '', 'PO-1', '', 'look']]);
  });

  it.each([
    ['a paid purchase whose order is cancelled', PAID, 'cancelled', 'confirmed', 'look'],
    [
      'a purchase that was given up',
      [...ORDERED, entry('OrderCancelled'), closed('withdrawn')],
      'confirmed',
      'cancelled',
      'cancel',
    ],
    [
      'a purchase that ended without taking its order back',
      [...ORDERED, closed('expired')],
      'confirmed',
      'cancelled',
      'cancel',
    ],
  ] as const)('tells of the state of the order of %s', (_what, written, found, expected, fix) => {
    const inState = (_books: PurchaseBooks, order: PurchaseOrder) => ({ order: { ...order, state: found } });
    expect(differences(written, inState)).toEqual([['order-state', '', expected, found, fix]]);
  });

  it('waits for what a running purchase will hear of by itself', () => {
    const more = (books: PurchaseBooks, order: PurchaseOrder) => ({
      order: { ...order, state: 'cancelled' as const },
      receipts: booksOf(processOf('P', PAID).entries).receipts,
      invoices: [...books.invoices, ...booksOf(processOf('P', PAID).entries).invoices],
    });
    expect(differences(ORDERED, more)).toEqual([]);
  });

  it('tells of goods that the ERP has not any more, and after the end also of those that came late', () => {
    const none = () => ({ receipts: [] });
    const running = [...ORDERED, received('GR-1', ['4', '0'])];
    expect(differences(running, none)).toEqual([['received', '1', '4', '0', 'look']]);
    const twice = (books: PurchaseBooks) => ({ receipts: [...books.receipts, ...books.receipts] });
    expect(differences(PAID, twice)).toEqual([
      ['received', '1', '4', '8', 'look'],
      ['received', '2', '10', '20', 'look'],
    ]);
  });

  it.each([
    [
      'less',
      ['3', '10'],
      [],
      '0',
      [
        ['received-of-ordered', '1', '4', '3', 'look'],
        ['invoiced-of-received', '1 (quantity)', '3', '4', 'look'],
      ],
    ],
    ['more', ['4', '11'], [], '0', [['received-of-ordered', '2', '10', '11', 'look']]],
    ['more within the tolerance', ['4', '11'], [], '10', []],
    [
      'less, which a person accepted, and is invoiced whole',
      ['3', '10'],
      [entry('ShortReceiptAccepted', {})],
      '0',
      [['invoiced-of-received', '1 (quantity)', '3', '4', 'look']],
    ],
  ] as const)('compares what was received with what was ordered: %s', (_what, quantities, more, percent, expected) => {
    const written = [...ORDERED, received('GR-1', quantities), ...more, ...PAID.slice(4)];
    expect(differences(written, () => ({}), percent)).toEqual(expected);
  });

  it('leaves what a person accepted when the invoices were matched', () => {
    const written = [
      ...ORDERED,
      received('GR-1', ['4', '11']),
      invoiced('INV-1'),
      matched('accepted'),
      intended,
      paid,
      closed(),
    ];
    expect(differences(written)).toEqual([]);
  });

  it('tells of an invoice that was changed, taken away or added after the end', () => {
    const changed = (books: PurchaseBooks) => ({ invoices: books.invoices.map((one) => ({ ...one, total: '4500' })) });
    expect(differences(PAID, changed)).toEqual([['invoice-total', '', '4000.00 CNY', '4500 CNY', 'look']]);
    expect(differences(PAID, () => ({ invoices: [] }))).toEqual([['invoice', '', '4000.00 CNY', '', 'look']]);
    const added = (books: PurchaseBooks) => ({
      invoices: books.invoices.flatMap((one) => [one, { ...one, invoiceId: 'INV-2' }]),
    });
    expect(differences(PAID, added)).toEqual([['invoice', '', '', '4000.00 CNY', 'look']]);
  });

  it('tells of an invoice that was paid before its payment was approved, also while the purchase goes on', () => {
    const running = [...ORDERED, received(), invoiced('INV-1')];
    const byHand = (books: PurchaseBooks) => ({
      invoices: books.invoices.map((one) => ({ ...one, state: 'paid' as const })),
    });
    expect(differences(running, byHand)).toEqual([['payment', '', '', 'paid', 'look']]);
    expect(differences([...running, matched(), intended], byHand)).toEqual([]);
  });

  it.each([
    ['is not there', { payments: [] }, ['payment', '', '4000.00 CNY', '', 'look']],
    [
      'came back',
      { payments: [{ ...payment, state: 'failed' }] },
      ['payment-state', '', 'completed', 'failed', 'look'],
    ],
    [
      'was of another amount',
      { payments: [{ ...payment, state: 'completed', amount: { ...amount, amount: '4001' } }] },
      ['payment-amount', '', '4000.00 CNY', '4001 CNY', 'reclaim'],
    ],
  ] as const)('tells of a payment that %s', (_what, change, expected) => {
    expect(differences(PAID, () => change)).toEqual([expected]);
  });

  it('finds one change of a quantity, and nothing else, in any purchase that was paid', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 500 }), price: fc.integer({ min: 1, max: 9000 }) }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.nat(),
        fc.integer({ min: 1, max: 50 }),
        (bought, which, more) => {
          const lines = bought.map(({ quantity, price }, index) => ({
            ...{ productCode: `P-${index}`, quantity: String(quantity), unitPrice: String(price) },
          }));
          const total = String(bought.reduce((sum, { quantity, price }) => sum + quantity * price, 0));
          const { entries } = processOf('P', [
            { ...filed, facts: { requesterId: 'E-1', filed: { lines } } },
            validated(total),
            ordered(total),
            received(
              'GR-1',
              lines.map(({ quantity }) => quantity),
            ),
            invoiced('INV-1', { total }),
            closed(),
          ]);
          expect(differencesOf(entries, () => ({}))).toEqual([]);
          const at = which % lines.length;
          const changed = (_books: PurchaseBooks, order: PurchaseOrder) => ({
            order: {
              ...order,
              lines: order.lines.map((line, index) =>
                index === at ? { ...line, quantity: String(Number(line.quantity) + more) } : line,
              ),
            },
          });
          const part = String(at + 1);
          expect(differencesOf(entries, changed).filter(([field]) => field !== 'received-of-ordered')).toEqual([
            ['quantity', part, lines[at]?.quantity, String(Number(lines[at]?.quantity) + more), 'restore'],
          ]);
        },
      ),
    );
  });
});
