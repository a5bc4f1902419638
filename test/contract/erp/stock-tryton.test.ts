/** @module-tag long */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTrytonStock } from '../../../functions/connectors/erp/tryton/tryton-stock.ts';
import { createStockClerk } from '../../../local/tryton/stock-clerk.ts';
import { insist, newKey } from './rig.ts';
import { describeStock, type StockRig } from './stock-contract.ts';
import { orderCommand } from './stock-order.ts';
import { openTrytonRig, type TrytonRig } from './tryton-rig.ts';

async function openStockRig(): Promise<StockRig & { readonly tryton: TrytonRig }> {
  const tryton = await openTrytonRig();
  const { server } = tryton;
  const { login: user, password } = server.logins.connector;
  const clerk = createStockClerk(server, server.logins);
  return {
    tryton,
    stock: createTrytonStock({
      credentials: async () => ({ url: server.url, database: server.database, user, password }),
    }),
    setPoint: ({ productCode }, minimum, target) => clerk.setPoint(productCode, minimum, target),
    takeOut: ({ productCode }, quantity) => clerk.takeOut(productCode, quantity),
    order: async (place, quantity, key) => {
      const command = orderCommand(place, quantity, key);
      return (await insist(() => tryton.erp.createOrder(command))).orderNumber;
    },
    receive: (order) => tryton.clerks.receiveGoods(order),
    cancel: (order) => tryton.erp.cancelOrder(order),
    close: () => tryton.close(),
  };
}

describeStock('the stock of Tryton', openStockRig);

describe('orders for a warehouse of Tryton', () => {
  let rig: Awaited<ReturnType<typeof openStockRig>>;
  beforeAll(async () => {
    rig = await openStockRig();
  });
  afterAll(async () => {
    await rig?.close();
  });

  it('refuses an order for a warehouse that Tryton does not have, and makes none', async () => {
    const key = newKey('order');
    const command = orderCommand({ productCode: 'P-1002', warehouse: 'NOWHERE' }, '1', key);

    await expect(rig.tryton.erp.createOrder(command)).rejects.toMatchObject({
      name: 'ConnectorPermanentError',
      message: expect.stringContaining('NOWHERE'),
    });

    expect(await rig.tryton.ordersWith(key)).toBe(0);
  });
});
