/**
 * Stock as the ERP keeps it, against the reorder points of its own products and warehouses. Beside {@link ErpPort}
 * (purchases); the adapter and the ERP in memory pass one contract suite (`test/contract/erp/`).
 *
 * Errors of every operation are those of `ErpPort`. Quantities are plain decimal strings in the unit that the product is
 * bought in.
 */

/** One product in one warehouse. */
export interface StockPlace {
  readonly productCode: string;
  /** The ERP's code of the warehouse. */
  readonly warehouse: string;
}

/** A reorder point of the ERP and what it says now. */
export interface StockLevel extends StockPlace {
  readonly productName: string;
  /** Unit of all quantities, such as `Unit` or `kg`. */
  readonly unit: string;
  /** The smallest quantity of the unit that can be bought, such as `1` or `0.01`: what is bought is a multiple of it. */
  readonly step: string;
  /** Codes of the categories that the ERP has the product in, in order. */
  readonly categories: readonly string[];
  /** In the warehouse now. */
  readonly onHand: string;
  /** On hand, with what is ordered and not received, and without what is promised and not sent. */
  readonly forecast: string;
  /** Below it, the product is to be bought. */
  readonly minimum: string;
  /** Up to what it is bought; not below the minimum. */
  readonly target: string;
  /** Whom the ERP would buy it from; undefined: it knows no supplier of it. */
  readonly supplierCode?: string;
}

export interface StockPage {
  /** Of those that the page looked at, whose forecast is below the minimum. */
  readonly below: readonly StockLevel[];
  /** Where the next page begins; undefined: this was the last. */
  readonly next?: string;
}

export interface StockPort {
  /**
   * Reorder points one page after the other, in an order of their own; which of them are below is told for each page alone,
   * so that a page may be empty without being the last.
   * @param after - `next` of the page before; undefined: from the beginning
   */
  belowReorderPoint(after: string | undefined): Promise<StockPage>;
  /** Those of the places that have a reorder point, in the order asked for; at most 100 places at once. */
  readStock(places: readonly StockPlace[]): Promise<readonly StockLevel[]>;
}

/** Most places that {@link StockPort.readStock} is asked for at once. */
export const MOST_PLACES = 100;
