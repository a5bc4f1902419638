/** What a purchase has come to, in one line for each side that must agree. */
import type { End } from './path-coverage.ts';
import type { RequisitionEvent } from './purchase-company.ts';
import type { PurchaseWorld } from './purchase-world.ts';
import { bookDifferences } from './reconciliation.ts';
import { handInRequest, NOTHING } from './request-end.ts';

/** Hands in the world of a purchase, and with it asserts its end: in the ERP, orders, payments and links to the record, and what an auditor finds. */
export async function handInPurchase(
  world: PurchaseWorld,
  event: RequisitionEvent,
  expected: End,
  unfit: readonly string[] = [],
): Promise<void> {
  const erp = [erpLine(world), ...(await bookDifferences(world))].join(', ');
  await handInRequest(world, event, erp, expected, unfit);
}

/** Orders, payments and links to the record. */
export function erpLine({ erp }: Pick<PurchaseWorld, 'erp'>): string {
  const documents = [
    ...erp.allOrders().map(({ orderNumber, state }) => `${orderNumber} ${state}`),
    ...erp.allPayments().map(({ paymentNumber, state, amount }) => `${paymentNumber} ${state} ${amount.amount}`),
    ...erp.links.map(({ orderNumber }) => `${orderNumber} linked`),
  ];
  return documents.join(', ') || NOTHING;
}
