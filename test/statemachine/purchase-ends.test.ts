import { describe, expect, it } from 'vitest';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

/** What must hold at every end that is not a payment. */
async function expectEnd(world: PurchaseWorld, outcome: string): Promise<void> {
  const event = requisitionEvent();
  expect(await world.head(event)).toMatchObject({ status: 'ended', outcome, waits: {} });
  expect(await world.damages(event)).toEqual([]);
  expect(world.erp.allPayments()).toEqual([]);
  expect(world.store.effects()).toEqual([]);
  expect(world.engine.executions().every(({ status }) => status === 'SUCCEEDED')).toBe(true);
  const final = world.notices.at(-1);
  expect(final?.facts).toMatchObject({ final: true, outcome });
  expect(world.mails.at(-1)?.to).toBe('li.na@meridian.example');
}

describe('a purchase that is rejected', () => {
  it('ends without an order, and its reason reaches the OA and the requester', async () => {
    const world = new PurchaseWorld();
    await world.submit(requisitionEvent());
    await world.decide('E-2001', 'approve');

    await world.decide('E-3001', 'reject', 'The budget of this year is spent');

    await expectEnd(world, 'rejected');
    expect(world.erp.allOrders()).toEqual([]);
    expect(world.notices.at(-1)?.text.en).toContain('The budget of this year is spent');
    expect(world.mails.at(-1)?.text).toContain('The budget of this year is spent');
  });
});

describe('a purchase that its requester withdraws', () => {
  it('ends while it is being approved; the link of the approver says so', async () => {
    const world = new PurchaseWorld();
    await world.submit(requisitionEvent());

    expect(await world.withdraw(requisitionEvent())).toBe('withdrawn');

    await expectEnd(world, 'withdrawn');
    expect(world.erp.allOrders()).toEqual([]);
    expect(await world.decide('E-2001', 'approve')).toMatchObject({ kind: 'refused' });
    expect(world.erp.allOrders()).toEqual([]);
  });

  it('has its order cancelled in the ERP while nothing was received', async () => {
    const world = new PurchaseWorld();
    await world.submit(requisitionEvent());
    await world.approveOrder();

    await world.withdraw(requisitionEvent());

    await expectEnd(world, 'withdrawn');
    expect(world.erp.allOrders()).toMatchObject([{ state: 'cancelled' }]);
    expect(await world.entryTypes(requisitionEvent())).toContain('OrderCancelled');
  });

  it('goes on when goods were received, and the OA is told why', async () => {
    const world = new PurchaseWorld();
    await world.poll();
    await world.submit(requisitionEvent());
    await world.approveOrder();
    world.erp.receiveGoods('PO-1', { 1: '1' });
    await world.poll();

    expect(await world.withdraw(requisitionEvent())).toBe('refused');

    expect(await world.head(requisitionEvent())).toMatchObject({ status: 'running', phase: 'Goods receipt' });
    expect(world.notices.at(-1)).toMatchObject({ status: 'withdrawal-refused' });
    expect(world.notices.at(-1)?.text.en).toContain('Goods have been received');
  });

  it('goes on when somebody else tries to withdraw it', async () => {
    const world = new PurchaseWorld();
    await world.submit(requisitionEvent());

    expect(await world.withdraw(requisitionEvent(), 'E-1002')).toBe('refused');

    expect((await world.head(requisitionEvent())).status).toBe('running');
    expect(await world.entryTypes(requisitionEvent())).toContain('WithdrawalRefused');
  });
});

describe('a purchase whose order is cancelled in the ERP', () => {
  it('ends, and says so', async () => {
    const world = new PurchaseWorld();
    await world.poll();
    await world.submit(requisitionEvent());
    await world.approveOrder();

    world.erp.cancelOrderInErp('PO-1');
    await world.poll();

    await expectEnd(world, 'cancelled');
    expect(await world.entryTypes(requisitionEvent())).toContain('PurchaseOrderCancelled');
  });
});

describe('an approval that nobody answers', () => {
  it('is reminded, escalated to the manager, and expires without having approved anything', async () => {
    const world = new PurchaseWorld();
    await world.submit(requisitionEvent());

    await world.advance(24);
    expect(await world.entryTypes(requisitionEvent())).toContain('LevelReminded');
    await world.advance(24);
    expect(await world.entryTypes(requisitionEvent())).toContain('LevelEscalated');
    expect(world.mails.map((mail) => mail.to)).toContain('chen.jing@meridian.example');
    await world.advance(72);

    await expectEnd(world, 'expired');
    expect(world.erp.allOrders()).toEqual([]);
  });

  it('can be decided by the one it was escalated to', async () => {
    const world = new PurchaseWorld();
    await world.submit(requisitionEvent());
    await world.advance(48);

    expect(await world.decide('E-3001', 'approve')).toMatchObject({ kind: 'decided' });

    expect(await world.entryTypes(requisitionEvent())).toContain('DecisionMade');
  });
});

describe('goods that do not come', () => {
  it('remind the buyer, then the manager of the buyer, then ask the operators; what came may be accepted', async () => {
    const world = new PurchaseWorld();
    await world.poll();
    await world.submit(requisitionEvent());
    await world.approveOrder();
    world.erp.receiveGoods('PO-1', { 1: '5' });
    await world.poll();
    const mailsTo = (address: string) => world.mails.filter((mail) => mail.to === address);

    await world.advance(24 * 91);

    expect(mailsTo('sun.li@meridian.example').length).toBeGreaterThanOrEqual(2);
    expect(await world.entryTypes(requisitionEvent())).toContain('WaitEscalated');
    expect(mailsTo('operators@meridian.example').length).toBeGreaterThanOrEqual(1);
    await world.decide('operators', 'skip', 'The supplier has stopped making the paper');
    expect((await world.head(requisitionEvent())).phase).toBe('Supplier invoice');
    world.erp.enterInvoice('PO-1');
    await world.poll();
    await world.pay();
    expect(world.erp.allPayments()).toMatchObject([{ amount: { amount: '3400.00' } }]);
    expect((await world.head(requisitionEvent())).outcome).toBe('paid');
  });
});
