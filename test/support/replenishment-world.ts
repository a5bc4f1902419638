/** A replenishment's whole process in memory, with its purchase and the stock of the ERP. */
import { decideAsOperator } from '../../functions/approvals/decide-as-operator.ts';
import { verifyChain } from '../../functions/audit/domain/record.ts';
import type { StockPlace } from '../../functions/connectors/erp/stock-port.ts';
import {
  REPLENISHMENT_KIND,
  type ReplenishmentHead,
  replenishmentId,
} from '../../functions/inventory/domain/replenishment.ts';
import { purchaseIdOf } from '../../functions/inventory/own-purchase.ts';
import { recoverStock } from '../../functions/inventory/recover-stock.ts';
import { nextGeneration, readStockItem } from '../../functions/inventory/stock-items.ts';
import type { ProcessHead } from '../../functions/process/domain/process.ts';
import { headKey } from '../../functions/process/keys.ts';
import { readHead } from '../../functions/process/update-process.ts';
import type { PurchaseHead, PurchaseState } from '../../functions/procurement/domain/purchase.ts';
import { ORDER_POINT } from '../../local/tryton/company-data.ts';
import { FakeStock, pointOf } from './fake-stock.ts';
import { type End, handIn } from './path-coverage.ts';
import type { WorldOptions } from './process-world.ts';
import { type RequisitionEvent, requisitionEvent } from './purchase-company.ts';
import { erpLine } from './purchase-end.ts';
import { PURCHASE_MACHINE } from './purchase-machines.ts';
import { PurchaseWorld } from './purchase-world.ts';
import { callReplenishmentFunction } from './replenishment-functions.ts';
import { NOTHING, turnsOf } from './request-end.ts';

/** Whose purchases they are, by the demonstration company's table. */
export const PLANNER = 'E-1004';
/** Who decides about what the planner buys. */
export const PLANNERS_MANAGER = 'E-2006';

/** A4 paper: what is on hand is far above its reorder point at first. */
export const PAPER: StockPlace = { productCode: ORDER_POINT.product, warehouse: 'WH' };
/** Sensors: cheap enough to be bought without asking. */
export const SENSORS: StockPlace = { productCode: 'P-3001', warehouse: 'WH' };
/** Made to order, and nobody supplies it: short from the beginning. */
export const FIXTURE: StockPlace = { productCode: 'P-5001', warehouse: 'WH' };

const POINTS = [
  pointOf(PAPER, String(ORDER_POINT.minimum), String(ORDER_POINT.target)),
  pointOf(SENSORS, '50', '50'),
  pointOf(FIXTURE, '1', '2'),
];

/** As {@link PurchaseWorld}, with stock that falls and rises. */
export class ReplenishmentWorld extends PurchaseWorld {
  readonly stock: FakeStock;

  constructor(options: WorldOptions = {}) {
    let stock: FakeStock | undefined;
    super(options, {
      machine: REPLENISHMENT_KIND,
      callFunction: (parts, name, payload) => {
        if (stock === undefined) {
          throw new Error('the world has no stock yet');
        }
        return callReplenishmentFunction({ ...parts, stock }, name, payload);
      },
    });
    stock = new FakeStock(POINTS, this.erp);
    this.stock = stock;
  }

  /** Somebody takes so much out of the warehouse that the product is short, and it is reported. */
  async fallShort(place: StockPlace, quantity: string): Promise<void> {
    this.stock.move(place, `-${quantity}`);
    await this.report(place);
  }

  /** The stock is reported as short. */
  async report(place: StockPlace): Promise<void> {
    if (!this.isPolling) {
      await this.poll();
      this.isPolling = true;
    }
    const generation = await nextGeneration(this.deps, (await readStockItem(this.store, place))?.value);
    if (typeof generation === 'number') {
      await this.starter().start(`replenishment-${place.productCode}-${generation}`, { ...place, generation });
    }
    await this.run();
  }

  /** The ERP says that the stock is not short. */
  async recover(place: StockPlace): Promise<string> {
    const item = await readStockItem(this.store, place);
    if (item === undefined) {
      throw new Error(`nothing was ever replenished of ${place.productCode}`);
    }
    const [level] = await this.stock.readStock([place]);
    const outcome = await recoverStock(this.deps, item.value, level);
    await this.run();
    return outcome;
  }

