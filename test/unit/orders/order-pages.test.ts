import { describe, expect, it } from 'vitest';
import { readingsOf } from '../../../functions/audit/note-read.ts';
import type { FollowedOrder } from '../../../functions/connectors/erp/orders-port.ts';
import { createStoreDirectory } from '../../../functions/directory/store-directory.ts';
import { followOrder } from '../../../functions/orders/follow-order.ts';
import { createOrderPages } from '../../../functions/orders/order-pages.tsx';
import { FakeOrders } from '../../support/fake-orders.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { visitorsOf } from '../../support/visitors.ts';

const LATE: FollowedOrder = {
  ...{ kind: 'sales-order', orderNumber: 'SO00001', state: 'open', promisedOn: '2020-01-01' },
  customer: { code: 'CUS-001', name: '<b>Yangtze</b>' },
  amount: { amount: '5122', currency: 'CNY' },
  reached: [
    { stage: 'ordered', isWhole: true, on: '2019-12-01' },
    { stage: 'shipped', isWhole: false, on: '2019-12-30' },
  ],
};
const MADE: FollowedOrder = {
  ...{ kind: 'production-order', orderNumber: 'MO00001', state: 'open', promisedOn: '2099-01-01' },
  product: { code: 'P-9001', name: 'Transmitter', quantity: '3', unit: 'Unit' },
  reached: [{ stage: 'ordered', isWhole: true }],
};

/** The head of a department, and somebody of it who is none. */
const HEAD = 'E-3001';
const CLERK = 'E-1001';

async function openOrders(count = 1) {
  const world = new PurchaseWorld();
  const inMemory = world.urgeDeps();
  const directory = createStoreDirectory(world.store, inMemory.directory);
  const orders = new FakeOrders();
  const deps = { ...inMemory, directory, timeZone: 'Asia/Shanghai' };
  const follow = { ...deps, orders, system: 'tryton' };
  const all = Array.from({ length: count }, (_, index) => ({ ...LATE, orderNumber: `SO${10_001 + index}` }));
  for (const order of [LATE, MADE, ...all.slice(1)]) {
    orders.set(order);
    await followOrder(follow, order);
  }
  return { world, orders, follow, ...visitorsOf(deps, createOrderPages(deps)) };
}

describe('the pages of orders', () => {
  it('show whoever heads a department what is open, how far it is, and what is late', async () => {
    const { signIn } = await openOrders();
    const head = await signIn(HEAD);

    const { text: page, status } = await head.get('/orders');

    expect(status).toBe(200);
    expect(page).toContain('SO00001');
    expect(page).toContain('&lt;b&gt;Yangtze&lt;/b&gt;');
    expect(page).toMatch(/class="tag bad">(Late|逾期)/);
    expect(page).not.toContain('MO00001');
    const made = await head.get('/orders?kind=production-order');
    expect(made.text).toContain('MO00001');
    expect(made.text).not.toMatch(/class="tag bad">/);
  });

  it('show what happened to an order, as running until the ERP says that it is done', async () => {
    const { signIn, orders, follow } = await openOrders();
    const head = await signIn(HEAD);

    expect((await head.get('/orders/SO-tryton-SO00001?lang=en')).text).toContain('Running');
    orders.change(LATE, { state: 'closed' });
    await followOrder(follow, LATE);

    const { text: page } = await head.get('/orders/SO-tryton-SO00001?lang=en');
    expect(page).toContain('Shipped in part on 2019-12-30');
    expect(page).not.toContain('Running');
  });

  it('note who reads the record of an order, and who is refused, before anything is shown', async () => {
    const { signIn, world } = await openOrders();
    const day = world.engine.now().toISOString().slice(0, 10);

    await (await signIn(HEAD)).get('/orders/SO-tryton-SO00001');
    await (await signIn(CLERK)).get('/orders/SO-tryton-SO00001');

    expect(await readingsOf(world.store, 'SO-tryton-SO00001', day)).toMatchObject([
      { type: 'RecordRead', actor: { kind: 'person', id: HEAD } },
    ]);
    expect(await world.store.readRecord('orders')).toMatchObject([
      { type: 'OrdersRefused', actor: { kind: 'person', id: CLERK }, facts: { employeeId: CLERK } },
    ]);
  });

  it('go on to a further page where there are many', async () => {
    const { signIn } = await openOrders(30);
    const head = await signIn(HEAD);

    const first = (await head.get('/orders')).text;
    const [, next = ''] = /href="([^"]*after=[^"]*)"/.exec(first) ?? [];
    const second = (await head.get(next.replaceAll('&amp;', '&'))).text;

    expect(first.match(/SO\d{5}/g)).toBeTruthy();
    expect(second).toContain('SO10030');
    expect(first).not.toContain('SO10030');
  });

  it('show others nothing, and nobody a process that is no order', async () => {
    const { signIn, visit } = await openOrders();
    const clerk = await signIn(CLERK);

    expect((await clerk.get('/orders')).status).toBe(403);
    expect((await clerk.get('/orders/SO-tryton-SO00001')).status).toBe(403);
    expect((await (await signIn(HEAD)).get('/orders/P2P-1')).status).toBe(404);
    expect((await visit('/orders')).status).toBe(302);
    expect((await (await signIn(CLERK, ['auditor'])).get('/orders')).status).toBe(200);
  });
});
