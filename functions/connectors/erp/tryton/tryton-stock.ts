/**
 * Reorder points of Tryton 8.2 (module `stock_supply`) over JSON-RPC, as the connector's restricted user: it needs Stock.
 *
 * Limits: reorder points of storage zones (type `internal`) move goods within a warehouse and buy nothing; the forecast
 * counts all that is planned, whenever it is to come.
 */
import { MOST_PLACES, type StockLevel, type StockPage, type StockPlace, type StockPort } from '../stock-port.ts';
import { readCompanyId } from './company.ts';
import type { TrytonCredentials } from './credentials.ts';
import { pointsAfter, pointsAt } from './reorder-points.ts';
import { createTrytonSession } from './session.ts';
import { isShort, levelsOf } from './stock-levels.ts';

export interface TrytonStockParts {
  /** Read for every call, since they may be rotated. */
  readonly credentials: () => Promise<TrytonCredentials>;
  /** Node's own unless given. */
  readonly fetch?: typeof fetch;
}

/** One per execution environment: it keeps its session across invocations. */
export function createTrytonStock({ credentials, fetch: send = fetch }: TrytonStockParts): StockPort {
  const tryton = createTrytonSession({ credentials, fetch: send });
  return {
    async belowReorderPoint(after): Promise<StockPage> {
      const points = await pointsAfter(tryton, await readCompanyId(tryton), Number(after ?? '0'), MOST_PLACES);
      const below = (await levelsOf(tryton, points)).filter(isShort);
      const last = points.at(-1);
      return { below, ...(last === undefined || points.length < MOST_PLACES ? {} : { next: String(last.id) }) };
    },
    async readStock(places: readonly StockPlace[]): Promise<readonly StockLevel[]> {
      return levelsOf(tryton, await pointsAt(tryton, await readCompanyId(tryton), places));
    },
  };
}
