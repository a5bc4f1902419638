/** The first half of the suite of every ERP: what is asked before ordering, and orders. */
import { describe, expect, it } from 'vitest';
import { BusinessRuleError } from '../../../functions/runtime/errors.ts';
import { command, type ErpSuite, TODAY, trimmed } from './erp-suite.ts';
import { insist, newKey } from './rig.ts';

/** Racing callers. */
const CALLERS = 8;

export function describeOrdering(suite: ErpSuite): void {
  const { order } = suite;
  describe('facts before ordering', () => {
    it('knows a supplier by its code, and says nothing about one that does not exist', async () => {
      expect(await suite.rig.erp.findSupplier('SUP-003')).toEqual({
        code: 'SUP-003',
        name: 'Pacific Instruments Inc.',
      });
      expect(await suite.rig.erp.findSupplier('SUP-999')).toBeUndefined();
    });

    it('gives products in the order asked for, with unit, stock and the price of this supplier, and leaves unknown ones out', async () => {
      // Act
      const products = await suite.rig.erp.findProducts(['P-9999', 'P-4001', 'P-1001', 'P-2001', 'P-5001'], 'SUP-002');

      // Assess
      const plain = products.map(({ supplierPrice, ...rest }) => ({
        ...rest,
        ...(supplierPrice === undefined ? {} : { price: `${trimmed(supplierPrice.amount)} ${supplierPrice.currency}` }),
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
        ['CNY', 'USD', 'EUR', 'JPY', 'ZZZ'].map((code) => suite.rig.erp.exchangeRate(code, TODAY)),
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
      const created = await insist(() => suite.rig.erp.createOrder(asked));

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
      expect(await suite.rig.erp.readOrder(created.orderNumber)).toEqual(created);
      expect(await suite.rig.erp.findOrder(asked.key)).toEqual(created);
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
      expect(await suite.rig.erp.readOrder('no-such-order')).toBeUndefined();
      expect(await suite.rig.erp.findOrder(newKey('order'))).toBeUndefined();
    });

    it('is the same one for the same key, and another one for another key', async () => {
      // Prepare
      const asked = command();

      // Act
      const first = await insist(() => suite.rig.erp.createOrder(asked));
      const again = await insist(() => suite.rig.another().createOrder(asked));
      const other = await order();

      // Assess
      expect(again).toEqual(first);
      expect(other.orderNumber).not.toBe(first.orderNumber);
      expect(await suite.rig.ordersWith(asked.key)).toBe(1);
    });

    it('is one when eight callers ask for it at once', async () => {
      // Prepare
      const asked = command();
      const callers = Array.from({ length: CALLERS }, () => suite.rig.another());

      // Act
      const orders = await Promise.all(callers.map((erp) => insist(() => erp.createOrder(asked))));

      // Assess
      expect(new Set(orders.map(({ orderNumber }) => orderNumber)).size).toBe(1);
      expect(await suite.rig.ordersWith(asked.key)).toBe(1);
    });

    it('can be cancelled before anything came, twice as well as once', async () => {
      // Prepare
      const { orderNumber } = await order();

      // Act
      await suite.rig.erp.cancelOrder(orderNumber);
      await suite.rig.another().cancelOrder(orderNumber);

      // Assess
      expect(await suite.rig.erp.readOrder(orderNumber)).toMatchObject({ orderNumber, state: 'cancelled' });
    });

    it('stays when goods were received', async () => {
      // Prepare
      const { orderNumber } = await order();
      await suite.rig.clerks.receiveGoods(orderNumber, { 'P-1001': '1' });

      // Act
      const cancelling = suite.rig.erp.cancelOrder(orderNumber);

      // Assess
      await expect(cancelling).rejects.toThrow(BusinessRuleError);
      await expect(cancelling).rejects.toMatchObject({ rule: 'order-already-received' });
      expect(await suite.rig.erp.readOrder(orderNumber)).toMatchObject({ state: 'confirmed' });
    });

    it('carries the link to its record once, however often it is left', async () => {
      // Prepare
      const { orderNumber } = await order();
      const url = `https://meridian.example/record/${orderNumber}?key=abc`;

      // Act
      await suite.rig.erp.linkRecord(orderNumber, 'Approval record', url);
      await suite.rig.another().linkRecord(orderNumber, 'Approval record', url);

      // Assess
      expect(await suite.rig.linksOf(orderNumber)).toEqual([url]);
    });
  });
}
