/** What the sales and production orders of every ERP behind the port say: one suite for the adapter and for orders in memory. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderReference, OrdersPort } from '../../../functions/connectors/erp/orders-port.ts';
import type { OrderKind } from '../../../functions/orders/domain/stages.ts';
import type { OrderDesk } from '../../../local/tryton/order-desk.ts';

export interface OrdersRig {
  readonly orders: OrdersPort;
  readonly desk: OrderDesk;
  /** `YYYY-MM-DD`, by the clerks' clocks. */
  readonly today: string;
  close(): Promise<void>;
}

const TRANSMITTER = { productCode: 'P-9001', quantity: '4', unitPrice: '1280.50' };
const PROMISED = '2031-03-14';

const sale = (orderNumber: string): OrderReference => ({ kind: 'sales-order', orderNumber });
const production = (orderNumber: string): OrderReference => ({ kind: 'production-order', orderNumber });

export function describeOrders(name: string, open: () => Promise<OrdersRig>): void {
  describe(name, () => {
    let rig: OrdersRig;
    beforeAll(async () => {
      rig = await open();
      // What is sold below lies in the warehouse.
      const stocked = await rig.desk.plan(TRANSMITTER.productCode, '20', PROMISED);
      await rig.desk.start(stocked);
      await rig.desk.finish(stocked);
    });
    afterAll(async () => {
      await rig?.close();
    });

    const sold = async () => {
      const number = await rig.desk.offer({ ...TRANSMITTER, promisedOn: PROMISED });
      await rig.desk.confirm(number);
      return number;
    };
    /** Numbers that a look tells of, and where the next one begins. */
    const look = async (kind: OrderKind, from: string | undefined) => {
      const numbers: string[] = [];
      let place = from;
      for (;;) {
        const page = await rig.orders.changedOrders(kind, place);
        numbers.push(...page.orders.map(({ orderNumber }) => orderNumber));
        place = page.next;
        if (page.isLast) {
          return { numbers, place };
        }
      }
    };

    it('knows an offer only once it is ordered, and no order that is not there', async () => {
      const number = await rig.desk.offer(TRANSMITTER);
      expect(await rig.orders.readOrder(sale(number))).toBeUndefined();
      expect(await rig.orders.readOrder(sale('SO99999'))).toBeUndefined();
      expect(await rig.orders.readOrder(production(number))).toBeUndefined();

      await rig.desk.confirm(number);

      const order = await rig.orders.readOrder(sale(number));
      expect(order).toMatchObject({ kind: 'sales-order', orderNumber: number, state: 'open' });
      expect(order).not.toHaveProperty('promisedOn');
    });

    it('says of a sale who ordered, for how much, when it is promised, and that it is ordered', async () => {
      const number = await sold();

      expect(await rig.orders.readOrder(sale(number))).toEqual({
        ...sale(number),
        customer: { code: 'CUS-001', name: '长江泵业有限公司 Yangtze Pumps Co., Ltd.' },
        amount: { amount: '5122', currency: 'CNY' },
        promisedOn: PROMISED,
        state: 'open',
        reached: [{ stage: 'ordered', isWhole: true, on: rig.today }],
      });
    });

    it('follows a sale through a delivery in two parts, and the invoices of both', async () => {
      const number = await sold();
      const stages = async () => (await rig.orders.readOrder(sale(number)))?.reached.slice(1);
      const today = { on: rig.today };

      await rig.desk.ship(number, '1');
      expect(await stages()).toEqual([{ stage: 'shipped', isWhole: false, ...today }]);
      await rig.desk.invoice(number);
      expect(await stages()).toEqual([
        { stage: 'shipped', isWhole: false, ...today },
        { stage: 'invoiced', isWhole: false, ...today },
      ]);
      await rig.desk.ship(number);
      expect(await stages()).toEqual([
        { stage: 'shipped', isWhole: true, ...today },
        { stage: 'invoiced', isWhole: false, ...today },
      ]);
      await rig.desk.invoice(number);
      expect(await stages()).toEqual([
        { stage: 'shipped', isWhole: true, ...today },
        { stage: 'invoiced', isWhole: true, ...today },
      ]);
      expect(await rig.orders.readOrder(sale(number))).toMatchObject({ state: 'closed' });
    });

    it('follows a production from its plan to the finished goods', async () => {
      const number = await rig.desk.plan('P-9001', '3', PROMISED);
      expect(await rig.orders.readOrder(production(number))).toEqual({
        ...production(number),
        product: { code: 'P-9001', name: '压力变送器 Pressure transmitter', quantity: '3', unit: 'Unit' },
        promisedOn: PROMISED,
        state: 'open',
        reached: [{ stage: 'ordered', isWhole: true }],
      });

      await rig.desk.start(number);
      const begun = { stage: 'in-production', isWhole: true, on: rig.today };
      expect((await rig.orders.readOrder(production(number)))?.reached.slice(1)).toEqual([begun]);
      await rig.desk.finish(number);

      expect(await rig.orders.readOrder(production(number))).toMatchObject({
        state: 'closed',
        reached: [{ stage: 'ordered' }, begun, { stage: 'finished', isWhole: true, on: rig.today }],
      });
    });

    it('says of what was given up that it is cancelled', async () => {
      const number = await rig.desk.plan('P-9001', '1', PROMISED);
      await rig.desk.giveUp(number);

      expect(await rig.orders.readOrder(production(number))).toMatchObject({ state: 'cancelled' });
    });

    it('tells first of all that is open, and then of each order that was changed, also by a delivery or an invoice', async () => {
      const shipped = await sold();
      const left = await sold();
      const made = await rig.desk.plan('P-9001', '2', PROMISED);
      const offered = await rig.desk.offer(TRANSMITTER);
      const first = await look('sales-order', undefined);
      const firstMade = await look('production-order', undefined);
      expect(first.numbers).toEqual(expect.arrayContaining([shipped, left]));
      expect(first.numbers).not.toContain(offered);
      expect(firstMade.numbers).toContain(made);

      await rig.desk.ship(shipped);
      expect((await look('sales-order', first.place)).numbers).toContain(shipped);
      await rig.desk.start(made);
      expect((await look('production-order', firstMade.place)).numbers).toContain(made);

      const second = await look('sales-order', first.place);
      await rig.desk.invoice(shipped);
      await rig.desk.confirm(offered);
      const third = await look('sales-order', second.place);

      expect(third.numbers).toEqual(expect.arrayContaining([shipped, offered]));
    });

    it('refuses a place that is not its own', async () => {
      await expect(rig.orders.changedOrders('sales-order', 'elsewhere')).rejects.toThrow();
    });
  });
}
