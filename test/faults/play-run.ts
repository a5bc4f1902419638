/** Plays a run in the purchase world, mends everything, lets people finish, and says what is not as it must be. */

import { placeHold, releaseHolds } from '../../functions/process/hold-process.ts';
import type { PurchaseHead } from '../../functions/procurement/domain/purchase.ts';
import { processIdOf } from '../../functions/procurement/register-requisition.ts';
import type { InvoiceEntry } from '../support/fake-erp.ts';
import { PurchaseWorld, requisitionEvent, type WorldOptions } from '../support/purchase-world.ts';
import { violationsOf } from './invariants.ts';
import type { Run, Step } from './run.ts';

/** Rounds in which people finish what was begun; more than any purchase needs. */
const MAX_ROUNDS = 80;
/** Rounds in which people finish while things still go wrong. */
const FAULTY_ROUNDS = 15;
const ACTIONS = [
  'approve',
  'approve',
  'approve',
  'retry',
  'retry',
  'accept',
  'accept',
  'correct',
  'reject',
  'cancel',
  'skip',
  'approve',
];
const INVOICES: readonly InvoiceEntry[] = [
  {},
  {},
  {},
  { prices: { 1: '720.00' } },
  { extraLine: { description: 'Freight', amount: '90.00' } },
  { quantities: { 1: '6', 2: '21' } },
  { currency: 'USD' },
];

const event = requisitionEvent();
const HOLD = { processId: processIdOf(event.oa), by: 'Zhao Lei', reason: 'Under review' };

/** What became of a run. */
export interface Played {
  /** What is wrong, in words; nothing when all holds. */
  readonly violations: readonly string[];
  readonly outcome: string;
}

/** @param planted - parts with a defect */
export async function playRun(run: Run, planted: WorldOptions['planted'] = {}): Promise<Played> {
  let isHealthy = false;
  const world = new PurchaseWorld({
    planted,
    seed: run.seed,
    fault: (call) => (isHealthy ? undefined : run.calls[call]),
  });
  world.store.commitFault = (commit) => (isHealthy ? undefined : run.commits[commit]);
  world.erp.fault = (_, call) => (isHealthy ? undefined : run.erp[call]);
  try {
    for (const step of run.steps) {
      await attempt(() => take(world, step));
    }
    await finish(world, FAULTY_ROUNDS);
    isHealthy = true;
    world.oaIsDown = false;
    await finish(world, MAX_ROUNDS);
    await world.advance(20);
    await world.sweep();
    return { violations: await violationsOf(world, event), outcome: (await world.head(event)).outcome ?? 'none' };
  } catch (error) {
    const broken = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { violations: [`the world broke: ${broken}`], outcome: 'broken' };
  }
}

/** Something that is wrong at once, and not only in the end. */
class Violation extends Error {}

/** What fails for those who do it is tried again by nobody here: the end is what counts. */
async function attempt(deed: () => Promise<unknown>): Promise<void> {
  try {
    await deed();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || error instanceof Violation || isRest(error)) {
      throw error;
    }
  }
}

function isRest(error: unknown): boolean {
  return error instanceof Error && error.message.includes('does not come to rest');
}

async function take(world: PurchaseWorld, step: Step): Promise<unknown> {
  const orderNumber = world.erp.allOrders().find(({ state }) => state !== 'cancelled')?.orderNumber ?? 'none';
  switch (step.do) {
    case 'submit':
      return world.submit({ ...event, metadata: { ...event.metadata, eventId: `event-${step.copy}` } });
    case 'submit-other': {
      const other = requisitionEvent({ requisition: { title: 'Another' } });
      return world.submit({ ...other, metadata: { ...other.metadata, eventId: 'other' } });
    }
    case 'answer':
      return world.decide(await world.lastAsked(), actionOf(step.choice), 'because');
    case 'old-link': {
      const links = world.allLinks();
      const link = links[step.link % Math.max(links.length, 1)];
      return link === undefined ? undefined : world.decideByLink(link, actionOf(step.choice), 'because');
    }
    case 'double-click': {
      const link = await world.linkOf(await world.lastAsked());
      const click = () => world.clickByLink(link, actionOf(step.choice), 'because').catch(() => undefined);
      const answers = await Promise.all([click(), click(), click()]);
      const decided = answers.filter((answer) => answer?.kind === 'decided');
      if (decided.length > 1) {
        throw new Violation(`one link decided ${decided.length} times`);
      }
      return world.run();
    }
    case 'receive':
      return world.erp.receiveGoods(orderNumber, step.share === 0 ? undefined : { 1: String(step.share), 2: '3' });
    case 'invoice':
      return world.erp.enterInvoice(orderNumber, INVOICES[step.kind]);
    case 'correct':
      return world.erp.correctInvoice(`INV-${step.invoice + 1}`, {});
    case 'take-back':
      return world.erp.takeBackInvoice(`INV-${step.invoice + 1}`);
    case 'bank':
      return bank(world, step.payment, step.pays);
    case 'cancel-in-erp':
      return world.erp.cancelOrderInErp(orderNumber);
    case 'withdraw':
      return world.withdraw(event, step.byRequester ? 'E-1001' : 'E-1002');
    case 'hold':
      return placeHold(world.decisionDeps(), HOLD);
    case 'release':
      return releaseHolds(world.decisionDeps(), HOLD).then(() => world.run());
    case 'poll':
      return world.poll();
    case 'sweep':
      return world.sweep();
    case 'wait':
      return world.advance(step.hours);
    case 'restart':
      return world.engine.restart();
    case 'oa':
      world.oaIsDown = step.isDown;
  }
}

function actionOf(choice: number): string {
  return ACTIONS[choice % ACTIONS.length] ?? 'approve';
}

function bank(world: PurchaseWorld, index: number, pays: boolean): void {
  const waiting = world.erp.allPayments().filter(({ state }) => state === 'processing');
  const payment = waiting[index % Math.max(waiting.length, 1)];
  if (payment !== undefined) {
    world.erp[pays ? 'confirmPayment' : 'failPayment'](payment.paymentNumber);
  }
}

/** Everybody does their part until the purchase has ended, or for so many rounds. */
async function finish(world: PurchaseWorld, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const head = await world.head(event).catch(() => undefined);
    if (head?.status === 'ended') {
      return;
    }
    for (const deed of [
      () => world.engine.restart(),
      () => releaseHolds(world.decisionDeps(), HOLD),
      () => world.run(),
      () => world.poll(),
      () => world.sweep(),
      // The queue brings an event again that was not registered.
      () =>
        head === undefined
          ? world.submit({ ...event, metadata: { ...event.metadata, eventId: `again-${rounds}-${round}` } })
          : help(world, head, round),
      // Every few rounds long enough for a lost alarm, a reminder, or an expiry.
      () => world.advance(round % 10 === 9 ? 24 * 30 : 3),
    ]) {
      await attempt(deed);
    }
  }
}

async function help(world: PurchaseWorld, head: PurchaseHead, round: number): Promise<void> {
  const kinds = Object.values(head.waits).map(({ kind }) => kind);
  if (kinds.includes('approval')) {
    await answer(world, round);
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
async function answer(world: PurchaseWorld, round: number): Promise<void> {
  for (const link of world.allLinks().slice(-6).reverse()) {
    const words =
      round > 40
        ? ['cancel', 'skip', 'retry', 'approve', 'correct']
        : ['approve', 'accept', 'retry', 'correct', 'skip'];
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
