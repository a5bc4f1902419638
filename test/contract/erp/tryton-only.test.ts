/**
 * What is particular to Tryton behind the port.
 * @module-tag long
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreateOrderCommand } from '../../../functions/connectors/erp/port.ts';
import {
  BusinessRuleError,
  ConfigError,
  ConnectorPermanentError,
  ConnectorTransientError,
} from '../../../functions/runtime/errors.ts';
import { TrytonClient } from '../../../local/tryton/rpc.ts';
import { placeOrder } from '../tryton-server-connector.ts';
import { insist, newKey, orderOf } from './rig.ts';
import { openTrytonRig, type TrytonRig } from './tryton-rig.ts';

const TODAY = new Date().toISOString().slice(0, 10);
let rig: TrytonRig;

beforeAll(async () => {
  rig = await openTrytonRig();
});
afterAll(async () => {
  await rig?.close();
});

function command(terms: Partial<CreateOrderCommand> = {}): CreateOrderCommand {
  return {
    key: newKey('order'),
    supplierCode: 'SUP-001',
    currency: 'CNY',
    orderDate: TODAY,
    description: 'chairs',
    costCentre: 'CC-100',
    lines: [{ lineNumber: 1, productCode: 'P-1001', quantity: '5', unitPrice: '680.00' }],
    ...terms,
  };
}

/** What the warehouse clerk sees before accepting: a receipt with the order's moves. */
async function beginReceipt(orderNumber: string): Promise<number> {
  const moves = await rig.admin.search('stock.move', [['origin.purchase.number', '=', orderNumber, 'purchase.line']]);
  const order = await rig.admin.one(
    'purchase.purchase',
    [['number', '=', orderNumber]],
    ['party', 'warehouse', 'company'],
  );
  const [zones] = await rig.admin.read(
    'stock.location',
    [Number(order.warehouse)],
    ['input_location', 'storage_location'],
  );
  return rig.admin.create('stock.shipment.in', {
    supplier: order.party,
    company: order.company,
    warehouse: order.warehouse,
    warehouse_input: zones?.input_location,
    warehouse_storage: zones?.storage_location,
    incoming_moves: [['add', moves]],
  });
}

/** An adapter that loses its connection at one method, before anything reaches Tryton. */
function stoppedAt(method: string) {
  return rig.adapter({
    fetch: async (url, init) => {
      if (String(init?.body).includes(`"${method}"`)) {
        throw new TypeError('fetch failed');
      }
      return fetch(url, init);
    },
  });
}

/** An adapter during whose first readings of an invoice's lines a clerk is at work. */
function whileReadingLines(times: number, work: () => Promise<void>) {
  let left = times;
  return rig.adapter({
    fetch: async (url, init) => {
      if (left > 0 && String(init?.body).includes('"model.account.invoice.line.search_read"')) {
        left -= 1;
        await work();
      }
      return fetch(url, init);
    },
  });
}

describe('an invoice in Tryton', () => {
  it('that is corrected between its head and its lines is read again, and never as lines of one state under the total of another', async () => {
    // Prepare
    const { orderNumber } = await insist(() => rig.erp.createOrder(command()));
    await rig.clerks.receiveGoods(orderNumber);
    const invoiceId = await rig.clerks.enterInvoice(orderNumber, { reference: 'F-9', prices: { 'P-1001': '748.00' } });
    const reader = whileReadingLines(1, () =>
      rig.clerks.correctInvoice(invoiceId, { reference: 'F-9', prices: { 'P-1001': '680.00' } }),
    );

    // Act
    const [invoice] = await reader.readInvoices(orderNumber);

    // Assess
    expect(invoice).toMatchObject({ total: '3400.00', lines: [{ unitPrice: '680', amount: '3400.00' }] });
  });

  it('that is corrected at each look is left to the next try', async () => {
    // Prepare
    const { orderNumber } = await insist(() => rig.erp.createOrder(command()));
    await rig.clerks.receiveGoods(orderNumber);
    const invoiceId = await rig.clerks.enterInvoice(orderNumber, { reference: 'F-9', prices: { 'P-1001': '748.00' } });
    let price = 700;
    const reader = whileReadingLines(3, () => {
      price -= 1;
      return rig.clerks.correctInvoice(invoiceId, { reference: 'F-9', prices: { 'P-1001': `${price}.00` } });
    });

    // Act
    const reading = reader.readInvoices(orderNumber);

    // Assess
    await expect(reading).rejects.toThrow(ConnectorTransientError);
    await expect(reading).rejects.toThrow(`the invoices of order ${orderNumber} are being changed in the ERP just now`);
    await expect(reader.readInvoices(orderNumber)).resolves.toMatchObject([{ total: '3485.00' }]);
  });
});

