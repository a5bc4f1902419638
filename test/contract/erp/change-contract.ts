/** Of the suite of every ERP: what happened since the last look. */
import { describe, expect, it } from 'vitest';
import type { ErpFact, PurchaseOrder } from '../../../functions/connectors/erp/port.ts';
import type { ErpSuite } from './erp-suite.ts';
import { orderOf } from './rig.ts';

export function describeChanges(suite: ErpSuite): void {
  const { order, pay } = suite;
  describe('changes', () => {
    it('brings each fact at least once over restarts of the poller, and no history at the first look', async () => {
      // Prepare
      const earlier = await order();
      await suite.rig.clerks.receiveGoods(earlier.orderNumber);
      const start = await suite.rig.erp.changesSince(undefined);
      const placed = await order();
      const cancelled = await order();

      // Act
      await suite.rig.clerks.receiveGoods(placed.orderNumber);
      const first = await suite.rig.erp.changesSince(start.watermark);
      const invoiceId = await suite.rig.clerks.enterInvoice(placed.orderNumber, { reference: 'F-9' });
      await suite.rig.clerks.cancelOrder(cancelled.orderNumber);
      const second = await suite.rig.another().changesSince(first.watermark);
      const lost = await suite.rig.another().changesSince(first.watermark);
      const total = { amount: '4680.00', currency: 'CNY' };
      const { paymentNumber } = await pay(invoiceId, total);
      await suite.rig.clerks.confirmPayment(paymentNumber);
      const third = await suite.rig.another().changesSince(second.watermark);

      // Assess
      const [receipt] = await suite.rig.erp.readReceipts(placed.orderNumber);
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
        pointers(all).some((fact) => fact.type === 'PurchaseOrderCancelled' && fact.orderNumber === placed.orderNumber),
      ).toBe(false);
    });

    it('comes to rest when nothing happens', async () => {
      // Prepare
      const { orderNumber } = await order();
      let watermark = (await suite.rig.erp.changesSince(undefined)).watermark;
      await suite.rig.clerks.receiveGoods(orderNumber);

      // Act
      const counts: number[] = [];
      for (let poll = 1; poll <= 4; poll++) {
        const changes = await suite.rig.erp.changesSince(watermark);
        watermark = changes.watermark;
        counts.push(changes.facts.filter((fact) => orderOf(fact) === orderNumber).length);
      }

      // Assess
      expect(counts[0]).toBe(1);
      expect(counts.at(-1)).toBeLessThanOrEqual(1);
    });
  });
}

type Pointer = Omit<ErpFact, 'occurredAt'> & { readonly orderNumber: PurchaseOrder['orderNumber'] | undefined };

function pointers(facts: readonly ErpFact[]): readonly Pointer[] {
  return facts.map(({ occurredAt: _when, ...pointer }) => ({ ...pointer, orderNumber: orderOf(pointer) }));
}
