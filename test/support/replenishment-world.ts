/** A replenishment's whole process in memory, with its purchase and the stock of the ERP. */
import type { StockPlace } from '../../functions/connectors/erp/stock-port.ts';
import {
  REPLENISHMENT_KIND,
  type ReplenishmentHead,
  replenishmentId,
} from '../../functions/inventory/domain/replenishment.ts';
import { purchaseIdOf } from '../../functions/inventory/own-purchase.ts';
import { recoverStock } from '../../functions/inventory/recover-stock.ts';
import { nextGeneration, readStockItem } from '../../functions/inventory/stock-items.ts';
import { headKey } from '../../functions/process/keys.ts';
import type { PurchaseHead } from '../../functions/procurement/domain/purchase.ts';
import { ORDER_POINT } from '../../local/tryton/company-data.ts';
import { FakeStock, pointOf } from './fake-stock.ts';
import type { WorldOptions } from './process-world.ts';
import { PurchaseWorld } from './purchase-world.ts';
import { callReplenishmentFunction } from './replenishment-functions.ts';

/** Whose purchases they are, by the demonstration company's table. */
export const PLANNER = 'E-1004';
/** Who decides about what the planner buys. */
export const PLANNERS_MANAGER = 'E-2006';

/** A4 paper: what is on hand is far above its reorder point at first. */
export const PAPER: StockPlace = { productCode: ORDER_POINT.product, warehouse: 'WH' };
/** Sensors: cheap enough to be bought without asking. */
export const SENSORS: StockPlace = { productCode: 'P-3001', warehouse: 'WH' };

const POINTS = [
  pointOf(PAPER, String(ORDER_POINT.minimum), String(ORDER_POINT.target)),
  pointOf(SENSORS, '50', '50'),
  pointOf({ productCode: 'P-5001', warehouse: 'WH' }, '1', '2'),
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
