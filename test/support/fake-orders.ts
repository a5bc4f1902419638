/**
 * Sales and production orders in memory behind the port; a test lets the rest happen. It passes the contract suite that the
 * adapter passes (`test/contract/erp/`).
 */
import type {
  ChangedOrders,
  FollowedOrder,
  OrderReference,
  OrdersPort,
  ReachedStage,
} from '../../functions/connectors/erp/orders-port.ts';
import { type OrderKind, STAGES } from '../../functions/orders/domain/stages.ts';
import { type ErpFault, faultyCall } from './faulty-call.ts';

/** Orders as the ERP has them; the number of the change that touched each last. */
interface Kept {
  readonly order: FollowedOrder;
  readonly change: number;
  /** Undefined: an offer, or a proposal of production. */
  readonly isOrdered: boolean;
}

export class FakeOrders implements OrdersPort {
  /** Asked at each call of the port, with the operation's name, numbered from 1. */
  fault: (operation: keyof OrdersPort, call: number) => ErpFault = () => undefined;
  readonly calls: (keyof OrdersPort)[] = [];
  readonly #orders = new Map<string, Kept>();
  readonly #pageSize: number;
  #changes = 0;

  constructor(pageSize = 100) {
    this.#pageSize = pageSize;
  }

  /** As it is in the ERP from now on. */
  set(order: FollowedOrder, isOrdered = true): void {
    this.#changes += 1;
    this.#orders.set(keyOf(order), { order, isOrdered, change: this.#changes });
  }

  /** The order comes to a stage, in whole or in part. */
  reach(reference: OrderReference, stage: ReachedStage, change: Partial<FollowedOrder> = {}): void {
    const { order } = this.#kept(reference);
    const stages: readonly string[] = STAGES[order.kind];
    const reached = [...order.reached.filter((one) => one.stage !== stage.stage), stage].sort(
      (one, other) => stages.indexOf(one.stage) - stages.indexOf(other.stage),
    );
    this.set({ ...order, reached, ...change });
  }

  change(reference: OrderReference, change: Partial<FollowedOrder>): void {
    this.set({ ...this.#kept(reference).order, ...change });
  }

  changedOrders(kind: OrderKind, after: string | undefined): Promise<ChangedOrders> {
    return this.#call('changedOrders', () => {
      const place = after === undefined ? { since: this.#changes, from: 0 } : JSON.parse(after);
      const all = [...this.#orders.values()].filter(({ order, isOrdered }) => isOrdered && order.kind === kind);
      if (place.from === undefined) {
        const changed = all.filter(({ change }) => change > place.since);
        return { orders: changed.map(referenceOf), next: JSON.stringify({ since: this.#changes }), isLast: true };
      }
      const open = all.filter(({ order }) => order.state === 'open');
      const until = place.from + this.#pageSize;
      const isLast = until >= open.length;
      return {
        orders: open.slice(place.from, until).map(referenceOf),
        next: JSON.stringify({ since: place.since, ...(isLast ? {} : { from: until }) }),
        isLast,
      };
    });
  }

  readOrder(reference: OrderReference): Promise<FollowedOrder | undefined> {
    return this.#call('readOrder', () => {
      const kept = this.#orders.get(keyOf(reference));
      return kept?.isOrdered === true ? kept.order : undefined;
    });
  }

  #kept(reference: OrderReference): Kept {
    const kept = this.#orders.get(keyOf(reference));
    if (kept === undefined) {
      throw new Error(`there is no order ${reference.orderNumber}`);
    }
    return kept;
  }

  #call<Result>(operation: keyof OrdersPort, answer: () => Result): Promise<Result> {
    this.calls.push(operation);
    return faultyCall(this.fault(operation, this.calls.length), answer);
  }
}

function keyOf({ kind, orderNumber }: OrderReference): string {
  return `${kind} ${orderNumber}`;
}

function referenceOf({ order: { kind, orderNumber } }: Kept): OrderReference {
  return { kind, orderNumber };
}
