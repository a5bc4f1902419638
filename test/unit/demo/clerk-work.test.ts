import { describe, expect, it } from 'vitest';
import {
  dearerPrice,
  draftInvoice,
  filesOf,
  type OrderFile,
  pricesToCorrect,
  stillToCome,
} from '../../../local/demo/portal/clerk-work.ts';

const ORDER = {
  orderNumber: 'PO1',
  reference: '',
  supplierCode: 'SUP-002',
  supplierName: 'Voyage',
  orderedOn: '2026-11-25',
  currency: 'CNY',
  state: 'processing',
  shipmentState: 'partially shipped',
  invoiceState: 'none',
  net: '0',
  tax: '0',
  total: '0',
  lines: [
    { productCode: 'P-4001', quantity: '2.5', unit: 'kg', unitPrice: '71.3500', amount: '178.38' },
    { productCode: 'P-4001', quantity: '0.3', unit: 'kg', unitPrice: '71.3500', amount: '21.41' },
    { productCode: 'P-2002', quantity: '2', unit: 'u', unitPrice: '1180.00', amount: '2360.00' },
  ],
};

function aReceipt(state: string, quantity: string) {
  return {
    receiptNumber: 'GR1',
    orderNumbers: ['PO1'],
    receivedOn: '2026-11-25',
    state,
    lines: [{ productCode: 'P-4001', quantity }],
  };
}

function anInvoice(invoiceNumber: string, state: string, unitPrice: string) {
  return {
    invoiceNumber,
    orderNumbers: ['PO1'],
    supplierReference: '',
    invoiceDate: '',
    currency: 'CNY',
    state,
    net: '0',
    tax: '0',
    total: '0',
    lines: [
      { productCode: '', description: 'Freight', quantity: '1', unitPrice: '50', amount: '50.00' },
      { productCode: 'P-2002', description: '', quantity: '2', unitPrice, amount: '2360.00' },
    ],
  };
}

function aFile(changes: Partial<OrderFile> = {}): OrderFile {
  return { order: ORDER, receipts: [], invoices: [], payments: [], ...changes };
}

describe('what is left for the clerks', () => {
  it('is what the order says and no finished receipt has, per product', () => {
    const receipts = [aReceipt('done', '2.7'), aReceipt('draft', '0.1')];

    expect(stillToCome(aFile({ receipts }))).toEqual([
      { productCode: 'P-4001', value: '0.1' },
      { productCode: 'P-2002', value: '2' },
    ]);
  });

  it.each([
    ['received', 'processing'],
    ['exception', 'processing'],
    ['none', 'cancelled'],
  ])('is nothing to receive when the goods are "%s" and the order is "%s"', (shipmentState, state) => {
    expect(stillToCome(aFile({ order: { ...ORDER, shipmentState, state } }))).toEqual([]);
  });

  it('is the oldest draft to be entered, by lists that are newest first', () => {
    const invoices = [anInvoice('', 'draft', '2'), anInvoice('', 'draft', '1'), anInvoice('I1', 'paid', '3')];

    expect(draftInvoice(aFile({ invoices }))?.lines[1]?.unitPrice).toBe('1');
    expect(draftInvoice(aFile())).toBeUndefined();
  });

  it('is to correct the prices of an entered invoice that differ from the order in value', () => {
    const correct = (state: string, unitPrice: string) => pricesToCorrect(aFile(), anInvoice('I1', state, unitPrice));

    expect(correct('validated', '1298.00')).toEqual([{ productCode: 'P-2002', value: '1180.00' }]);
    expect(correct('validated', '1180.0000')).toEqual([]);
    expect(correct('posted', '1298.00')).toEqual([]);
  });

  it('keeps what belongs to an order together', () => {
    const other = { ...ORDER, orderNumber: 'PO2' };
    const receipt = aReceipt('done', '1');

    const files = filesOf({ orders: [other, ORDER], receipts: [receipt], invoices: [], payments: [] });

    expect(files.map(({ order, receipts }) => [order.orderNumber, receipts.length])).toEqual([
      ['PO2', 0],
      ['PO1', 1],
    ]);
  });
});

describe('a dearer invoice', () => {
  it('raises the price of its first product by a tenth', () => {
    expect(dearerPrice(anInvoice('', 'draft', '1180.00'))).toEqual([{ productCode: 'P-2002', value: '1298.00' }]);
  });
});
