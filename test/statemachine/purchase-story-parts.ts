/** What the stories of purchases do again and again on their world. */
import { expect } from 'vitest';
import { updateProcess } from '../../functions/process/update-process.ts';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

/** The requisition of every story. */
export const event = requisitionEvent();

export async function payAll(world: PurchaseWorld): Promise<void> {
  await world.approveOrder();
  await world.deliver();
  await world.pay();
  expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
}

/** The manager returns the order; a function that is down refuses. */
export async function returned(isDown: (name: string) => boolean = () => false): Promise<PurchaseWorld> {
  const world = new PurchaseWorld({ fault: (_, name) => (isDown(name) ? 'refused' : undefined) });
  await world.submit(event);
  await world.returnIt('E-2001');
  return world;
}

export async function untilInvoiced(
  entry: Parameters<PurchaseWorld['erp']['enterInvoice']>[1] = {},
): Promise<PurchaseWorld> {
  const world = new PurchaseWorld();
  await world.submit(event);
  await world.approveOrder();
  world.erp.receiveGoods('PO-1');
  world.erp.enterInvoice('PO-1', entry);
  await world.poll();
  return world;
}

/** The alarm clock forgets everything: the backstops of the states take over. */
export async function withoutAlarms(story: (world: PurchaseWorld) => Promise<void>): Promise<PurchaseWorld> {
  const world = new PurchaseWorld();
  await story(world);
  world.alarms.forgetAll();
  await world.advance(24 * 101);
  expect(await world.head(event)).toMatchObject({ phase: 'Waiting for an operator' });
  expect((await world.entryTypes(event)).filter((type) => type === 'WaitExpired')).toHaveLength(1);
  return world;
}

export async function hold(world: PurchaseWorld): Promise<void> {
  const placed = { holdId: 'h-1', placedBy: 'E-3003', reason: 'Under review', placedAt: '2026-01-01T00:00:00.000Z' };
  await setHolds(world, [placed]);
}

async function setHolds(world: PurchaseWorld, holds: readonly Parameters<typeof JSON.stringify>[0][]): Promise<void> {
  const { processId } = await world.head(event);
  await updateProcess(world.decisionDeps(), processId, () => ({ change: { entries: [], holds }, output: undefined }));
}

/** The step finds a hold; the wait for its release cannot be opened until the hold is gone. */
export async function heldUntilRetry(step: 'CreateOrder' | 'RequestPayment'): Promise<PurchaseWorld> {
  let isHeld = false;
  const world = new PurchaseWorld({
    fault: (_, name) => (name === 'AwaitFacts' && isHeld ? 'refused' : undefined),
  });
  await world.submit(event);
  if (step === 'RequestPayment') {
    await world.approveOrder();
    await world.deliver();
  }
  isHeld = true;
  await hold(world);
  await (step === 'CreateOrder' ? world.approveOrder() : world.decide('E-4002', 'approve'));
  isHeld = false;
  await setHolds(world, []);
  await world.decide('operators', 'retry');
  return world;
}

/** The step is refused once when the dearer invoice comes; an operator tries again. */
export async function mismatchAfterRefusal(step: 'RouteApproval' | 'OpenLevel'): Promise<PurchaseWorld> {
  let isDown = false;
  const world = new PurchaseWorld({
    fault: (_, name) => {
      const isVictim = isDown && name === step;
      isDown &&= !isVictim;
      return isVictim ? 'refused' : undefined;
    },
  });
  await world.submit(event);
  await world.approveOrder();
  world.erp.receiveGoods('PO-1');
  world.erp.enterInvoice('PO-1', { prices: { 1: '720.00' } });
  isDown = true;
  await world.poll();
  await world.decide('operators', 'retry');
  await world.decide('E-4001', 'accept', 'Agreed');
  await world.pay();
  expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
  return world;
}
