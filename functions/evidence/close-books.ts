/**
 * Closes the book of each day that is over, one part after the other: whatever ends it, the next run goes on behind the last
 * part, and two that run at once write the same.
 */
import { canonicalJson, type Json } from '../audit/domain/canonical-json.ts';
import { bookPartKey, GROWTH_SHARDS, growthList, openBookKey } from '../process/keys.ts';
import { registerStanding, type StandingRecord } from '../process/standing-record.ts';
import type { ProcessStore, WorkItem } from '../process/store/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { packLines } from './books/jsonl.ts';
import type { Shelf } from './books/port.ts';
import {
  type BookDamage,
  type BookFile,
  type BookPart,
  bookPaths,
  dayAfter,
  dayOf,
  type Manifest,
  makeManifest,
  manifestText,
  partRoot,
  type Stretch,
  sha256Of,
} from './domain/book.ts';
import type { Signer } from './signing/port.ts';
import { type Growth, growthOf } from './stretches.ts';

/** The record under which books are closed. */
const BOOKS: StandingRecord = { processId: 'books', kind: 'books', phase: 'Books' };

/** A day is over for the book when nobody can still be noting growth on it. */
const SETTLED_MS = 3_600_000;
/** Processes that are read at once. */
const AT_ONCE = 25;
/** A part is begun with no more than this, so that one fits into memory many times. */
const PART_ENTRIES = 20_000;
const PART_CHAINS = 2_000;
/** Of a book; how many there are stands in the record. */
const DAMAGES_KEPT = 100;

export interface BookDeps extends ProcessDeps {
  readonly shelf: Shelf;
  readonly signer: Signer;
  /** Name of the installation. */
  readonly installation: string;
  /** Whether there is time for another part. */
  readonly hasTime: () => boolean;
}

export interface ClosedBook {
  readonly day: string;
  readonly chains: number;
  readonly entries: number;
  /** How many things are wrong with the records. */
  readonly damages: number;
}

/** The book that is being written: an item of the store. */
interface OpenBook {
  readonly day: string;
  readonly previous: Manifest['previous'];
  /** Where the next part begins: in which list, and behind which process. */
  readonly shard: number;
  readonly after?: string;
  readonly parts: number;
}

/** A part that is written: an item of the store. */
interface WrittenPart {
  readonly part: BookPart;
  readonly damages: readonly BookDamage[];
}

/**
 * @returns the books that were closed
 * @throws ConcurrencyError when another run was faster: what it did counts.
 */
export async function closeBooks(deps: BookDeps): Promise<readonly ClosedBook[]> {
  const closed: ClosedBook[] = [];
  for (;;) {
    const open = await openBook(deps);
    const isOver = Date.parse(`${dayAfter(open.value.day)}T00:00:00.000Z`) + SETTLED_MS <= deps.clock.now().getTime();
    if (!isOver || !deps.hasTime()) {
      return closed;
    }
    if (open.value.shard < GROWTH_SHARDS) {
      await writePart(deps, open);
    } else {
      closed.push(...(await closeBook(deps, open)));
    }
  }
}

/** The day of the newest book that is closed; undefined: none is. */
export async function newestClosedDay(store: ProcessStore): Promise<string | undefined> {
  return (await store.read<OpenBook>(openBookKey()))?.value.previous?.day;
}

