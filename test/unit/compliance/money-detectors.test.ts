import { describe, expect, it } from 'vitest';
import {
  approved,
  closed,
  enriched,
  findingsIn,
  found,
  invoiced,
  ordered,
  processOf,
  registered,
  routed,
  validated,
  type Written,
} from './records.ts';

const paid = (type: string, amount: string, key = 'k-pay-1', currency = 'CNY'): Written => ({
  type,
  facts: { key, paymentNumber: 'PAY-1', invoiceId: 'INV-1', amount: { amount, currency } },
});
const LET_GO = [closed('order'), closed('payment')];

describe('data-mismatch', () => {
  it.each([
    [
      'the OA asked for another total than the process took',
      [registered('4000.00'), validated('4000.01')],
      'RequisitionValidated',
    ],
    ['the order is of another total', [registered(), validated(), ...LET_GO, ordered('4001.00')], 'OrderCreated'],
    [
      'more was handed to the bank than was meant',
      [registered(), ...LET_GO, paid('PaymentIntended', '10'), paid('PaymentRequested', '10.01')],
      'PaymentRequested',
    ],
    [
      'the bank paid another amount',
      [registered(), ...LET_GO, paid('PaymentRequested', '10'), paid('PaymentCompleted', '11')],
      'PaymentCompleted',
    ],
    [
      'the bank paid in another currency',
      [registered(), ...LET_GO, paid('PaymentRequested', '10'), paid('PaymentCompleted', '10', 'k-pay-1', 'EUR')],
      'PaymentCompleted',
    ],
  ])('finds that %s', (_, written, document) => {
    expect(findingsIn([processOf('P2P-1', written)])).toMatchObject([
      { detector: 'data-mismatch', facts: { document } },
    ]);
  });

  it.each([
    [
      'amounts differ in how they are written',
      [registered('4000.00'), validated('4000'), ...LET_GO, ordered('4000.0')],
    ],
    [
      'a payment that failed is tried again under another key',
      [registered(), ...LET_GO, paid('PaymentRequested', '10'), paid('PaymentCompleted', '12', 'k-pay-2')],
    ],
    [
      'what was asked for was changed and sent again',
      [
        registered('4000.00'),
        validated(),
        { ...registered('3000.00'), type: 'RequisitionResubmitted' },
        validated('3000.00'),
        ...LET_GO,
        ordered('3000.00'),
      ],
    ],
  ])('finds nothing where %s', (_, written) => {
    expect(findingsIn([processOf('P2P-1', written)])).toEqual([]);
  });
});

describe('unapproved-document', () => {
  const sentAgain: Written = { ...registered(), type: 'RequisitionResubmitted' };
  const posted: Written = { type: 'EntryPosted', facts: { key: 'k', entryNumber: 'JE-1' } };

  it.each([
    ['an order that nobody approved', [registered(), ordered()], 'PO-1'],
    ['an order whose approval was rejected', [registered(), closed('order', 'rejected'), ordered()], 'PO-1'],
    ['an order that was approved afterwards', [registered(), ordered(), closed('order')], 'PO-1'],
    [
      'a payment for which only the order was approved',
      [registered(), closed('order'), paid('PaymentRequested', '10')],
      'PAY-1',
    ],
    ['a posting without an approval', [registered(), posted], 'JE-1'],
    [
      'an order of which only the version before was approved',
      [registered(), closed('order'), sentAgain, ordered()],
      'PO-1',
    ],
    [
      'a posting of a claim of which only the version before was approved',
      [registered(), closed('expense'), { ...sentAgain, type: 'ClaimResubmitted' }, posted],
      'JE-1',
    ],
    [
      'an order for whose version another question was asked, and not answered',
      [
        registered(),
        sentAgain,
        routed('order', '10', { approvalId: 'order-2', documentVersion: 2 }),
        closed('order'),
        ordered(),
      ],
      'PO-1',
    ],
  ])('finds %s', (_, written, number) => {
    expect(findingsIn([processOf('P2P-1', written)])).toMatchObject([
      { detector: 'unapproved-document', facts: { number } },
    ]);
  });

  it.each([
    [
      'an approved order and its approved payment',
      [closed('order'), ordered(), closed('payment'), paid('PaymentRequested', '10')],
    ],
    ['an order that the table let go', [{ type: 'OrderReleasedByRule', facts: {} }, ordered()]],
    [
      'an order that was approved once it had been changed',
      [
        closed('order', 'returned', { documentVersion: 1 }),
        sentAgain,
        routed('order', '10', { approvalId: 'order-2', documentVersion: 2 }),
        closed('order', 'approved', { documentVersion: 2 }),
        ordered(),
      ],
    ],
    ['an approved claim, posted and paid', [closed('expense'), posted, paid('PaymentRequested', '10')]],
  ])('finds nothing in %s', (_, written) => {
    expect(findingsIn([processOf('P2P-1', [registered(), ...written])])).toEqual([]);
  });
});

