/**
 * Looks at the stock again and again. What is short and has no open replenishment is reported, so that nothing is lost
 * whatever became of an earlier report; what is short no more is let go.
 */
import { MOST_PLACES, type StockLevel, type StockPlace, type StockPort } from '../connectors/erp/stock-port.ts';
import { SCHEMA_VERSION } from '../events/envelope.ts';
import { watermarkKey } from '../process/keys.ts';
import type { WorkItem, WorkKey } from '../process/store/port.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { isBelow } from './domain/replenishment.ts';
import { LONGEST_DELAY, type StockQueue, type StockReport } from './port.ts';
import { recoverStock } from './recover-stock.ts';
import { nextGeneration, pageOfItems, readStockItem, type StockItem } from './stock-items.ts';

export interface WatchStockDeps extends ProcessDeps {
  readonly stock: StockPort;
  readonly queue: StockQueue;
  /** Name of the ERP, as in the events. */
  readonly system: string;
  readonly startsPerMinute: number;
  /** Minutes from one look to the next: no more is reported than can begin within them. */
  readonly everyMinutes: number;
  /** When this look has to end: the next one goes on where it stopped. */
  readonly until: Date;
}

export interface Watched {
  readonly reported: number;
  readonly recovered: number;
}

/** @throws what the last recovery that failed threw, once all others are done. */
export async function watchStock(deps: WatchStockDeps): Promise<Watched> {
  const reported = await report(deps);
  return { reported, recovered: await recoverAll(deps) };
}

/** Where the next look goes on. */
interface Position {
  readonly after: string;
}

async function report(deps: WatchStockDeps): Promise<number> {
  const most = deps.startsPerMinute * deps.everyMinutes;
  const key = watermarkKey(`${deps.system}-stock`);
  const item = await deps.store.read<Position | Record<string, never>>(key);
  let after = item?.value.after;
  let reported = 0;
  do {
    const page = await deps.stock.belowReorderPoint(after);
    const places = await placesToReport(deps, page.below);
    const now = rotated(deps, places).slice(0, most - reported);
    await deps.queue.send(now.map((place, index) => reportOf(deps, place, reported + index)));
    reported += now.length;
    if (now.length < places.length) {
      break;
    }
    after = page.next;
  } while (after !== undefined && reported < most && deps.clock.now() < deps.until);
  await keepPlace(deps, key, item?.value.after, after);
  return reported;
}

/** @param after - undefined: the next look begins at the beginning */
async function keepPlace(
  { store }: WatchStockDeps,
  key: WorkKey,
  before: string | undefined,
  after: string | undefined,
): Promise<void> {
  if (after !== before) {
    const value = after === undefined ? {} : { after };
    await store.commit({ entries: [], personal: [], changes: [{ kind: 'put', key, value }] });
  }
}

/**
 * Begins elsewhere at each look: what can be reported and never begins takes no place from the others of its page. So far as
 * one look moves on, so much or more it reports.
 */
function rotated({ clock }: WatchStockDeps, places: readonly StockPlace[]): readonly StockPlace[] {
  const first = places.length === 0 ? 0 : Math.floor(clock.now().getTime() / MINUTE) % places.length;
  return [...places.slice(first), ...places.slice(0, first)];
}

const MINUTE = 60_000;

async function placesToReport(deps: WatchStockDeps, below: readonly StockLevel[]): Promise<readonly StockPlace[]> {
  const judged = await Promise.all(
    below.map(async ({ productCode, warehouse }) => {
      const place = { productCode, warehouse };
      const next = await nextGeneration(deps, (await readStockItem(deps.store, place))?.value);
      return typeof next === 'number' ? [place] : [];
    }),
  );
  return judged.flat();
}

/** Each has a moment of its own at which its start is free. */
function reportOf(
  { clock, randomness, system, startsPerMinute }: WatchStockDeps,
  place: StockPlace,
  index: number,
): StockReport {
  return {
    detail: {
      metadata: {
        eventId: `stock-${randomness.uuid()}`,
        correlationId: `${place.warehouse} ${place.productCode}`.slice(0, 128),
        occurredAt: clock.now().toISOString(),
        schemaVersion: SCHEMA_VERSION,
      },
      erp: { system },
      ...place,
    },
    delaySeconds: Math.min(LONGEST_DELAY, Math.floor((index * 60) / startsPerMinute)),
  };
}

/**
 * Goes on where the look before it was interrupted. The place is kept before the work on a page: what cannot be read, or takes
 * all the time of a look, has its turn again in the next round and holds up nothing that comes after it.
 */
async function recoverAll(deps: WatchStockDeps): Promise<number> {
  const key = watermarkKey(`${deps.system}-stock-recovery`);
  let after = (await deps.store.read<Position | Record<string, never>>(key))?.value.after;
  let recovered = 0;
  let failure: unknown;
  do {
    const items = await pageOfItems(deps.store, MOST_PLACES, after);
    const next = items.length < MOST_PLACES ? undefined : items.at(-1)?.key.sort;
    await keepPlace(deps, key, after, next);
    const page = await recoverPage(deps, items);
    recovered += page.recovered;
    failure = page.failure ?? failure;
    after = next;
  } while (after !== undefined && deps.clock.now() < deps.until);
  if (failure !== undefined) {
    throw failure;
  }
  return recovered;
}

async function recoverPage(deps: WatchStockDeps, items: readonly WorkItem<StockItem>[]) {
  const levels = items.length === 0 ? [] : await deps.stock.readStock(items.map(({ value }) => value));
  let recovered = 0;
  let failure: unknown;
  for (const { value } of items) {
    const level = levels.find((one) => isAt(one, value));
    if (level !== undefined && isBelow(level)) {
      continue;
    }
    try {
      recovered += (await recoverStock(deps, value, level)) === 'left' ? 0 : 1;
    } catch (error) {
      failure = error;
    }
  }
  return { recovered, failure };
}

function isAt(level: StockLevel, { productCode, warehouse }: StockItem): boolean {
  return level.productCode === productCode && level.warehouse === warehouse;
}