/** Since the end of the first day whose book is not closed; 0: that day is not over, or no book was begun. */
export async function secondsBehind({ store, clock }: Pick<BookDeps, 'store' | 'clock'>): Promise<number> {
  const open = await store.read<OpenBook>(openBookKey());
  const over = open === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${dayAfter(open.value.day)}T00:00:00.000Z`);
  return Math.max(0, Math.floor((clock.now().getTime() - over) / 1000));
}

/** The first book is that of the day before: growth may have been noted since the deployment. */
async function openBook({ store, clock }: BookDeps): Promise<WorkItem<OpenBook>> {
  const key = openBookKey();
  const found = await store.read<OpenBook>(key);
  if (found !== undefined) {
    return found;
  }
  const value: OpenBook = { day: dayAfter(dayOf(clock.now()), -1), previous: null, shard: 0, parts: 0 };
  await store.commit({ entries: [], personal: [], changes: [{ kind: 'create', key, value }] });
  return { key, version: 1, value };
}

async function writePart(deps: BookDeps, { key, version, value: book }: WorkItem<OpenBook>): Promise<void> {
  const { place, growths } = await gatherPart(deps.store, book);
  const { after: _, ...rest } = book;
  const replace = (parts: number) =>
    ({ kind: 'replace', key, ifVersion: version, value: { ...rest, ...place, parts } }) as const;
  if (growths.length === 0) {
    await deps.store.commit({ entries: [], personal: [], changes: [replace(book.parts)] });
    return;
  }
  const number = book.parts + 1;
  const written: WrittenPart = {
    part: await partOf(deps.shelf, book.day, number, growths),
    damages: growths.flatMap(({ damages }) => damages),
  };
  await deps.store.commit({
    entries: [],
    personal: [],
    changes: [replace(number), { kind: 'put', key: bookPartKey(book.day, number), value: written }],
  });
}

type Place = Pick<OpenBook, 'shard' | 'after'>;

async function gatherPart(store: ProcessStore, { day, shard, after }: OpenBook) {
  const growths: Growth[] = [];
  let entries = 0;
  let place: Place = after === undefined ? { shard } : { shard, after };
  while (place.shard < GROWTH_SHARDS && entries < PART_ENTRIES && growths.length < PART_CHAINS) {
    const list = growthList(day, place.shard);
    const page = await store.page(list, '', { limit: AT_ONCE, order: 'first-to-last', after: place.after });
    const read = await Promise.all(page.map((item) => growthOf(store, day, item.key.sort)));
    const told = read.filter(({ stretch, damages }) => stretch !== undefined || damages.length > 0);
    growths.push(...told);
    entries += told.reduce((sum, one) => sum + one.entries.length, 0);
    const last = page.at(-1);
    place =
      last === undefined || page.length < AT_ONCE ? { shard: place.shard + 1 } : { ...place, after: last.key.sort };
  }
  return { place, growths };
}

async function partOf(shelf: Shelf, day: string, number: number, growths: readonly Growth[]): Promise<BookPart> {
  const stretches = growths.flatMap(({ stretch }): readonly Stretch[] => (stretch === undefined ? [] : [stretch]));
  const file = async (kind: 'heads' | 'entries' | 'personal', values: readonly unknown[]): Promise<BookFile> => {
    const path = bookPaths.part(day, number, kind);
    const content = await packLines(values.map((value) => canonicalJson(value as Json)));
    await shelf.put(path, content);
    return { path, sha256: sha256Of(content), lines: values.length };
  };
  const personal = growths.flatMap((growth) => growth.personal);
  return {
    number,
    root: partRoot(stretches),
    heads: await file('heads', stretches),
    entries: await file(
      'entries',
      growths.flatMap((growth) => growth.entries),
    ),
    ...(personal.length === 0 ? {} : { personal: await file('personal', personal) }),
  };
}

/** Empty: another run closed it. */
async function closeBook(deps: BookDeps, open: WorkItem<OpenBook>): Promise<readonly ClosedBook[]> {
  const { day, previous } = open.value;
  const { partition } = bookPartKey(day, 0);
  const written = (await deps.store.list<WrittenPart>(partition, '')).map(({ value }) => value);
  const damages = written.flatMap((one) => one.damages);
  const key = await deps.signer.publicKey();
  const manifest = makeManifest({
    installation: deps.installation,
    day,
    previous,
    parts: written.map(({ part }) => part),
    damages: damages.slice(0, DAMAGES_KEPT),
    keySha256: key.sha256,
  });
  const content = Buffer.from(manifestText(manifest));
  const signature = await deps.signer.sign(content);
  await deps.shelf.put(bookPaths.publicKey(day), Buffer.from(key.pem));
  await deps.shelf.put(bookPaths.signature(day), Buffer.from(`${Buffer.from(signature).toString('base64')}\n`));
  await deps.shelf.put(bookPaths.manifest(day), content);
  const { chains, entries } = manifest;
  const closed: ClosedBook = { day, chains, entries, damages: damages.length };
  return (await recordClosing(deps, open, closed, manifest)) ? [closed] : [];
}

/** The book counts once the record says so: in the same transaction the next one is opened. */
async function recordClosing(
  deps: BookDeps,
  { key, version }: WorkItem<OpenBook>,
  closed: ClosedBook,
  manifest: Manifest,
): Promise<boolean> {
  const sha256 = sha256Of(manifestText(manifest));
  const { day, root, signing } = manifest;
  const next: OpenBook = { day: dayAfter(day), previous: { day, sha256 }, shard: 0, parts: 0 };
  await registerStanding(deps, BOOKS);
  return updateProcess<unknown, boolean>(deps, BOOKS.processId, async () => {
    if ((await deps.store.read(key))?.version !== version) {
      return { output: false };
    }
    const facts = { ...closed, root, manifestSha256: sha256, keySha256: signing.keySha256 };
    return {
      change: { entries: [{ type: 'BookClosed', actor: { kind: 'meridian', id: 'books' }, facts }] },
      also: [{ kind: 'replace', key, ifVersion: version, value: next }],
      output: true,
    };
  });
}
