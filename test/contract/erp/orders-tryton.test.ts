/** @module-tag long */
import { createTrytonOrders } from '../../../functions/connectors/erp/tryton/tryton-orders.ts';
import { companyToday, createOrderDesk } from '../../../local/tryton/order-desk.ts';
import { describeOrders } from './orders-contract.ts';
import { openTrytonRig } from './tryton-rig.ts';

describeOrders('the orders of Tryton', async () => {
  const tryton = await openTrytonRig();
  const { server } = tryton;
  const { login: user, password } = server.logins.connector;
  return {
    orders: createTrytonOrders({
      credentials: async () => ({ url: server.url, database: server.database, user, password }),
      clock: { now: () => new Date() },
    }),
    desk: createOrderDesk(server, server.logins),
    today: companyToday(),
    close: () => tryton.close(),
  };
});
