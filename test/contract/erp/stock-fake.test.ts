import { ORDER_POINT } from '../../../local/tryton/company-data.ts';
import { FakeErp } from '../../support/fake-erp.ts';
import { FakeStock, pointOf } from '../../support/fake-stock.ts';
import { describeStock } from './stock-contract.ts';
import { orderCommand } from './stock-order.ts';

describeStock('stock in memory', async () => {
  const erp = new FakeErp({ clock: { now: () => new Date() } });
  const { product, minimum, target } = ORDER_POINT;
  const paper = pointOf({ productCode: product, warehouse: 'WH' }, String(minimum), String(target));
  // Two on a page, so that there are several.
  const stock = new FakeStock([paper], erp, 2);
  return {
    stock,
    setPoint: async (place, least, most) => stock.add(pointOf(place, least, most)),
    takeOut: async (place, quantity) => stock.move(place, `-${quantity}`),
    order: async (place, quantity, key) => (await erp.createOrder(orderCommand(place, quantity, key))).orderNumber,
    receive: async (order) => erp.receiveGoods(order),
    cancel: (order) => erp.cancelOrder(order),
    close: async () => {},
  };
});
