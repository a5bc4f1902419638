/**
 * Sales orders (module `sale`) and production orders (module `production`) of Tryton 8.2 over JSON-RPC, read as the connector's
 * restricted user: it reads `sale.sale` and `sale.line`, stock, invoices and production, and writes none of them.
 *
 * Limits: Tryton keeps no date on which a production was ordered; a sale for which nothing is shipped (services) is ordered and
 * invoiced.
 */
import * as z from 'zod';
import type { Clock } from '../../../runtime/ambient.ts';
import { ConnectorPermanentError } from '../../../runtime/errors.ts';
import type { ChangedOrders, FollowedOrder, OrdersPort } from '../orders-port.ts';
import { MOST_ORDERS } from '../orders-port.ts';
import { readCompanyId } from './company.ts';
import type { TrytonCredentials } from './credentials.ts';
import { changedProductions, openProductions, readProduction } from './productions.ts';
import { changedSales, openSales, readSale } from './sales.ts';
import { createTrytonSession, type TrytonSession } from './session.ts';

export interface TrytonOrdersParts {
  /** Read for every call, since they may be rotated. */
  readonly credentials: () => Promise<TrytonCredentials>;
  readonly clock: Clock;
  /** Node's own unless given. */
  readonly fetch?: typeof fetch;
}

/** An order of one kind as it is looked for. */
export interface NumberedOrder {
  readonly id: number;
  readonly number: string;
}

/** What is asked of Tryton for each kind of order. */
interface Reading {
  /** Those that are open, in the order of their ids, behind `after`; at most {@link MOST_ORDERS}. */
  readonly open: (tryton: TrytonSession, company: number, after: number) => Promise<readonly NumberedOrder[]>;
  /** Numbers of those that were changed since, each once. */
  readonly changed: (tryton: TrytonSession, company: number, since: Date) => Promise<readonly string[]>;
  readonly read: (tryton: TrytonSession, company: number, number: string) => Promise<FollowedOrder | undefined>;
}

const READINGS = {
  'sales-order': { open: openSales, changed: changedSales, read: readSale },
  'production-order': { open: openProductions, changed: changedProductions, read: readProduction },
} as const satisfies Record<string, Reading>;

/** Transactions become visible later than they are dated: a look goes back by the longest that is certainly not missed. */
const OVERLAP_MS = 5 * 60_000;

/** First all that are open, by id, then what is changed; `since` is when the first look began, or the one before. */
const placeShape = z.object({ since: z.iso.datetime(), openAfter: z.int().optional() });
type Place = z.infer<typeof placeShape>;

/** One per execution environment: it keeps its session across invocations. */
export function createTrytonOrders({ credentials, clock, fetch: send = fetch }: TrytonOrdersParts): OrdersPort {
  const tryton = createTrytonSession({ credentials, fetch: send });
  return {
    async changedOrders(kind, after): Promise<ChangedOrders> {
      const company = await readCompanyId(tryton);
      // Read before anything else, and by Tryton's clock: a wrong one here must not hide changes.
      const now = ((await tryton.serverTime()) ?? clock.now()).toISOString();
      const place = after === undefined ? { since: now, openAfter: 0 } : placeOf(after);
      const told = (numbers: readonly string[]) => numbers.map((orderNumber) => ({ kind, orderNumber }));
      if (place.openAfter === undefined) {
        const since = new Date(new Date(place.since).getTime() - OVERLAP_MS);
        const numbers = await READINGS[kind].changed(tryton, company, since);
        return { orders: told(numbers), next: written({ since: now }), isLast: true };
      }
      const page = await READINGS[kind].open(tryton, company, place.openAfter);
      const last = page.length < MOST_ORDERS ? undefined : page.at(-1)?.id;
      return {
        orders: told(page.map(({ number }) => number)),
        next: written({ since: place.since, ...(last === undefined ? {} : { openAfter: last }) }),
        isLast: last === undefined,
      };
    },
    async readOrder({ kind, orderNumber }) {
      return READINGS[kind].read(tryton, await readCompanyId(tryton), orderNumber);
    },
  };
}

function written(place: Place): string {
  return JSON.stringify(place);
}

function placeOf(text: string): Place {
  try {
    return placeShape.parse(JSON.parse(text));
  } catch (cause) {
    throw new ConnectorPermanentError('the stored place of orders is not one of the Tryton connector', { cause });
  }
}