describe('orders in Tryton', () => {
  it('that stand half-made under the key are brought to their end, not doubled', async () => {
    // Prepare
    const asked = command();
    const model = await insist(() => rig.erp.createOrder(command()));
    const [id = 0] = await rig.admin.search('purchase.purchase', [['number', '=', model.orderNumber]]);
    await rig.admin.call('model.purchase.purchase.copy', [[id], { reference: asked.key }]);

    // Act
    const order = await rig.erp.createOrder(asked);

    // Assess
    expect(order).toMatchObject({ key: asked.key, state: 'confirmed', total: '3400.00' });
    expect(await rig.ordersWith(asked.key)).toBe(1);
  });

  it.each([
    ['quantity', { quantity: 50 }],
    ['price', { unit_price: { __class__: 'Decimal', decimal: '680.01' } }],
  ])(
    'that stand half-made with another %s than was approved are not confirmed, and are when it is mended',
    async (_what, change) => {
      // Prepare
      const asked = command();
      await expect(stoppedAt('model.purchase.purchase.quote').createOrder(asked)).rejects.toThrow(
        ConnectorTransientError,
      );
      const lines = await rig.admin.search('purchase.line', [['purchase.reference', '=', asked.key]]);
      await rig.admin.call('model.purchase.line.write', [lines, change]);

      // Act
      const ordering = rig.erp.createOrder(asked);

      // Assess
      await expect(ordering).rejects.toThrow(ConnectorPermanentError);
      await expect(ordering).rejects.toThrow('differs from what was approved');
      expect(await rig.erp.findOrder(asked.key)).toMatchObject({ state: 'draft' });
      const approved = { quantity: 5, unit_price: { __class__: 'Decimal', decimal: '680.00' } };
      const [order] = await rig.admin.search('purchase.purchase', [['reference', '=', asked.key]]);
      await rig.admin.call('model.purchase.purchase.draft', [[order]]);
      await rig.admin.call('model.purchase.line.write', [lines, approved]);
      expect(await rig.erp.createOrder(asked)).toMatchObject({ state: 'confirmed', total: '3400.00' });
    },
  );

  it('are refused for what Tryton does not know, and can be asked for again at once when that is mended', async () => {
    // Prepare
    const right = command();
    const [line] = right.lines;
    const wrongProduct = { ...right, lines: line === undefined ? [] : [{ ...line, productCode: 'P-9999' }] };

    // Act
    const refused = await Promise.allSettled([
      rig.erp.createOrder(wrongProduct),
      rig.erp.createOrder({ ...command(), supplierCode: 'SUP-999' }),
      rig.erp.createOrder({ ...command(), currency: 'ZZZ' }),
    ]);

    // Assess
    expect(refused).toMatchObject(
      ['P-9999', 'SUP-999', 'ZZZ'].map((missing) => ({
        reason: { name: 'ConnectorPermanentError', message: expect.stringContaining(missing) },
      })),
    );
    expect(await rig.erp.createOrder(right)).toMatchObject({ state: 'confirmed' });
  });

  it('of a quantity that the unit does not allow say so in Tryton’s words', async () => {
    const asked = command({ lines: [{ lineNumber: 1, productCode: 'P-1001', quantity: '1.5', unitPrice: '680.00' }] });
    const ordering = rig.erp.createOrder(asked);
    await expect(ordering).rejects.toThrow(ConnectorPermanentError);
    await expect(ordering).rejects.toThrow(/quantity/i);
    expect(await rig.ordersWith(asked.key)).toBe(0);
  });

  it('are not cancelled while the warehouse is at work on them, and are when its receipt is gone', async () => {
    // Prepare
    const { orderNumber } = await rig.erp.createOrder(command());
    const receipt = await beginReceipt(orderNumber);

    // Act
    const early = rig.erp.cancelOrder(orderNumber);
    await expect(early).rejects.toThrow(ConnectorPermanentError);
    await expect(early).rejects.toThrow('finish or delete the receipt');
    await rig.admin.call('model.stock.shipment.in.cancel', [[receipt]]);
    await rig.admin.call('model.stock.shipment.in.delete', [[receipt]]);
    await rig.erp.cancelOrder(orderNumber);

    // Assess
    expect(await rig.erp.readOrder(orderNumber)).toMatchObject({ state: 'cancelled' });
  });

  it('whose cancellation stopped half-way are cancelled by the next call', async () => {
    // Prepare
    const { orderNumber } = await rig.erp.createOrder(command());
    const moves = await rig.admin.search('stock.move', [['origin.purchase.number', '=', orderNumber, 'purchase.line']]);
    await rig.admin.press('stock.move', 'cancel', moves);
    const between = await rig.erp.readOrder(orderNumber);

    // Act
    await rig.erp.cancelOrder(orderNumber);

    // Assess
    expect(between).toMatchObject({ state: 'confirmed' });
    expect(await rig.erp.readOrder(orderNumber)).toMatchObject({ state: 'cancelled' });
  });

  it('that people made by hand are none of Meridian’s business', async () => {
    // Prepare
    const { watermark } = await rig.erp.changesSince(undefined);
    const buyer = await TrytonClient.login(rig.server, rig.server.logins.connector);
    const byHand = await placeOrder(buyer, {
      reference: 'quotation 4711',
      supplierCode: 'SUP-001',
      currency: 'CNY',
      lines: [{ productCode: 'P-1001', quantity: 1, unitPrice: '680.00' }],
    });

    // Act
    await rig.clerks.receiveGoods(byHand);
    await rig.clerks.enterInvoice(byHand, { reference: 'F-BY-HAND' });
    const { facts } = await rig.erp.changesSince(watermark);

    // Assess
    expect(facts.filter((fact) => orderOf(fact) === byHand)).toEqual([]);
  });
});

