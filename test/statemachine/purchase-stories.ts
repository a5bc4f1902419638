import { expect } from 'vitest';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { INVOICE_STORIES } from './purchase-invoice-stories.ts';
import { event, heldUntilRetry, hold, payAll, returned, withoutAlarms } from './purchase-story-parts.ts';

/** Each story asserts what became of the purchase; together they take every way through the machines. */
export const STORIES = {
  'a purchase whose event comes twice is paid once': async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.submit({ ...event, metadata: { ...event.metadata, eventId: 'again' } });
    await payAll(world);
    return world;
  },
  'a requisition with a wrong total is refused': async () => {
    const world = new PurchaseWorld();
    await world.submit(requisitionEvent({ requisition: { total: '1.00' } }));
    expect(await world.head(event)).toMatchObject({ outcome: 'refused' });
    return world;
  },
  'a requisition for an unknown supplier is refused': async () => {
    const world = new PurchaseWorld();
    await world.submit(requisitionEvent({ requisition: { supplierCode: 'SUP-999' } }));
    expect(await world.head(event)).toMatchObject({ outcome: 'refused' });
    return world;
  },
  'a rejected order ends': async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.decide('E-2001', 'reject', 'Not now');
    expect(await world.head(event)).toMatchObject({ outcome: 'rejected' });
    return world;
  },
  'an interruption between approval and order leaves no order': async () => {
    const world = new PurchaseWorld({
      fault: (_, name) => (name === 'CreateOrder' && !isUp ? 'dies-before' : undefined),
    });
    let isUp = false;
    await world.submit(event);
    await world.approveOrder();
    await world.withdraw(event);
    isUp = true;
    await world.giveUpRetrying();
    expect(await world.head(event)).toMatchObject({ outcome: 'withdrawn' });
    expect(world.erp.allOrders()).toEqual([]);
    return world;
  },
  'a hold before the order waits for its release, and the withdrawal ends it': async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await hold(world);
    await world.approveOrder();
    expect(await world.head(event)).toMatchObject({ phase: 'On hold' });
    await world.withdraw(event);
    expect(await world.head(event)).toMatchObject({ outcome: 'withdrawn' });
    expect(world.erp.allOrders()).toEqual([]);
    return world;
  },
  'a hold that is over when the wait opens goes on with the order': async () => {
    const world = await heldUntilRetry('CreateOrder');
    expect(world.erp.allOrders()).toHaveLength(1);
    return world;
  },
  'a hold that is over when the wait opens goes on with the payment': async () => {
    const world = await heldUntilRetry('RequestPayment');
    expect(world.erp.allPayments()).toHaveLength(1);
    return world;
  },
  'a hold that nobody releases goes to the operators': async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await hold(world);
    await world.approveOrder();
    await world.advance(24 * 91);
    expect(await world.head(event)).toMatchObject({ phase: 'Waiting for an operator' });
    return world;
  },
  'a wait that was opened before its state failed is over when the purchase is': async () => {
    let waits = 0;
    const world = new PurchaseWorld({
      fault: (_, name) => {
        waits += name === 'AwaitFacts' ? 1 : 0;
        return name !== 'AwaitFacts' ? undefined : waits === 1 ? 'dies-after' : 'refused';
      },
    });
    await world.submit(event);
    await world.approveOrder();
    await world.giveUpRetrying();
    await world.decide('operators', 'cancel', 'Not worth the trouble');
    expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'cancelled', waits: {} });
    return world;
  },
  'goods that do not come are given up by an operator': async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.approveOrder();
    await world.advance(24 * 91);
    await world.decide('operators', 'cancel', 'The supplier is bankrupt');
    expect(await world.head(event)).toMatchObject({ outcome: 'cancelled' });
    expect(world.erp.allOrders()).toMatchObject([{ state: 'cancelled' }]);
    return world;
  },
  'goods that come in part are accepted by an operator': async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.approveOrder();
    world.erp.receiveGoods('PO-1', { 1: '5' });
    await world.poll();
    await world.advance(24 * 91);
    await world.decide('operators', 'skip', 'The rest will not come');
    expect(await world.head(event)).toMatchObject({ phase: 'Supplier invoice' });
    return world;
  },
  'waits whose alarms are lost end by the backstop of their state': async () => {
    const world = new PurchaseWorld();
    world.alarms.set = async () => undefined;
    await world.submit(event);
    await world.advance(24 * 101);
    expect(await world.head(event)).toMatchObject({ outcome: 'expired' });
    return world;
  },
  'a wait for goods whose alarms are lost keeps its deadline': () =>
    withoutAlarms(async (world) => {
      await world.submit(event);
      await world.approveOrder();
    }),
  'a wait for an invoice whose alarms are lost keeps its deadline': () =>
    withoutAlarms(async (world) => {
      await world.submit(event);
      await world.approveOrder();
      world.erp.receiveGoods('PO-1');
      await world.poll();
    }),
  'a wait for the bank whose alarms are lost keeps its deadline': () =>
    withoutAlarms(async (world) => {
      await world.submit(event);
      await world.approveOrder();
      await world.deliver();
      await world.decide('E-4002', 'approve');
    }),
  'a hold whose alarms are lost keeps its deadline': () =>
    withoutAlarms(async (world) => {
      await world.submit(event);
      await hold(world);
      await world.approveOrder();
    }),
  'an order whose cancellation fails at first is cancelled by a retry': async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.approveOrder();
    world.erp.fault = (operation) => (operation === 'cancelOrder' ? 'refuses' : undefined);
    await world.withdraw(event);
    world.erp.fault = () => undefined;
    await world.decide('operators', 'retry');
    expect(await world.head(event)).toMatchObject({ outcome: 'withdrawn' });
    expect(world.erp.allOrders()).toMatchObject([{ state: 'cancelled' }]);
    return world;
  },
  'an order that is cancelled in the ERP while the invoice is awaited ends the purchase': async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.approveOrder();
    world.erp.receiveGoods('PO-1');
    await world.poll();
    world.erp.cancelOrderInErp('PO-1');
    await world.poll();
    expect(await world.head(event)).toMatchObject({ outcome: 'cancelled' });
    return world;
  },
  'an invoice that never comes goes to the operators': async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.approveOrder();
    world.erp.receiveGoods('PO-1');
    await world.poll();
    await world.advance(24 * 91);
    await world.decide('operators', 'retry');
    world.erp.enterInvoice('PO-1');
    await world.poll();
    await world.pay();
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    return world;
  },
  ...INVOICE_STORIES,
  'a link that the ERP never takes is left out by an operator': async () => {
    const world = new PurchaseWorld({
      fault: (_, name) => (name === 'ClosePurchase' && !isUp ? 'refused' : undefined),
    });
    let isUp = false;
    await world.submit(event);
    await world.approveOrder();
    await world.deliver();
    await world.pay();
    isUp = true;
    await world.decide('operators', 'skip', 'The ERP is read-only over the new year');
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    expect(world.erp.links).toEqual([]);
    return world;
  },
  'an order that cannot be cancelled is left by an operator, and that is said': async () => {
    const world = new PurchaseWorld({ fault: (_, name) => (name === 'UndoPurchase' && !isUp ? 'refused' : undefined) });
    let isUp = false;
    await world.submit(event);
    await world.approveOrder();
    await world.withdraw(event);
    await world.decide('operators', 'skip', 'The buyer cancels it by hand');
    isUp = true;
    expect(await world.head(event)).toMatchObject({ outcome: 'withdrawn' });
    return world;
  },
  'a returned order is changed, refused twice, sent right, and paid': async () => {
    const world = await returned();
    await world.resubmit(event, { changes: { total: '1.00' }, eventId: 'wrong total' });
    await world.resubmit(event, { changes: { supplierCode: 'SUP-999' }, eventId: 'unknown supplier' });
    await world.resubmit(event, { eventId: 'right' });
    await payAll(world);
    return world;
  },
  'a returned order that nobody changes expires': async () => {
    const world = await returned();
    await world.advance(24 * 8);
    expect(await world.head(event)).toMatchObject({ outcome: 'expired' });
    return world;
  },
  'a returned order whose alarms are lost expires by the backstop of its state': async () => {
    const world = await returned();
    world.alarms.forgetAll();
    await world.advance(24 * 101);
    expect(await world.head(event)).toMatchObject({ outcome: 'expired' });
    return world;
  },
  'a returned order whose wait cannot be opened waits for an operator': async () => {
    let isDown = true;
    const world = await returned((name) => isDown && name === 'AwaitFacts');
    isDown = false;
    await world.decide('operators', 'retry');
    expect(await world.head(event)).toMatchObject({ phase: 'Rework' });
    return world;
  },
  'an operator who does not answer is asked again': async () => {
    const world = new PurchaseWorld();
    world.erp.fault = (operation) => (operation === 'findSupplier' ? 'refuses' : undefined);
    await world.submit(event);
    world.erp.fault = () => undefined;
    await world.advance(24 * 91);
    await world.decide('operators', 'retry');
    expect(await world.head(event)).toMatchObject({ phase: 'Order approval' });
    return world;
  },
} satisfies Readonly<Record<string, () => Promise<PurchaseWorld>>>;
