/** What is known of the replenishments of a product in a warehouse: at most one of them is open at a time. */
import type { StockPlace } from '../connectors/erp/stock-port.ts';
import { OPEN_REPLENISHMENTS, openReplenishmentKey, replenishmentKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange, WorkItem } from '../process/store/port.ts';
import { readHead } from '../process/update-process.ts';
import { isFullyReceived, type PurchaseState } from '../procurement/domain/purchase.ts';
import { stockMark } from './domain/replenishment.ts';
import { purchaseIdOf } from './own-purchase.ts';

/** The newest replenishment of a product in a warehouse. */
export interface StockItem extends StockPlace {
  readonly processId: string;
  readonly generation: number;
  readonly isOpen: boolean;
  /** Of one that has ended: not to be begun again before this (ISO 8601). */
  readonly notBefore?: string;
}

export type StockDeps = { readonly store: ProcessStore; readonly clock: { now(): Date } };

export function readStockItem(store: ProcessStore, place: StockPlace): Promise<WorkItem<StockItem> | undefined> {
  return store.read<StockItem>(replenishmentKey(stockMark(place)));
}

/** `open`, `paused`, or the generation of the replenishment that may begin. */
export async function nextGeneration(
  { store, clock }: StockDeps,
  item: StockItem | undefined,
): Promise<'open' | 'paused' | number> {
  if (item === undefined) {
    return 1;
  }
  if (item.isOpen && !(await hasArrived(store, item.processId))) {
    return 'open';
  }
  const isPaused = item.notBefore !== undefined && Date.parse(item.notBefore) > clock.now().getTime();
  return isPaused ? 'paused' : item.generation + 1;
}

/** What it bought has come: what is still to be done is the money, and the stock can fall again meanwhile. */
async function hasArrived(store: ProcessStore, processId: string): Promise<boolean> {
  const purchase = await readHead<PurchaseState>(store, purchaseIdOf(processId));
  return purchase !== undefined && (isFullyReceived(purchase.state) || purchase.state.acceptedShortReceipt === true);
}

/** As the newest replenishment of its product and warehouse; `known`: what stands there. */
export function beginItem(known: WorkItem<StockItem> | undefined, value: StockItem): readonly WorkChange[] {
  const mark = stockMark(value);
  return [...writeItem(known, value), { kind: 'put', key: openReplenishmentKey(mark), value }];
}

/** Ended: forgotten by the watch, or kept in its sight as long as it is not to begin again. */
export function endItem(known: WorkItem<StockItem>, notBefore: string | undefined): readonly WorkChange[] {
  const { notBefore: _before, ...rest } = known.value;
  const value: StockItem = { ...rest, isOpen: false, ...(notBefore === undefined ? {} : { notBefore }) };
  const key = openReplenishmentKey(stockMark(value));
  return [...writeItem(known, value), notBefore === undefined ? { kind: 'remove', key } : { kind: 'put', key, value }];
}

function writeItem(known: WorkItem<StockItem> | undefined, value: StockItem): readonly WorkChange[] {
  const key = replenishmentKey(stockMark(value));
  return [
    known === undefined ? { kind: 'create', key, value } : { kind: 'replace', key, ifVersion: known.version, value },
  ];
}

/** Replenishments that are open or paused, a page at a time. */
export function pageOfItems(
  store: ProcessStore,
  limit: number,
  after: string | undefined,
): Promise<readonly WorkItem<StockItem>[]> {
  return store.page<StockItem>(OPEN_REPLENISHMENTS, '', { limit, order: 'first-to-last', after });
}
