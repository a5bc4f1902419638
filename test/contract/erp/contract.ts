/** What every ERP behind the port does: one suite for the adapters and for the ERP in memory. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreateOrderCommand, ErpFact, PurchaseOrder } from '../../../functions/connectors/erp/port.ts';
import { add } from '../../../functions/money/money.ts';
import { BusinessRuleError } from '../../../functions/runtime/errors.ts';
import { type ErpRig, insist, newKey, orderOf } from './rig.ts';

const TODAY = new Date().toISOString().slice(0, 10);
/** Racing callers. */
const CALLERS = 8;

/** @param extent - the first half is what comes before anything is received: master data and orders */
export function describeErp(name: string, open: () => Promise<ErpRig>, extent: 'whole' | 'first half' = 'whole'): void {
  describe(name, () => {
    let rig: ErpRig;
    beforeAll(async () => {
      rig = await open();
    });
    afterAll(async () => {
      await rig?.close();
    });
    const order = (terms: Partial<CreateOrderCommand> = {}) => insist(() => rig.erp.createOrder(command(terms)));
    const invoiced = async (terms: Partial<CreateOrderCommand> = {}) => {
      const placed = await order(terms);
      await rig.clerks.receiveGoods(placed.orderNumber);
      const invoiceId = await rig.clerks.enterInvoice(placed.orderNumber, { reference: 'F-1' });
      const [invoice] = await rig.erp.readInvoices(placed.orderNumber);
      return { placed, invoiceId, amount: { amount: invoice?.total ?? '', currency: invoice?.currency ?? '' } };
    };
    const pay = (invoiceId: string, amount: { amount: string; currency: string }, key = newKey('pay')) =>
      insist(() => rig.erp.requestPayment({ key, invoiceId, amount, date: TODAY }));

    describe('facts before ordering', () => {
      it('knows a supplier by its code, and says nothing about one that does not exist', async () => {
        expect(await rig.erp.findSupplier('SUP-003')).toEqual({ code: 'SUP-003', name: 'Pacific Instruments Inc.' });
        expect(await rig.erp.findSupplier('SUP-999')).toBeUndefined();
      });

      it('gives products in the order asked for, with unit, stock and the price of this supplier, and leaves unknown ones out', async () => {
        // Act
        const products = await rig.erp.findProducts(['P-9999', 'P-4001', 'P-1001', 'P-2001', 'P-5001'], 'SUP-002');

        // Assess
        const plain = products.map(({ supplierPrice, ...rest }) => ({
          ...rest,
          ...(supplierPrice === undefined
            ? {}
            : { price: `${trimmed(supplierPrice.amount)} ${supplierPrice.currency}` }),
        }));
        expect(plain).toEqual([
          { code: 'P-4001', name: '铜线 Copper wire', unit: 'Kilogram', onHand: '35.5', price: '71.35 CNY' },
          { code: 'P-1001', name: '办公椅 Office chair', unit: 'Unit', onHand: '12' },
          { code: 'P-2001', name: '笔记本电脑 Notebook computer', unit: 'Unit', onHand: '0', price: '6200 CNY' },
          { code: 'P-5001', name: '定制工装 Custom fixture', unit: 'Unit', onHand: '0', categories: ['custom-made'] },
        ]);
      });

      it('gives the units of its own currency for one of another, and nothing where it has no rate', async () => {
        const rates = await Promise.all(
          ['CNY', 'USD', 'EUR', 'JPY', 'ZZZ'].map((code) => rig.erp.exchangeRate(code, TODAY)),
        );
        expect(rates).toEqual(['1', '7.2', '8', undefined, undefined]);
      });
    });

    describe('an order', () => {
      it('is confirmed as it was asked for, with every decimal, and reads the same afterwards', async () => {
        // Prepare
        const asked = command({
          supplierCode: 'SUP-002',
          lines: [
            { lineNumber: 1, productCode: 'P-4001', quantity: '2.25', unitPrice: '71.3505' },
            { lineNumber: 2, productCode: 'P-2002', quantity: '3', unitPrice: '1180.10' },
          ],
        });

        // Act
        const created = await insist(() => rig.erp.createOrder(asked));

        // Assess
        expect(created).toMatchObject({
          key: asked.key,
          supplierCode: 'SUP-002',
          currency: 'CNY',
          state: 'confirmed',
          total: '3700.84',
        });
        expect(created.orderNumber).not.toBe('');
        expect(
          created.lines.map((line) => [line.lineNumber, line.productCode, line.quantity, trimmed(line.unitPrice)]),
        ).toEqual([
          [1, 'P-4001', '2.25', '71.3505'],
          [2, 'P-2002', '3', '1180.1'],
        ]);
        expect(created.lines.map(({ amount }) => amount)).toEqual(['160.54', '3540.30']);
        expect(await rig.erp.readOrder(created.orderNumber)).toEqual(created);
        expect(await rig.erp.findOrder(asked.key)).toEqual(created);
      });

      it('is in the currency that was asked for', async () => {
        const created = await order({
          supplierCode: 'SUP-003',
          currency: 'USD',
          lines: [{ lineNumber: 1, productCode: 'P-3001', quantity: '10', unitPrice: '45.50' }],
        });
        expect(created).toMatchObject({ currency: 'USD', total: '455.00' });
      });

      it('is not there under a number or a key that nobody gave', async () => {
        expect(await rig.erp.readOrder('no-such-order')).toBeUndefined();
        expect(await rig.erp.findOrder(newKey('order'))).toBeUndefined();
      });

      it('is the same one for the same key, and another one for another key', async () => {
        // Prepare
        const asked = command();

        // Act
        const first = await insist(() => rig.erp.createOrder(asked));
        const again = await insist(() => rig.another().createOrder(asked));
        const other = await order();

        // Assess
        expect(again).toEqual(first);
        expect(other.orderNumber).not.toBe(first.orderNumber);
        expect(await rig.ordersWith(asked.key)).toBe(1);
      });

      it('is one when eight callers ask for it at once', async () => {
        // Prepare
        const asked = command();
        const callers = Array.from({ length: CALLERS }, () => rig.another());

        // Act
        const orders = await Promise.all(callers.map((erp) => insist(() => erp.createOrder(asked))));

        // Assess
        expect(new Set(orders.map(({ orderNumber }) => orderNumber)).size).toBe(1);
        expect(await rig.ordersWith(asked.key)).toBe(1);
      });

      it('can be cancelled before anything came, twice as well as once', async () => {
        // Prepare
        const { orderNumber } = await order();

        // Act
        await rig.erp.cancelOrder(orderNumber);
        await rig.another().cancelOrder(orderNumber);

        // Assess
        expect(await rig.erp.readOrder(orderNumber)).toMatchObject({ orderNumber, state: 'cancelled' });
      });

      it('stays when goods were received', async () => {
        // Prepare
        const { orderNumber } = await order();
        await rig.clerks.receiveGoods(orderNumber, { 'P-1001': '1' });

        // Act
        const cancelling = rig.erp.cancelOrder(orderNumber);

        // Assess
        await expect(cancelling).rejects.toThrow(BusinessRuleError);
        await expect(cancelling).rejects.toMatchObject({ rule: 'order-already-received' });
        expect(await rig.erp.readOrder(orderNumber)).toMatchObject({ state: 'confirmed' });
      });

      it('carries the link to its record once, however often it is left', async () => {
        // Prepare
        const { orderNumber } = await order();
        const url = `https://meridian.example/record/${orderNumber}?key=abc`;

        // Act
        await rig.erp.linkRecord(orderNumber, 'Approval record', url);
        await rig.another().linkRecord(orderNumber, 'Approval record', url);

        // Assess
        expect(await rig.linksOf(orderNumber)).toEqual([url]);
      });
    });

    if (extent === 'first half') {
      return;
    }

    describe('receipts and invoices', () => {
      it('adds up what came in parts', async () => {
        // Prepare
        const { orderNumber } = await order();
        const before = await rig.erp.readReceipts(orderNumber);

        // Act
        await rig.clerks.receiveGoods(orderNumber, { 'P-1001': '2' });
        const part = await rig.erp.readReceipts(orderNumber);
        await rig.clerks.receiveGoods(orderNumber);
        const all = await rig.erp.readReceipts(orderNumber);

        // Assess
        expect(before).toEqual([]);
        expect(part).toEqual([
          {
            receiptNumber: expect.any(String),
            orderNumber,
            receivedOn: TODAY,
            lines: [{ lineNumber: 1, quantity: '2' }],
          },
        ]);
        expect(new Set(all.map(({ receiptNumber }) => receiptNumber)).size).toBe(2);
        expect(received(all, 1)).toBe('5');
        expect(received(all, 2)).toBe('10');
      });

      it('shows an invoice from when it was entered, with lines of the order and charges told apart', async () => {
        // Prepare
        const { orderNumber } = await order();
        await rig.clerks.receiveGoods(orderNumber);
        const before = await rig.erp.readInvoices(orderNumber);

        // Act
        const invoiceId = await rig.clerks.enterInvoice(orderNumber, {
          reference: 'F-77',
          prices: { 'P-1001': '690.00' },
          charge: { description: 'Freight', amount: '55.50' },
        });
        const invoices = await rig.erp.readInvoices(orderNumber);

        // Assess
        expect(before).toEqual([]);
        expect(invoices).toHaveLength(1);
        expect(invoices[0]).toMatchObject({
          invoiceId,
          orderNumber,
          supplierReference: 'F-77',
          invoiceDate: TODAY,
          currency: 'CNY',
          state: 'entered',
          total: '4785.50',
        });
        const lines = invoices[0]?.lines ?? [];
        expect(
          lines.map((line) => [line.lineNumber, line.quantity, trimmed(line.unitPrice), trimmed(line.amount)]),
        ).toEqual([
          [1, '5', '690', '3450'],
          [2, '10', '128', '1280'],
          [undefined, '1', '55.5', '55.5'],
        ]);
        expect(lines[2]?.description).toBe('Freight');
      });

      it('shows a corrected invoice under the same identity', async () => {
        // Prepare
        const { orderNumber } = await order();
        await rig.clerks.receiveGoods(orderNumber);
        const invoiceId = await rig.clerks.enterInvoice(orderNumber, {
          reference: 'F-78',
          prices: { 'P-1001': '700.00' },
        });

        // Act
        await rig.clerks.correctInvoice(invoiceId, { reference: 'F-78', prices: { 'P-1001': '680.00' } });
        const invoices = await rig.erp.readInvoices(orderNumber);

        // Assess
        expect(invoices.map(({ invoiceId: id, state, total }) => [id, state, total])).toEqual([
          [invoiceId, 'entered', '4680.00'],
        ]);
      });
    });

    describe('a payment', () => {
      it('posts the invoice and goes through the payment run to the bank, and the order is done', async () => {
        // Prepare
        const { placed, invoiceId, amount } = await invoiced();
        const key = newKey('pay');

        // Act
        const requested = await pay(invoiceId, amount, key);
        const posted = await rig.erp.readInvoices(placed.orderNumber);
        const read = await rig.erp.readPayment(requested.paymentNumber);
        await rig.clerks.confirmPayment(requested.paymentNumber);
        const completed = await rig.erp.readPayment(requested.paymentNumber);
        const final = await rig.erp.readOrder(placed.orderNumber);

        // Assess
        expect(requested).toEqual({
          paymentNumber: expect.any(String),
          key,
          invoiceId,
          amount: { amount: '4680.00', currency: 'CNY' },
          state: 'processing',
        });
        expect(posted.map(({ state }) => state)).toEqual(['posted']);
        expect(read).toEqual(requested);
        expect(completed).toEqual({ ...requested, state: 'completed' });
        expect(final?.state).toBe('done');
        expect((await rig.erp.readInvoices(placed.orderNumber)).map(({ state }) => state)).toEqual(['paid']);
      });

      it('is the same one for the same key, also when eight callers ask at once', async () => {
        // Prepare
        const { invoiceId, amount } = await invoiced();
        const key = newKey('pay');
        const callers = Array.from({ length: CALLERS }, () => rig.another());
        const ask = { key, invoiceId, amount, date: TODAY };

        // Act
        const payments = await Promise.all(callers.map((erp) => insist(() => erp.requestPayment(ask))));
        const again = await rig.erp.requestPayment(ask);

        // Assess
        expect(new Set(payments.map(({ paymentNumber }) => paymentNumber))).toEqual(new Set([again.paymentNumber]));
        expect(await rig.paymentsWith(key)).toBe(1);
      });

      it('is refused when another sum was approved than the invoice shows, and nothing is posted', async () => {
        // Prepare
        const { placed, invoiceId } = await invoiced();
        const key = newKey('pay');

        // Act
        const paying = pay(invoiceId, { amount: '4679.99', currency: 'CNY' }, key);

        // Assess
        await expect(paying).rejects.toThrow(BusinessRuleError);
        await expect(paying).rejects.toMatchObject({ rule: 'payment-differs-from-invoice' });
        expect(await rig.paymentsWith(key)).toBe(0);
        expect((await rig.erp.readInvoices(placed.orderNumber)).map(({ state }) => state)).toEqual(['entered']);
      });

      it('that the bank refused stays failed, and a new key makes a new one', async () => {
        // Prepare
        const { invoiceId, amount } = await invoiced();
        const key = newKey('pay');
        const first = await pay(invoiceId, amount, key);
        await rig.clerks.failPayment(first.paymentNumber);

        // Act
        const same = await pay(invoiceId, amount, key);
        const next = await pay(invoiceId, amount);

        // Assess
        expect(same).toEqual({ ...first, state: 'failed' });
        expect(next.paymentNumber).not.toBe(first.paymentNumber);
        expect(next.state).toBe('processing');
      });

      it('is not there under a number that nobody gave', async () => {
        expect(await rig.erp.readPayment('no-such-payment')).toBeUndefined();
      });
    });

    describe('changes', () => {
      it('brings each fact at least once over restarts of the poller, and no history at the first look', async () => {
        // Prepare
        const earlier = await order();
        await rig.clerks.receiveGoods(earlier.orderNumber);
        const start = await rig.erp.changesSince(undefined);
        const placed = await order();
        const cancelled = await order();

        // Act
        await rig.clerks.receiveGoods(placed.orderNumber);
        const first = await rig.erp.changesSince(start.watermark);
        const invoiceId = await rig.clerks.enterInvoice(placed.orderNumber, { reference: 'F-9' });
        await rig.clerks.cancelOrder(cancelled.orderNumber);
        const second = await rig.another().changesSince(first.watermark);
        const lost = await rig.another().changesSince(first.watermark);
        const total = { amount: '4680.00', currency: 'CNY' };
        const { paymentNumber } = await pay(invoiceId, total);
        await rig.clerks.confirmPayment(paymentNumber);
        const third = await rig.another().changesSince(second.watermark);

        // Assess
        const [receipt] = await rig.erp.readReceipts(placed.orderNumber);
        expect(start.facts).toEqual([]);
        expect(pointers(first.facts)).toContainEqual({
          type: 'GoodsReceived',
          orderNumber: placed.orderNumber,
          receiptNumber: receipt?.receiptNumber,
        });
        const entered = { type: 'SupplierInvoiceReceived', orderNumber: placed.orderNumber, invoiceId };
        const givenUp = { type: 'PurchaseOrderCancelled', orderNumber: cancelled.orderNumber };
        // A watermark that was not stored, because the bus was down, brings the same facts again.
        for (const { facts } of [second, lost]) {
          expect(pointers(facts)).toContainEqual(entered);
          expect(pointers(facts)).toContainEqual(givenUp);
        }
        const paid = { type: 'PaymentCompleted', orderNumber: placed.orderNumber, paymentNumber };
        expect(pointers(third.facts)).toContainEqual(paid);
        const all = [...first.facts, ...second.facts, ...third.facts];
        expect(all.every(({ occurredAt }) => !Number.isNaN(Date.parse(occurredAt)))).toBe(true);
        expect(
          pointers(all).some(
            (fact) => fact.type === 'PurchaseOrderCancelled' && fact.orderNumber === placed.orderNumber,
          ),
        ).toBe(false);
      });

      it('comes to rest when nothing happens', async () => {
        // Prepare
        const { orderNumber } = await order();
        let watermark = (await rig.erp.changesSince(undefined)).watermark;
        await rig.clerks.receiveGoods(orderNumber);

        // Act
        const counts: number[] = [];
        for (let poll = 1; poll <= 4; poll++) {
          const changes = await rig.erp.changesSince(watermark);
          watermark = changes.watermark;
          counts.push(changes.facts.filter((fact) => orderOf(fact) === orderNumber).length);
        }

        // Assess
        expect(counts[0]).toBe(1);
        expect(counts.at(-1)).toBeLessThanOrEqual(1);
      });
    });
  });
}

