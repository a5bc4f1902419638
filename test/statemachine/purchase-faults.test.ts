import { describe, expect, it } from 'vitest';
import type { ErpPort } from '../../functions/connectors/erp/port.ts';
import type { Fault } from '../support/process-world.ts';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const event = requisitionEvent();

/** The story with everybody doing their part at once; what needs time gets it. */
async function play(world: PurchaseWorld): Promise<void> {
  await world.submit(event);
  await world.giveUpRetrying();
  await world.decide('E-2001', 'approve');
  await world.giveUpRetrying();
  await world.decide('E-3001', 'approve');
  await world.giveUpRetrying();
  await world.deliver();
  await world.giveUpRetrying();
  await world.decide('E-4002', 'approve');
  await world.giveUpRetrying();
  world.erp.confirmPayment('PAY-1');
  await world.poll();
  await world.giveUpRetrying();
}

/** What no fault may break. */
async function expectPaidOnce(world: PurchaseWorld): Promise<void> {
  expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'paid', waits: {} });
  expect(await world.damages(event)).toEqual([]);
  expect(world.erp.allOrders()).toMatchObject([{ state: 'done' }]);
  expect(world.erp.allPayments()).toMatchObject([{ state: 'completed', amount: { amount: '5960.00' } }]);
  // Told at least once; the OA knows a repetition by its id.
  const finals = world.notices.filter((notice) => notice.facts.final === true).map((notice) => notice.messageId);
  expect(new Set(finals).size).toBe(1);
  expect(world.store.effects()).toEqual([]);
}

describe('a function that dies', () => {
  const calls = callsOfThePlay();

  it.each<Fault>(['dies-before', 'dies-after'])(
    'at any one of its calls (%s its work) costs nothing but time',
    async (fault) => {
      const total = (await calls).length;
      for (let victim = 1; victim <= total; victim += 1) {
        const world = new PurchaseWorld({ fault: (call) => (call === victim ? fault : undefined), seed: victim });

        await play(world);

        await expectPaidOnce(world);
      }
      expect(total).toBeGreaterThanOrEqual(15);
    },
  );
});

describe('a store that fails', () => {
  it.each(['before', 'after'] as const)('%s any one commit costs nothing but time', async (when) => {
    const healthy = new PurchaseWorld();
    await play(healthy);
    const total = healthy.store.commits;

    for (let victim = 1; victim <= total; victim += 1) {
      const world = new PurchaseWorld({ seed: victim });
      world.store.commitFault = (commit) => (commit === victim ? when : undefined);

      await persist(world);

      await expectPaidOnce(world);
    }
    expect(total).toBeGreaterThan(40);
  });
});

describe('the engine of the state machines', () => {
  it('killed and started again at every wait goes on', async () => {
    const world = new PurchaseWorld();
    const kill = () => world.engine.restart();

    await world.submit(event);
    await kill();
    await world.decide('E-2001', 'approve');
    await kill();
    await world.decide('E-3001', 'approve');
    await kill();
    await world.deliver();
    await kill();
    await world.pay();
    await kill();

    await expectPaidOnce(world);
  });
});

