/**
 * Erases the personal values of processes that ended so long ago as the company keeps them, day by day: which processes
 * there were is read from the book of the day.
 */
import { eraseExpiredKey } from '../process/keys.ts';
import { type ProcessDeps, readHead } from '../process/update-process.ts';
import { unpackLines } from './books/jsonl.ts';
import type { Shelf } from './books/port.ts';
import { bookPaths, dayAfter, dayOf, manifestSchema, type Stretch } from './domain/book.ts';
import { readStretch } from './domain/check-part.ts';
import { eraseProcess } from './erase-personal.ts';

export interface EraseExpiredDeps extends ProcessDeps {
  readonly shelf: Shelf;
  /** For so long personal values are kept after the end of their process. */
  readonly personalDays: number;
  readonly hasTime: () => boolean;
}

/** How far it has come: an item of the store. */
interface ErasedUpTo {
  readonly day: string;
}

const ORDER = { by: 'Meridian', reason: 'retention.personalDays' };

/**
 * A day that is not ended in time is begun again by the next run: what is erased stays so.
 * @returns how many entries lost their values
 * @throws ConcurrencyError when another run was faster.
 */
export async function eraseExpired(deps: EraseExpiredDeps): Promise<number> {
  const { store, clock, personalDays } = deps;
  const due = dayAfter(dayOf(clock.now()), -personalDays - 1);
  const key = eraseExpiredKey();
  let item = await store.read<ErasedUpTo>(key);
  // There are no books from before the first run.
  let day = item === undefined ? due : dayAfter(item.value.day);
  let erased = 0;
  for (; day <= due && deps.hasTime(); day = dayAfter(day)) {
    const done = await eraseDay(deps, day);
    if (done === undefined) {
      return erased;
    }
    erased += done;
    const value: ErasedUpTo = { day };
    const change =
      item === undefined
        ? ({ kind: 'create', key, value } as const)
        : ({ kind: 'replace', key, ifVersion: item.version, value } as const);
    await store.commit({ entries: [], personal: [], changes: [change] });
    item = { key, version: (item?.version ?? 0) + 1, value };
  }
  return erased;
}

/** Undefined: there was no time for all of it. */
async function eraseDay(deps: EraseExpiredDeps, day: string): Promise<number | undefined> {
  let erased = 0;
  for (const path of await headsOf(deps.shelf, day)) {
    const content = await deps.shelf.read(path);
    for (const line of content === undefined ? [] : await unpackLines(content)) {
      if (!deps.hasTime()) {
        return undefined;
      }
      const stretch = readStretch(line);
      erased += stretch === undefined ? 0 : await eraseEnded(deps, stretch, day);
    }
  }
  return erased;
}

async function headsOf(shelf: Shelf, day: string): Promise<readonly string[]> {
  const content = await shelf.read(bookPaths.manifest(day));
  const manifest =
    content === undefined ? undefined : manifestSchema.parse(JSON.parse(Buffer.from(content).toString()));
  return manifest?.parts.map(({ heads }) => heads.path) ?? [];
}

/** A book is closed an hour after its day, and may have what ended in that hour. One that goes on is in a later book again. */
async function eraseEnded(deps: EraseExpiredDeps, { processId, upTo }: Stretch, day: string): Promise<number> {
  const head = await readHead(deps.store, processId);
  const isOver = head?.status === 'ended' && (head.endedAt ?? '').slice(0, 10) <= dayAfter(day);
  // Records that are about no process have no end, and grow: what came later has its own time.
  return isOver
    ? eraseProcess(deps, processId, ORDER, { isMeant: ({ sequence }) => sequence <= upTo.sequence, keepsBooks: true })
    : 0;
}
