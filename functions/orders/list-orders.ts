/** Orders of the ERP that are not done yet, with what is late among them, for whoever manages. */
import type { FollowedOrder } from '../connectors/erp/orders-port.ts';
import { openOrders } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { isLate } from './domain/order-progress.ts';
import type { OrderKind } from './domain/stages.ts';
import type { OpenOrder } from './follow-order.ts';

export interface ListedOrder {
  readonly processId: string;
  readonly order: FollowedOrder;
  readonly isLate: boolean;
}

export interface OrderPage {
  /** What is promised first stands first; what has no promise comes last. */
  readonly orders: readonly ListedOrder[];
  /** What to ask for the next page with; undefined: there is none. */
  readonly next?: string;
}

interface OrderQuestion {
  readonly kind: OrderKind;
  /** `YYYY-MM-DD` on the company's calendar. */
  readonly today: string;
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
}

export async function listOrders(store: ProcessStore, question: OrderQuestion): Promise<OrderPage> {
  const { kind, today, limit, after } = question;
  const items = await store.page<OpenOrder>(openOrders(kind), '', { limit: limit + 1, order: 'first-to-last', after });
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return {
    orders: shown.map(({ value: { processId, order } }) => ({ processId, order, isLate: isLate(order, today) })),
    ...(items.length > limit && last !== undefined ? { next: last.key.sort } : {}),
  };
}
