import { describe, expect, it } from 'vitest';
import { damagesOf, readRecordOf } from '../../../functions/audit/verify-record.ts';
import type { FollowedOrder, OrderReference } from '../../../functions/connectors/erp/orders-port.ts';
import { followOrder } from '../../../functions/orders/follow-order.ts';
import { listOrders } from '../../../functions/orders/list-orders.ts';
import { watchOrders } from '../../../functions/orders/watch-orders.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { FakeOrders } from '../../support/fake-orders.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const SALE: OrderReference = { kind: 'sales-order', orderNumber: 'SO00001' };
const PROCESS = 'SO-tryton-SO00001';

function saleOf(orderNumber: string, promisedOn?: string): FollowedOrder {
  return {
    ...({ kind: 'sales-order', orderNumber, state: 'open' } as const),
    customer: { code: 'CUS-001', name: 'Yangtze Pumps' },
    amount: { amount: '5122', currency: 'CNY' },
    reached: [{ stage: 'ordered', isWhole: true, on: '2026-03-01' }],
    ...(promisedOn === undefined ? {} : { promisedOn }),
  };
}

function rig(pageSize?: number) {
  const store = new MemoryStore();
  const orders = new FakeOrders(pageSize);
  const deps = { store, orders, clock: new SettableClock(), randomness: seededRandomness(1), system: 'tryton' };
  const typesOf = async () => (await store.readRecord(PROCESS)).map(({ type }) => type);
  const open = (limit = 10, after?: string) =>
    listOrders(store, { kind: 'sales-order', today: '2026-03-02', limit, ...(after === undefined ? {} : { after }) });
  return { store, orders, deps, typesOf, open };
}

describe('following an order', () => {
  it('records what it says once, however often it is told of, and what is new afterwards', async () => {
    const { store, orders, deps, typesOf } = rig();
    orders.set(saleOf('SO00001', '2026-03-14'));

    expect(await followOrder(deps, SALE)).toBe('recorded');
    expect(await followOrder(deps, SALE)).toBe('unchanged');
    orders.reach(SALE, { stage: 'shipped', isWhole: true, on: '2026-03-10' });
    expect(await followOrder(deps, SALE)).toBe('recorded');

    expect(await typesOf()).toEqual(['OrderFollowed', 'OrderStageReached', 'OrderStageReached']);
    const found = await readRecordOf(store, PROCESS);
    expect(found?.head.phase).toBe('shipped');
    expect(found && damagesOf(found.reading)).toEqual([]);
  });

  it('leaves out what is not ordered, and asks nothing of the ERP but to be read', async () => {
    const { orders, deps, typesOf } = rig();
    orders.set(saleOf('SO00001'), false);

    expect(await followOrder(deps, SALE)).toBe('not-ordered');

    expect(await typesOf()).toEqual([]);
    expect(new Set(orders.calls)).toEqual(new Set(['readOrder']));
  });

  it('begins no record of what was given up before anybody heard of it', async () => {
    const { orders, deps, typesOf } = rig();
    orders.set({ ...saleOf('SO00001'), state: 'cancelled' });

    expect(await followOrder(deps, SALE)).toBe('not-ordered');
    expect(await typesOf()).toEqual([]);
  });

  it('keeps what is open on a list, by what is promised first, and takes off what is done', async () => {
    const { orders, deps, open } = rig();
    for (const order of [saleOf('SO00001', '2026-03-14'), saleOf('SO00002', '2026-03-01'), saleOf('SO00003')]) {
      orders.set(order);
      await followOrder(deps, order);
    }
    const numbers = async () => (await open()).orders.map(({ order }) => order.orderNumber);
    expect(await numbers()).toEqual(['SO00002', 'SO00001', 'SO00003']);
    expect((await open()).orders.map(({ isLate }) => isLate)).toEqual([true, false, false]);
    const first = await open(2);
    expect((await open(2, first.next)).orders.map(({ order }) => order.orderNumber)).toEqual(['SO00003']);

    orders.change(SALE, { promisedOn: '2026-02-01' });
    await followOrder(deps, SALE);
    expect(await numbers()).toEqual(['SO00001', 'SO00002', 'SO00003']);
    orders.change(SALE, { state: 'closed' });
    await followOrder(deps, SALE);
    expect(await numbers()).toEqual(['SO00002', 'SO00003']);
  });

  it('takes no stage back because an answer of the ERP came late', async () => {
    const { orders, deps, typesOf } = rig();
    orders.set(saleOf('SO00001'));
    await followOrder(deps, SALE);
    const late = { ...deps, orders: new FakeOrders() };
    late.orders.set(saleOf('SO00001'));
    const { readOrder } = late.orders;
    let asked = 0;
    late.orders.readOrder = async (reference) => {
      asked += 1;
      // Before its first answer arrives, somebody else has read a newer one and recorded it.
      if (asked === 1) {
        orders.reach(SALE, { stage: 'shipped', isWhole: true });
        await followOrder(deps, SALE);
        return readOrder.call(late.orders, reference);
      }
      return orders.readOrder(reference);
    };

    expect(await followOrder(late, SALE)).toBe('unchanged');

    expect(asked).toBe(2);
    expect(await typesOf()).toEqual(['OrderFollowed', 'OrderStageReached', 'OrderStageReached']);
  });

  it('records an order once of which two workers hear at once', async () => {
    const { orders, deps, typesOf } = rig();
    orders.set(saleOf('SO00001'));

    await Promise.all([followOrder(deps, SALE), followOrder(deps, SALE)]);

    expect(await typesOf()).toEqual(['OrderFollowed', 'OrderStageReached']);
  });
});

describe('watching orders', () => {
  const until = new Date('2099-01-01T00:00:00Z');

  it('tells first of all that are open, page by page, and then of what was changed', async () => {
    const { orders, deps } = rig(2);
    const told: string[] = [];
    const queue = {
      send: async (reports: readonly { readonly detail: { readonly orderNumber: string } }[]) =>
        void told.push(...reports.map(({ detail }) => detail.orderNumber)),
    };
    for (const number of ['1', '2', '3', '4', '5']) {
      orders.set(saleOf(`SO0000${number}`));
    }

    await watchOrders({ ...deps, queue, until });
    expect(told).toEqual(['SO00001', 'SO00002', 'SO00003', 'SO00004', 'SO00005']);
    orders.change({ ...SALE, orderNumber: 'SO00004' }, { promisedOn: '2026-05-01' });
    await watchOrders({ ...deps, queue, until });

    expect(told.slice(5)).toEqual(['SO00004']);
  });

  it('goes on where it stopped when its time was over, and tells again what may not have been queued', async () => {
    const { orders, deps } = rig(2);
    const told: string[] = [];
    let isDown = true;
    const queue = {
      send: async (reports: readonly { readonly detail: { readonly orderNumber: string } }[]) => {
        told.push(...reports.map(({ detail }) => detail.orderNumber));
        if (isDown) {
          throw new Error('SQS is down');
        }
      },
    };
    for (const number of ['1', '2', '3']) {
      orders.set(saleOf(`SO0000${number}`));
    }

    await expect(watchOrders({ ...deps, queue, until })).rejects.toThrow('SQS is down');
    isDown = false;
    await watchOrders({ ...deps, queue, until: deps.clock.now() });
    await watchOrders({ ...deps, queue, until: deps.clock.now() });

    expect(told).toEqual(['SO00001', 'SO00002', 'SO00001', 'SO00002', 'SO00003']);
  });
});
