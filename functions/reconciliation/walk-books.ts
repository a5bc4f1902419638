/**
 * Walks through the ERP's books and the records that grew, a page at a time, and has each document and process compared. It
 * remembers its place and goes on there; a place is moved only when its page is safely queued, so that a crash between the two
 * brings the page again.
 */
import { BOOK_SECTIONS, type BookDocument, type BookSection, type BooksPort } from '../connectors/erp/books-port.ts';
import { bookmarkKey, GROWTH_SHARDS, growthList } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { processIdOfKey } from './domain/unknown-document.ts';
import type { BooksQueue, BooksReport } from './port.ts';

export interface WalkBooksDeps {
  readonly store: ProcessStore;
  readonly clock: Clock;
  readonly books: BooksPort;
  readonly queue: BooksQueue;
  /** Name of the ERP. */
  readonly system: string;
  /** From when on each document must be of a process: older ones are left alone. */
  readonly since: Date;
  /** When this walk has to end: the next one goes on where it stopped. */
  readonly until: Date;
}

export interface Walk {
  readonly documents: number;
  readonly processes: number;
}

/** Processes of one page of a day. */
const PAGE = 200;
const DAY_MS = 86_400_000;

export async function walkBooks(deps: WalkBooksDeps): Promise<Walk> {
  let [documents, processes] = [0, 0];
  for (const section of BOOK_SECTIONS) {
    documents += await walkSection(deps, section);
  }
  processes += await walkRecords(deps);
  return { documents, processes };
}

async function walkSection(deps: WalkBooksDeps, section: BookSection): Promise<number> {
  const { books, queue, since } = deps;
  const key = bookmarkKey(deps.system, section);
  let place = (await deps.store.read<{ after: string }>(key))?.value.after;
  let told = 0;
  while (deps.clock.now() < deps.until) {
    const page = await books.changed(section, place, since);
    await queue.send(reportsOf(page.documents, since));
    told += page.documents.length;
    if (page.next !== place) {
      place = page.next;
      await deps.store.commit({ entries: [], personal: [], changes: [{ kind: 'put', key, value: { after: place } }] });
    }
    if (page.isLast) {
      break;
    }
  }
  return told;
}

/** Each document that is not older than the books that are asked about, and each process once. */
function reportsOf(documents: readonly BookDocument[], since: Date): readonly BooksReport[] {
  const asked = documents.filter(({ createdAt }) => Date.parse(createdAt) >= since.getTime());
  const ids = documents.flatMap(({ key, about }) => [key, ...about].flatMap((one) => processIdOfKey(one) ?? []));
  return [
    ...asked.map(
      (document): BooksReport => ({
        detail: { kind: 'document', document: { ...document, about: [...document.about] }, isSecond: false },
      }),
    ),
    ...[...new Set(ids)].map(ofProcess),
  ];
}

function ofProcess(processId: string): BooksReport {
  return { detail: { kind: 'process', processId, seen: [] } };
}

interface DayPlace {
  /** `YYYY-MM-DD` in UTC. */
  readonly day: string;
  readonly shard: number;
  readonly after?: string;
}

/** Each process whose record grew on a day that is over; what the ERP lost or took back changes no document of it. */
async function walkRecords(deps: WalkBooksDeps): Promise<number> {
  const key = bookmarkKey(deps.system, 'records');
  const today = dayOf(deps.clock.now().getTime());
  const yesterday = dayOf(deps.clock.now().getTime() - DAY_MS);
  let place = (await deps.store.read<DayPlace>(key))?.value ?? { day: yesterday, shard: 0 };
  let told = 0;
  while (place.day < today && deps.clock.now() < deps.until) {
    const { day, shard, after } = place;
    const options = { limit: PAGE, order: 'first-to-last', after } as const;
    const page = await deps.store.page(growthList(day, shard), '', options);
    await deps.queue.send(page.map((item) => ofProcess(item.key.sort)));
    told += page.length;
    const last = page.length < PAGE ? undefined : page.at(-1)?.key.sort;
    place = last === undefined ? behind(place) : { day, shard, after: last };
    await deps.store.commit({ entries: [], personal: [], changes: [{ kind: 'put', key, value: place }] });
  }
  return told;
}

function behind({ day, shard }: DayPlace): DayPlace {
  return shard + 1 < GROWTH_SHARDS
    ? { day, shard: shard + 1 }
    : { day: dayOf(Date.parse(`${day}T00:00:00.000Z`) + DAY_MS), shard: 0 };
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
