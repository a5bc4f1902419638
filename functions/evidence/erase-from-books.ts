/**
 * Takes out of closed books what was erased since: done by who writes them, so that nobody else needs to be allowed to. An
 * order stands until a run finds nothing more to take out, so that of two runs at once none can bring back what the other took.
 */
import { bookErasureKey, bookedKey, rewrittenPartKey } from '../process/keys.ts';
import type { ProcessStore, WorkItem } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { packLines, unpackLines } from './books/jsonl.ts';
import type { Shelf } from './books/port.ts';
import { newestClosedDay } from './close-books.ts';
import { dayAfter, dayOf } from './domain/book.ts';
import { type ErasedValues, withoutErased } from './domain/erased-values.ts';
import { type BookFinder, bookFinder, type PersonalPart } from './find-in-books.ts';
import type { Booked } from './stretches.ts';

export interface EraseFromBooksDeps {
  readonly store: ProcessStore;
  readonly shelf: Shelf;
  readonly clock: Clock;
  /** For so long files of personal values are kept, from their day. */
  readonly personalDays: number;
  readonly hasTime: () => boolean;
}

/** Orders that are worked off together. */
const PAGE = 50;

/**
 * Safe to repeat, and to cut short.
 * @returns how many values were taken out of books
 */
export async function eraseFromBooks(deps: EraseFromBooksDeps): Promise<number> {
  await removeOverdue(deps);
  const { partition } = bookErasureKey('', 0);
  let erased = 0;
  for (let after: string | undefined; deps.hasTime(); ) {
    const page = await deps.store.page<ErasedValues>(partition, '', { limit: PAGE, order: 'first-to-last', after });
    erased += await workOff(deps, page);
    after = page.at(-1)?.key.sort;
    if (page.length < PAGE) {
      return erased;
    }
  }
  return erased;
}

/** What was erased in the tables, and may still be in closed books. */
export async function pendingErasures(store: ProcessStore): Promise<readonly ErasedValues[]> {
  const items = await store.list<ErasedValues>(bookErasureKey('', 0).partition, '');
  return items.map(({ value }) => value);
}

async function workOff(deps: EraseFromBooksDeps, orders: readonly WorkItem<ErasedValues>[]): Promise<number> {
  const finder = bookFinder(deps.shelf, new Set(orders.map(({ value }) => value.processId)));
  let erased = 0;
  for (const { key, version, value } of orders) {
    if (!deps.hasTime()) {
      return erased;
    }
    const parts = await partsWith(deps.store, finder, value);
    let taken = 0;
    for (const part of parts ?? []) {
      taken += await eraseFromPart(deps, part, value);
    }
    erased += taken;
    if (parts !== undefined && taken === 0) {
      await deps.store.commit({ entries: [], personal: [], changes: [{ kind: 'delete', key, ifVersion: version }] });
    }
  }
  return erased;
}

/** Undefined: one of them may be being written, which is to be waited for. */
async function partsWith(
  store: ProcessStore,
  finder: BookFinder,
  { processId, sequences }: ErasedValues,
): Promise<readonly PersonalPart[] | undefined> {
  const booked = (await store.read<Booked>(bookedKey(processId)))?.value;
  if (booked === undefined) {
    return [];
  }
  if (booked.day > ((await newestClosedDay(store)) ?? '')) {
    return undefined;
  }
  const wanted = new Set(sequences.filter((sequence) => sequence <= booked.stretch.upTo.sequence));
  const record = await store.readRecord(processId, Math.min(...sequences) - 1);
  return finder.partsOf(
    processId,
    record.filter(({ sequence }) => wanted.has(sequence)),
    booked.day,
  );
}

async function eraseFromPart(
  { store, shelf }: EraseFromBooksDeps,
  { day, path }: PersonalPart,
  order: ErasedValues,
): Promise<number> {
  const content = await shelf.read(path);
  if (content === undefined) {
    return 0;
  }
  const { lines, erased } = withoutErased(await unpackLines(content), [order]);
  if (erased > 0) {
    // Noted before: a file that is younger than its book would otherwise be kept for too long.
    const key = rewrittenPartKey(day, path);
    await store.commit({ entries: [], personal: [], changes: [{ kind: 'put', key, value: { path } }] });
    await shelf.put(path, await packLines(lines));
  }
  return erased;
}

/** The bucket's rule counts from the day on which a file was written. */
async function removeOverdue({ store, shelf, clock, personalDays, hasTime }: EraseFromBooksDeps): Promise<void> {
  const kept = dayAfter(dayOf(clock.now()), -personalDays);
  const { partition } = rewrittenPartKey('', '');
  while (hasTime()) {
    const [item] = await store.page<Pick<PersonalPart, 'path'>>(partition, '', { limit: 1, order: 'first-to-last' });
    if (item === undefined || item.key.sort.slice(0, kept.length) >= kept) {
      return;
    }
    await shelf.remove(item.value.path);
    await store.commit({ entries: [], personal: [], changes: [{ kind: 'remove', key: item.key }] });
  }
}
