import { describe, expect, it } from 'vitest';
import type { BookDocument } from '../../../functions/connectors/erp/books-port.ts';
import { accountChanged } from '../../../functions/reconciliation/domain/account-changed.ts';
import {
  type KeyedProcess,
  processIdOfKey,
  unknownDocument,
} from '../../../functions/reconciliation/domain/unknown-document.ts';
import { processOf, type Written } from '../compliance/records.ts';

const order: BookDocument = {
  section: 'orders',
  number: 'PO-1',
  key: 'P-1-order',
  about: [],
  party: 'SUP-001',
  amount: { amount: '4000.00', currency: 'CNY' },
  createdAt: '2026-03-10T02:00:00.000Z',
  changedAt: '2026-03-10T02:00:00.000Z',
};
const payment: BookDocument = { ...order, section: 'payments', number: 'PAY-1', key: 'P-1-pay-0a1b2c3d-1' };
const intended: Written = { type: 'OrderIntended', facts: { key: 'P-1-order', supplierCode: 'SUP-001' } };
const created: Written = { type: 'OrderCreated', facts: { key: 'P-1-order', orderNumber: 'PO-1' } };

const of = (written: readonly Written[], isEnded = false): KeyedProcess => ({
  processId: 'P-1',
  isEnded,
  entries: processOf('P-1', written).entries,
});

describe('the key of a document', () => {
  it.each([
    ['PUR-0a1b-order', 'PUR-0a1b'],
    ['PUR-0a1b-pay-0a1b2c3d-2', 'PUR-0a1b'],
    ['EXP-0a1b-pay-1', 'EXP-0a1b'],
    ['EXP-0a1b-entry', 'EXP-0a1b'],
    ['EXP-0a1b-reverse', 'EXP-0a1b'],
    ['', undefined],
    ['urgent!', undefined],
    ['back-order 7', undefined],
  ])('of %s is %s', (key, processId) => {
    expect(processIdOfKey(key)).toBe(processId);
  });
});

describe('documents that no approved process made', () => {
  it.each([
    ['an order that the record names', order, of([intended, created])],
    ['an order whose process is about to hear of it', order, of([intended])],
    [
      'a payment that the record names',
      payment,
      of([{ type: 'PaymentRequested', facts: { key: payment.key, paymentNumber: 'PAY-1' } }], true),
    ],
    [
      'an entry that takes another back for Meridian',
      { ...order, section: 'entries', number: 'JE-2', key: 'P-1-reverse' },
      of([{ type: 'ReversalIntended', facts: { key: 'P-1-reverse', entryNumber: 'JE-1' } }], true),
    ],
  ] as const)('are not %s', (_what, document, process) => {
    expect(unknownDocument(document, process)).toBeUndefined();
  });

  it.each([
    ['an order without a reference', { ...order, key: '' }, undefined],
    ['an order with a reference of a process that there is not', order, undefined],
    ['an order whose process never meant to order', order, of([])],
    ['another order under the reference of one that was made', { ...order, number: 'PO-2' }, of([intended, created])],
    ['an order whose process ended before it heard of it', order, of([intended], true)],
    [
      'an order that came after its process had ended',
      order,
      of([intended, { type: 'LateOrderFound', facts: { key: 'P-1-order', orderNumber: 'PO-1' } }], true),
    ],
    ['a payment under the reference of an order', { ...payment, key: 'P-1-order' }, of([intended, created])],
  ] as const)('are %s', (_what, document, process) => {
    expect(unknownDocument(document, process)).toMatchObject({
      detector: 'unknown-document',
      processIds: process === undefined ? [] : ['P-1'],
      facts: { document: document.section, number: document.number, amount: '4000.00 CNY', fix: 'file' },
    });
  });

  it('name the processes whose order they pay', () => {
    const byHand = { ...payment, key: '', about: ['P-1-order'] };
    expect(unknownDocument(byHand, undefined, ['P-1'])).toMatchObject({ processIds: ['P-1'] });
  });

  it('are the same case whenever they are seen, and another for a number that begins anew', () => {
    const { subject } = unknownDocument({ ...order, key: '' }, undefined) ?? {};
    expect(unknownDocument({ ...order, key: '', changedAt: '2026-04-01T00:00:00Z' }, undefined)?.subject).toBe(subject);
    const nextYear = { ...order, key: '', createdAt: '2027-03-10T02:00:00.000Z' };
    expect(unknownDocument(nextYear, undefined)?.subject).not.toBe(subject);
  });
});

describe('a bank account that was changed before a payment', () => {
  const supplierSince = '2024-01-15T08:00:00.000Z';
  const account = { accountId: '7', createdAt: '2024-01-15T08:05:00.000Z' };
  const paid = {
    ...{ supplierCode: 'SUP-001', number: 'PAY-1', amount: '4000.00 CNY', processIds: ['P-1'], evidence: [] },
    ...{ madeAt: '2026-03-10T02:00:00.000Z', until: '2026-03-12T09:00:00.000Z' },
  };
  const found = (changedAt: string, more = { supplierSince }) =>
    accountChanged(paid, { ...more, accounts: [{ ...account, changedAt }] }, 240);

  it.each([
    ['the day before', '2026-03-09T02:00:00.000Z'],
    ['ten days before', '2026-02-28T02:00:00.000Z'],
    ['while the payment is on its way', '2026-03-11T02:00:00.000Z'],
  ])('is found when it was changed %s', (_when, changedAt) => {
    expect(found(changedAt)).toMatchObject([
      {
        detector: 'account-changed',
        processIds: ['P-1'],
        facts: { supplier: 'SUP-001', number: 'PAY-1', amount: '4000.00 CNY', changedAt, fix: 'ask' },
      },
    ]);
  });

  it.each([
    ['long before', '2026-02-27T02:00:00.000Z'],
    ['after the bank had paid', '2026-03-12T10:00:00.000Z'],
    ['when the supplier was entered', '2024-01-15T08:05:00.000Z'],
  ])('is not when it was changed %s', (_when, changedAt) => {
    expect(found(changedAt)).toEqual([]);
  });

  it('is not of a supplier who was entered with it just before', () => {
    expect(found('2026-03-09T02:00:00.000Z', { supplierSince: '2026-03-09T01:30:00.000Z' })).toEqual([]);
  });

  it('holds no number of an account', () => {
    expect(JSON.stringify(found('2026-03-09T02:00:00.000Z'))).not.toMatch(/iban|\d{10,}/i);
  });
});