  /** The purchase of a replenishment, as an event of an OA would name it. */
  async ownEvent(place: StockPlace, generation = 1): Promise<RequisitionEvent> {
    const { oa, requesterId, state } = await this.purchase(place, generation);
    const { requisition } = state;
    if (requisition === undefined) {
      throw new Error('the purchase is not checked yet');
    }
    const { metadata } = requisitionEvent({ requestId: oa.requestId });
    return {
      metadata,
      oa,
      requester: { employeeId: requesterId },
      requisition: { ...requisition, lines: [...requisition.lines] },
    };
  }

  /** An operator has the failed step of a process tried again, by the tool. */
  async retryAsOperator({ processId }: Pick<ProcessHead, 'processId'>): Promise<void> {
    const terms = { action: 'retry', reason: 'Mended', operator: 'alice' };
    const decided = await decideAsOperator(this.decisionDeps(), { processId, ...terms, via: 'operator-tool' });
    if (decided === undefined) {
      throw new Error(`nothing waits for an operator in ${processId}`);
    }
    await this.run();
  }

  /** Somebody begins an execution of procure-to-pay by hand. */
  async startPurchase(event: unknown): Promise<void> {
    await this.engine.start(PURCHASE_MACHINE, event);
    await this.run();
  }

  /** Whoever is asked says yes, until nobody is asked any more. */
  async approveAll(place: StockPlace, phase: 'Order approval' | 'Payment approval'): Promise<void> {
    while ((await this.purchase(place)).phase === phase) {
      await this.decide(await this.lastAsked(), 'approve');
    }
  }

  /** Everything comes, is invoiced as ordered, approved and paid. */
  async deliverAndPay(place: StockPlace): Promise<void> {
    const { orderNumber } = (await this.purchase(place)).state.order ?? {};
    await this.deliver(orderNumber);
    await this.approveAll(place, 'Payment approval');
    for (const { paymentNumber, state } of this.erp.allPayments()) {
      if (state !== 'completed') {
        this.erp.confirmPayment(paymentNumber);
      }
    }
    await this.poll();
  }

  /** Hands in the world, and with it asserts what became of a replenishment and, in brackets, of its purchase. */
  async handIn(place: StockPlace, expected: Pick<End, 'record' | 'erp'>, generation = 1): Promise<void> {
    const head = await this.replenishment(place, generation);
    const purchase = await readHead<PurchaseState>(this.store, purchaseIdOf(head.processId));
    const bought = purchase === undefined ? '' : ` [${await this.lineOf(purchase)}]`;
    const oa = this.notices.map(({ status }) => status).join(' ') || NOTHING;
    const end = { record: `${await this.lineOf(head)}${bought}`, erp: erpLine(this), oa };
    await handIn(this, end, { ...expected, oa: NOTHING }, []);
  }

  private async lineOf({ processId, outcome, phase, chain }: ProcessHead): Promise<string> {
    const record = await this.store.readRecord(processId);
    const personal = await this.store.readPersonal(processId);
    const damages = verifyChain(processId, record, { expectedHead: chain, personal });
    return [...turnsOf(record), outcome ?? `(${phase})`, ...damages.map(({ damage }) => `DAMAGED ${damage}`)].join(' ');
  }

  async replenishment(place: StockPlace, generation = 1): Promise<ReplenishmentHead> {
    const item = await this.store.read<ReplenishmentHead>(headKey(replenishmentId(place, generation)));
    if (item === undefined) {
      throw new Error(`there is no replenishment ${generation} of ${place.productCode}`);
    }
    return item.value;
  }

  async purchase(place: StockPlace, generation = 1): Promise<PurchaseHead> {
    const id = purchaseIdOf(replenishmentId(place, generation));
    const item = await this.store.read<PurchaseHead>(headKey(id));
    if (item === undefined) {
      throw new Error(`replenishment ${generation} of ${place.productCode} has no purchase`);
    }
    return item.value;
  }

  /** Types of the entries in the record of a replenishment, or of its purchase. */
  async entriesOf(head: { readonly processId: string }): Promise<readonly string[]> {
    return (await this.store.readRecord(head.processId)).map(({ type }) => type);
  }
}