function command(terms: Partial<CreateOrderCommand> = {}): CreateOrderCommand {
  return {
    key: newKey('order'),
    supplierCode: 'SUP-001',
    currency: 'CNY',
    orderDate: TODAY,
    description: '办公椅 chairs (OA-1)',
    costCentre: 'CC-100',
    lines: [
      { lineNumber: 1, productCode: 'P-1001', quantity: '5', unitPrice: '680.00' },
      { lineNumber: 2, productCode: 'P-1002', quantity: '10', unitPrice: '128.00' },
    ],
    ...terms,
  };
}

/** Without zeros at the end: prices may carry more or fewer of them. */
function trimmed(value: string): string {
  return add(value, '0');
}

function received(receipts: readonly { lines: readonly { lineNumber: number; quantity: string }[] }[], line: number) {
  return receipts
    .flatMap(({ lines }) => lines)
    .filter(({ lineNumber }) => lineNumber === line)
    .reduce((total, { quantity }) => add(total, quantity), '0');
}

type Pointer = Omit<ErpFact, 'occurredAt'> & { readonly orderNumber: PurchaseOrder['orderNumber'] | undefined };

function pointers(facts: readonly ErpFact[]): readonly Pointer[] {
  return facts.map(({ occurredAt: _when, ...pointer }) => ({ ...pointer, orderNumber: orderOf(pointer) }));
}