describe('invoices and payments in Tryton', () => {
  it('carry the taxes of the products, on top of what was ordered', async () => {
    // Prepare
    const order = await rig.erp.createOrder(
      command({
        supplierCode: 'SUP-002',
        lines: [{ lineNumber: 1, productCode: 'P-2001', quantity: '1', unitPrice: '6200.00' }],
      }),
    );
    await rig.clerks.receiveGoods(order.orderNumber);
    await rig.clerks.enterInvoice(order.orderNumber, { reference: 'F-VAT' });

    // Act
    const invoices = await rig.erp.readInvoices(order.orderNumber);

    // Assess
    expect(order.total).toBe('6200.00');
    expect(invoices).toMatchObject([
      { tax: '806.00', total: '7006.00', lines: [{ lineNumber: 1, amount: '6200.00' }] },
    ]);
  });

  it('are not paid a second time under another key, which Tryton itself would do', async () => {
    // Prepare
    const { orderNumber } = await rig.erp.createOrder(command());
    await rig.clerks.receiveGoods(orderNumber);
    const invoiceId = await rig.clerks.enterInvoice(orderNumber, { reference: 'F-TWICE' });
    const ask = { key: newKey('pay'), invoiceId, amount: { amount: '3400.00', currency: 'CNY' }, date: TODAY };
    const first = await rig.erp.requestPayment(ask);

    // Act
    const onItsWay = rig.erp.requestPayment({ ...ask, key: newKey('pay') });
    await expect(onItsWay).rejects.toThrow(BusinessRuleError);
    await rig.clerks.confirmPayment(first.paymentNumber);
    const paid = rig.erp.requestPayment({ ...ask, key: newKey('pay') });

    // Assess
    await expect(paid).rejects.toThrow(BusinessRuleError);
    const domain = [['line.move.origin.number', '=', invoiceId, 'account.invoice']];
    expect(await rig.admin.search('account.payment', domain)).toHaveLength(1);
  });

  it('are not paid with another sum than was approved when somebody has changed a half-made payment', async () => {
    // Prepare
    const { orderNumber } = await rig.erp.createOrder(command());
    await rig.clerks.receiveGoods(orderNumber);
    const invoiceId = await rig.clerks.enterInvoice(orderNumber, { reference: 'F-CHANGED' });
    const ask = { key: newKey('pay'), invoiceId, amount: { amount: '3400.00', currency: 'CNY' }, date: TODAY };
    await expect(stoppedAt('model.account.payment.submit').requestPayment(ask)).rejects.toThrow(
      ConnectorTransientError,
    );
    const [payment] = await rig.admin.search('account.payment', [['reference', '=', ask.key]]);
    const to = (decimal: string) =>
      rig.admin.call('model.account.payment.write', [[payment], { amount: { __class__: 'Decimal', decimal } }]);
    await to('9900.00');

    // Act
    const paying = rig.erp.requestPayment(ask);

    // Assess
    await expect(paying).rejects.toMatchObject({ rule: 'payment-differs-from-invoice' });
    expect(await rig.admin.searchRead('account.payment', [['reference', '=', ask.key]], ['state'])).toMatchObject([
      { state: 'draft' },
    ]);
    await to('3400.00');
    expect(await rig.erp.requestPayment(ask)).toMatchObject({ state: 'processing', amount: ask.amount });
  });

  it('are not paid while accounting has taken the invoice back, or when there is none', async () => {
    // Prepare
    const { orderNumber } = await rig.erp.createOrder(command());
    await rig.clerks.receiveGoods(orderNumber);
    const invoiceId = await rig.clerks.enterInvoice(orderNumber, { reference: 'F-BACK' });
    const [id = 0] = await rig.admin.search('account.invoice', [['number', '=', invoiceId]]);
    await rig.admin.press('account.invoice', 'draft', [id]);
    const amount = { amount: '3400.00', currency: 'CNY' };

    // Act
    const refused = await Promise.allSettled(
      [invoiceId, 'INV-0'].map((id) =>
        rig.erp.requestPayment({ key: newKey('pay'), invoiceId: id, amount, date: TODAY }),
      ),
    );

    // Assess
    expect(refused).toMatchObject([invoiceId, 'INV-0'].map(() => ({ reason: { name: 'ConnectorPermanentError' } })));
    expect(await rig.erp.readInvoices(orderNumber)).toEqual([]);
  });
});

