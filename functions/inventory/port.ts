/** Port: the queue of stock that is reported as short; its worker starts replenishments. */
import type { StockFellBelowReorderPoint } from '../events/stock-fell-below-reorder-point.ts';

export interface StockReport {
  readonly detail: StockFellBelowReorderPoint;
  /** Whole seconds until the worker sees it, 0 to {@link LONGEST_DELAY}. */
  readonly delaySeconds: number;
}

/** Seconds: as long as SQS allows. */
export const LONGEST_DELAY = 900;

export interface StockQueue {
  /** @throws ConnectorTransientError when not all of them were taken: they may be sent again. */
  send(reports: readonly StockReport[]): Promise<void>;
}
