/**
 * The books of Tryton 8.2 over JSON-RPC as an auditor walks through them, read as the connector's restricted user.
 *
 * A look takes the rows that were modified within a stretch of time, in the order of their ids: what is modified meanwhile
 * leaves the stretch and comes with the next, so that no row is missed between two pages.
 *
 * Limits: of the general ledger the journal with code `CLAIM` alone, in which nobody but Meridian posts; what was paid without
 * a payment of the payment run shows in the state of its invoice only; bank accounts need the module `bank`.
 */
import * as z from 'zod';
import type { Clock } from '../../../runtime/ambient.ts';
import { ConnectorPermanentError } from '../../../runtime/errors.ts';
import { type BookSection, type BooksPort, MOST_DOCUMENTS } from '../books-port.ts';
import { accountsOf } from './bank-accounts.ts';
import { type Booked, bookedEntries, bookedOrders, bookedPayments, type Stretch } from './booked.ts';
import { readCompanyId } from './company.ts';
import type { TrytonCredentials } from './credentials.ts';
import { createTrytonSession, type TrytonSession } from './session.ts';

export interface TrytonBooksParts {
  /** Read for every call, since they may be rotated. */
  readonly credentials: () => Promise<TrytonCredentials>;
  readonly clock: Clock;
  /** Node's own unless given. */
  readonly fetch?: typeof fetch;
}

const SECTIONS: {
  readonly [section in BookSection]: (tryton: TrytonSession, stretch: Stretch) => Promise<readonly Booked[]>;
} = { orders: bookedOrders, payments: bookedPayments, entries: bookedEntries };

/** Transactions become visible later than they are dated: a look goes back by the longest that is certainly not missed. */
const OVERLAP_MS = 5 * 60_000;
/** Tryton's clock is told without its milliseconds. */
const WHOLE_SECOND_MS = 1000;

/** Rows behind `after` of a stretch that is not read to its end, or where the next stretch begins. */
const placeShape = z.object({ from: z.iso.datetime(), until: z.iso.datetime().optional(), after: z.int().default(0) });
type Place = z.input<typeof placeShape>;

/** One per execution environment: it keeps its session across invocations. */
export function createTrytonBooks({ credentials, clock, fetch: send = fetch }: TrytonBooksParts): BooksPort {
  const tryton = createTrytonSession({ credentials, fetch: send });
  return {
    async changed(section, text, since) {
      const company = await readCompanyId(tryton);
      // Read before anything else, and by Tryton's clock: a wrong one here must not hide changes.
      const time = (await tryton.serverTime()) ?? clock.now();
      const now = new Date(time.getTime() + WHOLE_SECOND_MS).toISOString();
      const { from, until = now, after } = text === undefined ? { from: since.toISOString(), after: 0 } : placeOf(text);
      const rows = await SECTIONS[section](tryton, { company, from: new Date(from), until: new Date(until), after });
      const last = rows.length < MOST_DOCUMENTS ? undefined : rows.at(-1)?.id;
      const begin = new Date(Date.parse(until) - OVERLAP_MS).toISOString();
      return {
        documents: rows.map(({ document }) => document),
        next: written(last === undefined ? { from: begin } : { from, until, after: last }),
        isLast: last === undefined,
      };
    },
    accountsOf: (supplierCode) => accountsOf(tryton, supplierCode),
  };
}

function written(place: Place): string {
  return JSON.stringify(place);
}

function placeOf(text: string) {
  try {
    return placeShape.parse(JSON.parse(text));
  } catch (cause) {
    throw new ConnectorPermanentError('the stored place in the books is not one of the Tryton connector', { cause });
  }
}
