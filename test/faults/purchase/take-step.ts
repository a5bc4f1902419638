/** One step of a purchase: what a person or a system does. */
import type { Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import { versionOf } from '../../../functions/process/domain/process.ts';
import { PURCHASE } from '../../../functions/procurement/domain/purchase.ts';
import { processIdOf } from '../../../functions/requests/register-request.ts';
import type { InvoiceEntry } from '../../support/fake-books.ts';
import { type RequisitionEvent, requisitionEvent } from '../../support/purchase-company.ts';
import type { Step } from './steps.ts';
import type { ChaosWorld } from './world.ts';

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

/** What the requester sends in the place of what was returned; the last two cannot be taken. */
const CHANGES: readonly object[] = [
  {},
  { title: 'Less paper' },
  {
    lines: [{ productCode: 'P-1001', quantity: '6', unitPrice: '680.00', amount: '4080.00' }],
    total: '4080.00',
  },
  {
    lines: [{ productCode: 'P-1001', quantity: '80', unitPrice: '680.00', amount: '54400.00' }],
    total: '54400.00',
  },
  { total: '1.00' },
  { supplierCode: 'SUP-999' },
];

/** Something that is wrong at once, and not only in the end. */
export class Violation extends Error {}

/** What fails for those who do it is tried again by nobody here: the end is what counts. */
export async function attempt(deed: () => unknown): Promise<void> {
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

export async function takeStep(world: ChaosWorld, event: RequisitionEvent, step: Step): Promise<unknown> {
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
    case 'task':
      return doTask(world, step);
    case 'double-click':
      return doubleClick(world, actionOf(step.choice));
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
      return world.withdraw(event, step.byRequester ? event.requester.employeeId : 'E-1002');
    case 'return':
      return world.returnIt(await world.lastAsked(), 'change it');
    case 'resubmit': {
      const by = step.byRequester ? event.requester.employeeId : 'E-1002';
      const version = step.version === 0 ? versionOf(await world.head(event)) : step.version;
      const eventId = `${version}/${step.change}`;
      return world.resubmit(event, { version, eventId, by, changes: CHANGES[step.change] ?? {} });
    }
    case 'hold':
      return world.operate(processIdOf(PURCHASE, event.oa), 'place');
    case 'release':
      return world.operate(processIdOf(PURCHASE, event.oa), 'release');
    case 'poll':
      return world.poll();
    case 'sweep':
      return world.sweep();
    case 'redrive':
      world.post.redrive();
      return world.run();
    case 'wait':
      return world.advance(step.hours);
    case 'restart':
      return world.engine.restart();
    case 'oa':
      world.oaIsDown = step.isDown;
  }
}

/** By one of the newest links, mostly something that its page offers. */
async function doTask(world: ChaosWorld, step: Extract<Step, { do: 'task' }>): Promise<void> {
  const link = world.allLinks().at(-1 - step.link);
  if (link !== undefined) {
    const offered = await world.offeredTo(link);
    const wishes = wishesOf(COLLEAGUES[step.to % COLLEAGUES.length] ?? '', step.to).filter(
      ({ kind }) => offered.length === 0 || offered.includes(kind),
    );
    const wish = wishes[step.kind % Math.max(wishes.length, 1)];
    if (wish !== undefined) {
      await world.actByLink(link, wish);
      await world.run();
    }
  }
}

const COLLEAGUES = ['E-2001', 'E-2002', 'E-3001', 'E-3002', 'E-3003', 'E-4001', 'E-4002', 'E-0001', 'E-0002'];
const PLACES = ['before', 'beside', 'after'] as const;

function wishesOf(to: string, number: number): readonly Wish[] {
  return [
    { kind: 'transfer', to, comment: '' },
    { kind: 'delegate', to, comment: 'what do you think?' },
    { kind: 'give-back', comment: 'fine by me' },
    { kind: 'recall', comment: '' },
    { kind: 'add-signer', to, where: PLACES[number % 3] ?? 'before', comment: '' },
    { kind: 'remove-signer', signer: to, comment: '' },
    { kind: 'return-to-level', target: 0, comment: 'look again' },
    { kind: 'return-to-requester', comment: 'change it' },
    { kind: 'take-back', comment: '' },
    { kind: 'comment', comment: 'noted' },
  ];
}

async function doubleClick(world: ChaosWorld, action: string): Promise<void> {
  const link = await world.linkOf(await world.lastAsked());
  const click = () => world.clickByLink(link, action, 'because').catch(() => undefined);
  await Promise.all([click(), click(), click()]);
  return world.run();
}

function actionOf(choice: number): string {
  return ACTIONS[choice % ACTIONS.length] ?? 'approve';
}

/** The bank pays, or refuses, one of the payments that are on their way. */
export function bank(world: ChaosWorld, index: number, pays: boolean): void {
  const waiting = world.erp.allPayments().filter(({ state }) => state === 'processing');
  const payment = waiting[index % Math.max(waiting.length, 1)];
  if (payment !== undefined) {
    world.erp[pays ? 'confirmPayment' : 'failPayment'](payment.paymentNumber);
  }
}