describe('an ERP', () => {
  it.each<keyof ErpPort>(['createOrder', 'requestPayment', 'linkRecord'])(
    'that does the work of %s and loses the reply, every third time, makes one order and one payment',
    async (operation) => {
      const world = new PurchaseWorld();
      world.erp.fault = (called, call) => (called === operation && call % 3 !== 0 ? 'lost-reply' : undefined);

      await play(world);

      await expectPaidOnce(world);
    },
  );

  it('that is down for longer than all retries waits for an operator, and goes on when it is up', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    world.erp.fault = () => 'down';
    await world.approveOrder();
    await world.giveUpRetrying();
    expect(await world.head(event)).toMatchObject({ status: 'running', phase: 'Waiting for an operator' });
    const mail = world.mails.findLast(({ to }) => to === 'operators@meridian.example');
    expect(mail?.text).toContain('the ERP is down');

    world.erp.fault = () => undefined;
    await world.decide('operators', 'retry');

    expect((await world.head(event)).phase).toBe('Goods receipt');
    await world.deliver();
    await world.pay();
    await expectPaidOnce(world);
  });

  it('that refuses for good waits for an operator, who cancels, and everybody is told', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    world.erp.fault = (operation) => (operation === 'createOrder' ? 'refuses' : undefined);
    await world.approveOrder();
    const mail = world.mails.findLast(({ to }) => to === 'operators@meridian.example');
    expect(mail?.text).toContain('the fiscal year is closed');

    await world.decide('operators', 'cancel', 'The year is closed; file it again in January');

    expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'cancelled' });
    expect(world.notices.at(-1)).toMatchObject({ status: 'cancelled' });
    expect(world.notices.at(-1)?.text.en).toContain('file it again in January');
    expect(world.erp.allOrders().filter(({ state }) => state !== 'cancelled')).toEqual([]);
  });

  it('in which somebody changed the order before its reply came is not believed: the operators are asked', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    world.erp.fault = (operation) => (operation === 'createOrder' ? 'lost-reply' : undefined);
    await world.approveOrder();
    world.erp.fault = () => undefined;
    const [order] = world.erp.allOrders();
    const dearer = (order?.lines ?? []).map((line) => ({ ...line, unitPrice: '6800.00' }));
    world.erp.changeOrder('PO-1', { lines: dearer });

    await world.giveUpRetrying();

    expect(await world.head(event)).toMatchObject({ phase: 'Waiting for an operator' });
    expect(world.mails.at(-1)?.text).toContain('PO-1 is not what was approved');
    await world.decide('operators', 'cancel', 'The buyer ordered by mistake');
    expect(await world.head(event)).toMatchObject({ outcome: 'cancelled' });
    expect(world.erp.allOrders()).toMatchObject([{ state: 'cancelled' }]);
  });

  it('whose bank refuses the payment asks an operator, and the retry pays once', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.approveOrder();
    await world.deliver();
    await world.decide('E-4002', 'approve');

    world.erp.failPayment('PAY-1');
    await world.poll();
    await world.decide('operators', 'retry');

    const states = () => world.erp.allPayments().map(({ state }) => state);
    expect(states()).toEqual(['failed', 'processing']);
    world.erp.confirmPayment('PAY-2');
    await world.poll();
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    expect(states()).toEqual(['failed', 'completed']);
  });
});

describe('an OA that is down', () => {
  it('gets every answer when it is up again', async () => {
    const world = new PurchaseWorld();
    world.oaIsDown = true;
    await world.submit(event);
    await world.approveOrder();
    await world.deliver();
    await world.pay();
    expect(world.notices).toEqual([]);

    world.oaIsDown = false;
    await world.advance(1);
    await world.sweep();

    expect(world.told()).toEqual([
      'accepted',
      'approved',
      'ordered',
      'received',
      'matched',
      'payment-requested',
      'paid',
    ]);
    await expectPaidOnce(world);
  });
});

/** A story whose deeds are repeated by those who do them when they fail, as people and queues do. */
async function persist(world: PurchaseWorld): Promise<void> {
  await world.persist(() => world.submit(event));
  await world.persist(() => world.decide('E-2001', 'approve'));
  await world.persist(() => world.decide('E-3001', 'approve'));
  world.erp.receiveGoods('PO-1');
  world.erp.enterInvoice('PO-1');
  await world.persist(() => world.poll());
  await world.persist(() => world.decide('E-4002', 'approve'));
  world.erp.confirmPayment('PAY-1');
  await world.persist(() => world.poll());
}

async function callsOfThePlay(): Promise<readonly string[]> {
  const world = new PurchaseWorld();
  await play(world);
  return world.calls;
}
