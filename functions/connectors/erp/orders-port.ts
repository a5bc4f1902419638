/**
 * Sales and production orders as the ERP keeps them, to be followed: no command goes back. Beside {@link ErpPort}
 * (purchases); the adapter and the ERP in memory pass one contract suite (`test/contract/erp/`).
 *
 * Errors of every operation are those of `ErpPort`. Quantities are plain decimal strings; money carries its ISO 4217
 * currency; dates are calendar dates `YYYY-MM-DD` of the company's time zone; instants are ISO 8601 in UTC.
 */
import type { Money } from '../../money/money.ts';
import type { OrderKind, Stage } from '../../orders/domain/stages.ts';

export interface OrderReference {
  readonly kind: OrderKind;
  readonly orderNumber: string;
}

/** A stage that an order has come to. */
export interface ReachedStage {
  readonly stage: Stage;
  /** False: a part of it, such as the first of two deliveries. */
  readonly isWhole: boolean;
  /** The ERP's date of it; of several documents that of the latest. Undefined: the ERP keeps none. */
  readonly on?: string;
}

/** An order that is at least ordered: quotations and proposals of production are none. */
export interface FollowedOrder extends OrderReference {
  /** Who ordered; of sales only. */
  readonly customer?: { readonly code: string; readonly name: string };
  /** What is made; of production only. */
  readonly product?: { readonly code: string; readonly name: string; readonly quantity: string; readonly unit: string };
  /** Net total; of sales only. */
  readonly amount?: Money;
  /** When it is to be shipped, or finished; undefined: nothing is promised. */
  readonly promisedOn?: string;
  /** `closed`: nothing is left to be made, shipped or invoiced. */
  readonly state: 'open' | 'closed' | 'cancelled';
  /** In the order of `STAGES` (`functions/orders/domain/stages.ts`). */
  readonly reached: readonly ReachedStage[];
}

export interface ChangedOrders {
  readonly orders: readonly OrderReference[];
  /** Where the next page or the next look begins. Opaque; store it only after the orders are safely queued. */
  readonly next: string;
  /** False: a further page of those that are open is there now. */
  readonly isLast: boolean;
}

/** Most orders of one page of those that are open ({@link OrdersPort.changedOrders}). */
export const MOST_ORDERS = 100;

export interface OrdersPort {
  /**
   * Orders that were changed, also by their deliveries and invoices. The same order may come again; none is left out.
   * @param after - `next` of the page before; undefined: all that are open, from the beginning
   */
  changedOrders(kind: OrderKind, after: string | undefined): Promise<ChangedOrders>;
  /** Undefined: the ERP knows none of this number, or it is not ordered yet. */
  readOrder(reference: OrderReference): Promise<FollowedOrder | undefined>;
}