describe('duplicate-invoice', () => {
  const withInvoice = (processId: string, ...invoices: Written[]) =>
    processOf(processId, [registered(), validated(), ...invoices]);

  it.each([
    [
      'the same number',
      invoiced('INV-2', { reference: 'A-17', total: '99.00', date: '2026-07-01' }),
      'duplicate-invoice',
    ],
    [
      'the same number, written otherwise',
      invoiced('INV-2', { reference: ' a.17 ', total: '99.00' }),
      'duplicate-invoice',
    ],
    [
      'nearly the same amount on nearly the same day',
      invoiced('INV-2', { total: '3960.00', date: '2026-03-12' }),
      'similar-invoice',
    ],
  ])('finds an invoice of the supplier in another purchase with %s', (_, other, detector) => {
    const processes = [withInvoice('P2P-1', invoiced('INV-1', { reference: 'A-17' })), withInvoice('P2P-2', other)];

    const [finding, ...more] = findingsIn(processes);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ detector, processIds: ['P2P-1', 'P2P-2'] });
    expect(findingsIn(processes.toReversed())).toEqual([finding]);
  });

  it.each([
    ['another amount', invoiced('INV-2', { total: '3959.99', date: '2026-03-10' })],
    ['another day', invoiced('INV-2', { date: '2026-03-14' })],
    ['another currency', invoiced('INV-2', { currency: 'EUR' })],
    ['the same identity: one invoice of two orders', invoiced('INV-1', { reference: 'A-17' })],
    ['no number', invoiced('INV-2', { reference: '-', total: '10.00' })],
  ])('finds nothing where the other has %s', (_, other) => {
    expect(
      findingsIn([withInvoice('P2P-1', invoiced('INV-1', { reference: 'A-17' })), withInvoice('P2P-2', other)]),
    ).toEqual([]);
  });

  it('finds nothing where the other supplier uses the same number', () => {
    const other = processOf('P2P-2', [
      registered(),
      validated('4000.00', { supplierCode: 'SUP-002' }),
      invoiced('INV-2', { reference: 'A-17' }),
    ]);
    expect(findingsIn([withInvoice('P2P-1', invoiced('INV-1', { reference: 'A-17' })), other])).toEqual([]);
  });

  it('finds nothing where the first was cancelled before the second was entered', () => {
    const cancelled: Written = { type: 'SupplierInvoiceCancelled', facts: { invoiceId: 'INV-2' } };
    const processes = [
      withInvoice('P2P-1', invoiced('INV-1', { reference: 'A-17' })),
      withInvoice('P2P-2', invoiced('INV-2', { reference: 'A-17' }), cancelled),
    ];
    expect(findingsIn(processes)).toEqual([]);
  });

  it('lets two purchases of the same be, each of which is invoiced as it was ordered', () => {
    const bought = (processId: string, invoice: Written) =>
      processOf(processId, [registered(), validated(), closed('order'), ordered(), invoice]);
    expect(findingsIn([bought('P2P-1', invoiced('INV-1')), bought('P2P-2', invoiced('INV-2'))])).toEqual([]);
    const [finding] = findingsIn([
      bought('P2P-1', invoiced('INV-1', { total: '3999.00' })),
      bought('P2P-2', invoiced('INV-2')),
    ]);
    expect(finding?.detector).toBe('similar-invoice');
  });

  it('lets equal parts of one order be', () => {
    expect(findingsIn([withInvoice('P2P-1', invoiced('INV-1'), invoiced('INV-2'))])).toEqual([]);
  });
});

describe('split-purchase', () => {
  const purchase = (processId: string, written: readonly Written[], requesterId = 'E-1001') =>
    processOf(processId, [registered(), validated(), ...written], { requesterId });
  const small = routed('order', '3000');

  it('finds one need in pieces, whoever asked, and names it the same from each piece', () => {
    const processes = [
      purchase('P2P-1', [enriched('3000', ['P-1'], 0), small]),
      purchase('P2P-2', [enriched('3000', ['P-1', 'P-2'], 60), small], 'E-1002'),
    ];

    const [finding] = findingsIn(processes);
    expect(finding).toMatchObject({
      detector: 'split-purchase',
      subject: 'P2P-1',
      facts: { total: '6000', limit: '5000', requesters: 'E-1001, E-1002' },
    });
    const [same] = findingsIn(processes.toReversed());
    expect(same).toMatchObject({ subject: finding?.subject, processIds: finding?.processIds });
  });

  it('says nothing before the way of the approval is known', () => {
    const processes = ['P2P-1', 'P2P-2'].map((id) => purchase(id, [enriched('3000', ['P-1'], 0)]));
    expect(findingsIn(processes)).toEqual([]);
  });

  it.each([
    ['they stay within the limit together', purchase('P2P-2', [enriched('2000', ['P-1'], 60)])],
    ['they are of different products', purchase('P2P-2', [enriched('3000', ['P-9'], 60)])],
    ['days lie between them', purchase('P2P-2', [enriched('3000', ['P-1'], 60 * 24 * 4)])],
    ['the other is above the limit by itself, and was judged so', purchase('P2P-2', [enriched('9000', ['P-1'], 60)])],
    [
      'the other came to nothing',
      purchase('P2P-2', [enriched('3000', ['P-1'], 60), { type: 'PurchaseClosed', facts: { outcome: 'rejected' } }]),
    ],
    [
      'the other was changed to something else',
      purchase('P2P-2', [enriched('3000', ['P-1'], 60), { ...enriched('3000', ['P-9'], 120) }]),
    ],
    [
      'the other is of another cost centre',
      processOf('P2P-2', [registered(), validated('3000', { costCentre: 'CC-200' }), enriched('3000', ['P-1'], 60)]),
    ],
  ])('finds nothing where %s', (_, other) => {
    expect(findingsIn([purchase('P2P-1', [enriched('3000', ['P-1'], 0), small]), other])).toEqual([]);
  });

  it('finds nothing where the pieces were approved as one purchase', () => {
    const judged = purchase('P2P-1', [
      enriched('3000', ['P-1'], 0),
      routed('order', '6000'),
      approved('order', 'E-3001'),
    ]);
    expect(found(findingsIn([judged, purchase('P2P-2', [enriched('3000', ['P-1'], 60)])]))).toEqual([]);
  });
});
