/** After the steps everybody does their part, until the purchase has ended. */
import { versionOf } from '../../../functions/process/domain/process.ts';
import type { PurchaseHead } from '../../../functions/procurement/domain/purchase.ts';
import type { RequisitionEvent } from '../../support/purchase-company.ts';
import { attempt, bank } from './take-step.ts';
import type { ChaosWorld } from './world.ts';

/** @param rounds - how long they try at most */
export async function finish(world: ChaosWorld, event: RequisitionEvent, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const head = await world.head(event).catch(() => undefined);
    if (head?.status === 'ended' && world.failedExecutions().length === 0) {
      return;
    }
    await attempt(() => mend(world, round));
    if (head !== undefined) {
      await attempt(() => world.operate(head.processId, 'release'));
    }
    await attempt(() => world.poll());
    await attempt(() => world.sweep());
    if (head !== undefined) {
      await attempt(() => help(world, event, head, round));
    }
    // Every few rounds long enough for a lost alarm, a reminder, or an expiry.
    await attempt(() => world.advance(round % 10 === 9 ? 24 * 30 : 3));
    world.post.beat();
  }
}

/** An operator sends dead letters on, and redrives executions that have failed. */
async function mend(world: ChaosWorld, round: number): Promise<void> {
  if (round % 3 === 2) {
    world.post.redrive();
  }
  await world.redriveFailed();
}

async function help(world: ChaosWorld, event: RequisitionEvent, head: PurchaseHead, round: number): Promise<void> {
  const kinds = Object.values(head.waits).map(({ kind }) => kind);
  if (kinds.includes('approval')) {
    await answer(world, round);
  }
  if (kinds.includes('rework')) {
    await world.resubmit(event, { version: versionOf(head), eventId: `round ${round}` });
  }
  const order = world.erp.allOrders().find(({ state }) => state !== 'cancelled');
  if (order === undefined) {
    return;
  }
  if (kinds.includes('goods-receipt')) {
    world.erp.receiveGoods(order.orderNumber);
  }
  if (kinds.includes('supplier-invoice')) {
    for (const invoiceId of world.erp.openInvoices()) {
      world.erp.correctInvoice(invoiceId, {});
    }
    world.erp.enterInvoice(order.orderNumber);
  }
  if (kinds.includes('payment')) {
    bank(world, 0, true);
  }
}

/** Whoever holds the newest link says what goes on with the purchase; what is refused, another word may do. */
async function answer(world: ChaosWorld, round: number): Promise<void> {
  const words =
    round > 40 ? ['cancel', 'skip', 'retry', 'approve', 'correct'] : ['approve', 'accept', 'retry', 'correct', 'skip'];
  for (const link of world.allLinks().slice(-6).reverse()) {
    await world.finishTasks(link);
    for (const action of words) {
      const result = await world.decideByLink(link, action, 'to its end');
      if (result.kind === 'decided') {
        return;
      }
      if (result.kind !== 'refused' || result.refusal !== 'unknown-action') {
        break;
      }
    }
    await world.advance(0.1);
  }
}
