/**
 * Stock in memory behind the port: what the fake ERP orders and receives counts, and a test lets the rest happen. It passes
 * the contract suite that the adapter passes (`test/contract/erp/`).
 */
import type { StockLevel, StockPage, StockPlace, StockPort } from '../../functions/connectors/erp/stock-port.ts';
import { add, compare, subtract, sum } from '../../functions/money/money.ts';
import { PRODUCTS } from '../../local/tryton/company-data.ts';
import type { FakeErp } from './fake-erp.ts';
import { type ErpFault, faultyCall } from './faulty-call.ts';

/** A reorder point, and what lies in the warehouse beside what the fake ERP bought. */
export type FakePoint = Omit<StockLevel, 'forecast'>;

/** A reorder point of a product of the demonstration company, with what lies in the warehouse at first. */
export function pointOf({ productCode, warehouse }: StockPlace, minimum: string, target: string): FakePoint {
  const product = PRODUCTS.find(({ code }) => code === productCode);
  if (product === undefined) {
    throw new Error(`the demonstration company has no product ${productCode}`);
  }
  const { name, unit, onHand, category, supplier } = product;
  return {
    productCode,
    warehouse,
    productName: name,
    unit,
    step: unit === 'Kilogram' ? '0.01' : '1',
    categories: category === undefined ? [] : [category],
    onHand: String(onHand),
    minimum,
    target,
    ...(supplier === undefined ? {} : { supplierCode: supplier }),
  };
}

export class FakeStock implements StockPort {
  /** Asked at each call of the port, with the operation's name, numbered from 1. */
  fault: (operation: keyof StockPort, call: number) => ErpFault = () => undefined;
  /** Operations called so far, in order. */
  readonly calls: (keyof StockPort)[] = [];
  private readonly points: FakePoint[];
  private readonly erp: Pick<FakeErp, 'allOrders' | 'allReceipts'>;
  private readonly pageSize: number;

  constructor(points: readonly FakePoint[], erp: Pick<FakeErp, 'allOrders' | 'allReceipts'>, pageSize = 100) {
    this.points = [...points];
    this.erp = erp;
    this.pageSize = pageSize;
  }

  belowReorderPoint(after: string | undefined): Promise<StockPage> {
    return this.call('belowReorderPoint', () => {
      const from = Number(after ?? '0');
      const until = from + this.pageSize;
      const below = this.points
        .slice(from, until)
        .map((point) => this.levelOf(point))
        .filter(({ forecast, minimum }) => compare(forecast, minimum) < 0);
      return { below, ...(until < this.points.length ? { next: String(until) } : {}) };
    });
  }

  readStock(places: readonly StockPlace[]): Promise<readonly StockLevel[]> {
    return this.call('readStock', () =>
      places.flatMap((place) => this.points.filter((point) => isAt(point, place)).map((point) => this.levelOf(point))),
    );
  }

  /** Somebody takes some out, or puts some in. */
  move(place: StockPlace, quantity: string): void {
    this.change(place, ({ onHand }) => ({ onHand: add(onHand, quantity) }));
  }

  change(place: StockPlace, changes: (point: FakePoint) => Partial<FakePoint>): void {
    const at = this.points.findIndex((point) => isAt(point, place));
    const point = this.points[at];
    if (point === undefined) {
      throw new Error(`the fake stock has no reorder point of ${place.productCode} in ${place.warehouse}`);
    }
    this.points[at] = { ...point, ...changes(point) };
  }

  /** The ERP knows nobody any more who supplies it. */
  withoutSupplier(place: StockPlace): void {
    const at = this.points.findIndex((point) => isAt(point, place));
    const { supplierCode: _gone, ...point } = this.points[at] ?? pointOf(place, '0', '0');
    this.points[at] = point;
  }

  /** One more reorder point. */
  add(point: FakePoint): void {
    this.points.push(point);
  }

  /** Somebody takes the reorder point away. */
  forget(place: StockPlace): void {
    this.points.splice(0, this.points.length, ...this.points.filter((point) => !isAt(point, place)));
  }

  private levelOf(point: FakePoint): StockLevel {
    const received = this.quantityOf(point, 'received');
    const ordered = this.quantityOf(point, 'ordered');
    const onHand = add(point.onHand, received);
    const { supplierCode, ...rest } = point;
    const open = subtract(ordered, received);
    return {
      ...rest,
      onHand,
      forecast: add(onHand, open),
      ...(supplierCode === undefined ? {} : { supplierCode }),
    };
  }

  /** All orders of the fake ERP go to the one warehouse that they name, or to all points of the product. */
  private quantityOf({ productCode }: StockPlace, what: 'ordered' | 'received'): string {
    const orders = this.erp.allOrders().filter(({ state }) => state !== 'cancelled');
    return sum(
      orders.flatMap(({ orderNumber, lines }) =>
        lines
          .filter((line) => line.productCode === productCode)
          .map(({ lineNumber, quantity }) =>
            what === 'ordered' ? quantity : this.receivedOf(orderNumber, lineNumber),
          ),
      ),
    );
  }

  private receivedOf(orderNumber: string, lineNumber: number): string {
    const receipts = this.erp.allReceipts().filter((receipt) => receipt.orderNumber === orderNumber);
    const lines = receipts.flatMap((receipt) => receipt.lines).filter((line) => line.lineNumber === lineNumber);
    return sum(lines.map(({ quantity }) => quantity));
  }

  private call<Result>(operation: keyof StockPort, work: () => Result): Promise<Result> {
    this.calls.push(operation);
    return faultyCall(this.fault(operation, this.calls.length), work);
  }
}

function isAt(point: StockPlace, { productCode, warehouse }: StockPlace): boolean {
  return point.productCode === productCode && point.warehouse === warehouse;
}
