/**
 * Sales and production orders in memory behind the port; a test lets the rest happen. It passes the contract suite that the
 * adapter passes (`test/contract/erp/`).
 */
import * as z from 'zod';
import type {
  ChangedOrders,
  FollowedOrder,
  OrderReference,
  OrdersPort,
  ReachedStage,
} from '../../functions/connectors/erp/orders-port.ts';
import { multiply } from '../../functions/money/money.ts';
import { type OrderKind, STAGES } from '../../functions/orders/domain/stages.ts';
import { BILLS, COMPANY_CURRENCY, CUSTOMER } from '../../local/tryton/company-data.ts';
import type { OrderDesk, Sold } from '../../local/tryton/order-desk.ts';
import { type ErpFault, faultyCall } from './faulty-call.ts';

/** Orders as the ERP has them; the number of the change that touched each last. */
interface Kept {
  readonly order: FollowedOrder;
  readonly change: number;
  /** Undefined: an offer, or a proposal of production. */
  readonly isOrdered: boolean;
}

const placeShape = z.object({ since: z.number(), from: z.number().optional() });

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
      const place = after === undefined ? { since: this.#changes, from: 0 } : placeShape.parse(JSON.parse(after));
      const all = [...this.#orders.values()].filter(({ order, isOrdered }) => isOrdered && order.kind === kind);
      const { from } = place;
      if (from === undefined) {
        const changed = all.filter(({ change }) => change > place.since);
        return { orders: changed.map(referenceOf), next: JSON.stringify({ since: this.#changes }), isLast: true };
      }
      const open = all.filter(({ order }) => order.state === 'open');
      const until = from + this.#pageSize;
      const isLast = until >= open.length;
      return {
        orders: open.slice(from, until).map(referenceOf),
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

/** The desks of the demonstration company, on the orders in memory. */
export class FakeOrderDesk implements OrderDesk {
  readonly #orders: FakeOrders;
  readonly #today: string;
  #last = 0;
  /** Of each sale: how much of it is shipped, and how much invoiced. */
  readonly #done = new Map<string, { readonly ordered: number; shipped: number; invoiced: number }>();

  constructor(orders: FakeOrders, today: string) {
    this.#orders = orders;
    this.#today = today;
  }

  async offer({ quantity, unitPrice, promisedOn }: Sold): Promise<string> {
    const orderNumber = this.#number('SO');
    this.#orders.set(
      {
        ...{ kind: 'sales-order', orderNumber, state: 'open', reached: [] },
        customer: { code: CUSTOMER.code, name: CUSTOMER.name },
        amount: { amount: multiply(quantity, unitPrice), currency: COMPANY_CURRENCY },
        ...(promisedOn === undefined ? {} : { promisedOn }),
      },
      false,
    );
    this.#done.set(orderNumber, { ordered: Number(quantity), shipped: 0, invoiced: 0 });
    return orderNumber;
  }

  async confirm(orderNumber: string): Promise<void> {
    this.#reach(orderNumber, { stage: 'ordered', isWhole: true, on: this.#today });
  }

  async ship(orderNumber: string, quantity?: string): Promise<void> {
    const done = this.#of(orderNumber);
    done.shipped += quantity === undefined ? done.ordered - done.shipped : Number(quantity);
    this.#reach(orderNumber, { stage: 'shipped', isWhole: done.shipped === done.ordered, on: this.#today });
  }

  async invoice(orderNumber: string): Promise<void> {
    const done = this.#of(orderNumber);
    done.invoiced = done.shipped;
    const isWhole = done.invoiced === done.ordered;
    const stage = { stage: 'invoiced', isWhole, on: this.#today } as const;
    this.#orders.reach(saleOf(orderNumber), stage, isWhole ? { state: 'closed' } : {});
  }

  async plan(productCode: string, quantity: string, plannedOn: string): Promise<string> {
    const orderNumber = this.#number('MO');
    const product = { code: productCode, name: BILLS.find((bill) => bill.product === productCode)?.name ?? '' };
    this.#orders.set({
      ...{ kind: 'production-order', orderNumber, state: 'open', promisedOn: plannedOn },
      product: { ...product, quantity, unit: 'Unit' },
      reached: [{ stage: 'ordered', isWhole: true }],
    });
    return orderNumber;
  }

  async start(orderNumber: string): Promise<void> {
    this.#orders.reach(productionOf(orderNumber), { stage: 'in-production', isWhole: true, on: this.#today });
  }

  async finish(orderNumber: string): Promise<void> {
    const stage = { stage: 'finished', isWhole: true, on: this.#today } as const;
    this.#orders.reach(productionOf(orderNumber), stage, { state: 'closed' });
  }

  async giveUp(orderNumber: string): Promise<void> {
    this.#orders.change(productionOf(orderNumber), { state: 'cancelled' });
  }

  #reach(orderNumber: string, stage: ReachedStage): void {
    this.#orders.reach(saleOf(orderNumber), stage);
  }

  #of(orderNumber: string) {
    const done = this.#done.get(orderNumber);
    if (done === undefined) {
      throw new Error(`there is no sale ${orderNumber}`);
    }
    return done;
  }

  #number(prefix: string): string {
    this.#last += 1;
    return `${prefix}${String(this.#last).padStart(5, '0')}`;
  }
}

function saleOf(orderNumber: string): OrderReference {
  return { kind: 'sales-order', orderNumber };
}

function productionOf(orderNumber: string): OrderReference {
  return { kind: 'production-order', orderNumber };
}
