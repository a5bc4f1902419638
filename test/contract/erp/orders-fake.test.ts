import { FakeOrderDesk, FakeOrders } from '../../support/fake-orders.ts';
import { describeOrders } from './orders-contract.ts';

describeOrders('orders in memory', async () => {
  // Two on a page, so that there are several.
  const orders = new FakeOrders(2);
  const today = '2026-03-02';
  return { orders, desk: new FakeOrderDesk(orders, today), today, close: async () => {} };
});
