/** What a purchase has come to, in one line for each side that must agree. */
import type { RecordEntry } from '../../functions/audit/domain/record.ts';
import { type End, handIn } from './path-coverage.ts';
import type { RequisitionEvent } from './purchase-company.ts';
import type { PurchaseWorld } from './purchase-world.ts';

/** Hands in the world of a purchase, and with it asserts its end. */
export async function handInPurchase(
  world: PurchaseWorld,
  event: RequisitionEvent,
  expected: End,
  unfit: readonly string[] = [],
): Promise<void> {
  await handIn(world, await purchaseEnd(world, event), expected, unfit);
}

/**
 * The record: what people decided and which steps failed (`!CreateOrder`), and the end or the phase. The ERP: orders,
 * payments, links to the record. The OA: what it was told. A record that is damaged says so.
 */
async function purchaseEnd(world: PurchaseWorld, event: RequisitionEvent): Promise<End> {
  if (world.store.commits === 0) {
    return { record: NOTHING, erp: erpLine(world), oa: oaLine(world) };
  }
  const { outcome, phase } = await world.head(event);
  const turns = (await world.record(event)).flatMap(({ type, facts }) => turnOf(type, facts));
  const damages = (await world.damages(event)).map(({ sequence, damage }) => `DAMAGED at ${sequence}: ${damage}`);
  const record = [...turns, outcome ?? `(${phase})`, ...damages].join(' ');
  return { record, erp: erpLine(world), oa: oaLine(world) };
}

function turnOf(type: string, facts: RecordEntry['facts']): readonly string[] {
  switch (type) {
    case 'DecisionMade':
      return [String(facts.action)];
    case 'ReturnedToRequester':
      return ['return'];
    case 'StepFailed':
      return [`!${facts.step}`];
    default:
      return [];
  }
}

const NOTHING = 'nothing';

function oaLine(world: PurchaseWorld): string {
  return world.told().join(' ') || NOTHING;
}

function erpLine({ erp }: PurchaseWorld): string {
  const documents = [
    ...erp.allOrders().map(({ orderNumber, state }) => `${orderNumber} ${state}`),
    ...erp.allPayments().map(({ paymentNumber, state, amount }) => `${paymentNumber} ${state} ${amount.amount}`),
    ...erp.links.map(({ orderNumber }) => `${orderNumber} linked`),
  ];
  return documents.join(', ') || NOTHING;
}