describe('the session with Tryton', () => {
  it('is opened again when Tryton has ended it', async () => {
    // Prepare
    const sessions: string[] = [];
    const erp = rig.adapter({
      fetch: (url, init) => {
        sessions.push(new Headers(init?.headers).get('authorization') ?? '');
        return fetch(url, init);
      },
    });
    await erp.findSupplier('SUP-001');
    const first = sessions.at(-1) ?? '';
    await fetch(`${rig.server.url}/${rig.server.database}/rpc/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: first },
      body: JSON.stringify({ id: 1, method: 'common.db.logout', params: [] }),
    });

    // Act
    const supplier = await erp.findSupplier('SUP-001');

    // Assess
    expect(supplier?.code).toBe('SUP-001');
    expect(sessions.at(-1)).not.toBe(first);
  });

  it('is not opened with a wrong password, which is never told', async () => {
    const finding = rig.adapter({ password: 'wrong-secret' }).findSupplier('SUP-001');
    await expect(finding).rejects.toThrow(ConfigError);
    await expect(finding).rejects.not.toThrow('wrong-secret');
  });

  it('goes on when Tryton is there again', async () => {
    // Prepare
    await rig.erp.findSupplier('SUP-001');
    const gone = rig.adapter({ url: 'http://127.0.0.1:1' });

    // Act
    const asking = gone.findSupplier('SUP-001');

    // Assess
    await expect(asking).rejects.toThrow(ConnectorTransientError);
    expect(await rig.erp.findSupplier('SUP-001')).toBeDefined();
  });
});
