/** What other records say that a record must be compared with, read and written so that of two who come at once one sees both. */
import { markKey, markPartition } from '../process/keys.ts';
import type { ProcessStore, WorkChange } from '../process/store/port.ts';
import type { Surroundings } from './domain/detector.ts';
import { listsToCompare, type Mark, marksOf, type PlacedMark, standingMarks } from './domain/marks.ts';
import type { WatchedProcess } from './domain/watched.ts';

/** Items of one transaction. */
const BATCH = 100;
/** Longer than the longest window; numbers of invoices are kept for as long as the books. */
const MONTHS_MS = 400 * 86_400_000;
const YEARS_MS = 12 * 365 * 86_400_000;

/** Remembers what the record says, and gives what stands beside it. Idempotent. */
export async function compareMarks(
  store: ProcessStore,
  process: WatchedProcess,
  windowHours: number,
  now: Date,
): Promise<Omit<Surroundings, 'approvalLimits'>> {
  const own = marksOf(process);
  const lists = [...new Set(own.flatMap((placed) => [placed.list, ...listsToCompare(placed, windowHours)]))];
  const known = await readMarks(store, lists);
  const missing = own.filter((placed) => !known.keys.has(keyText(placed)));
  const marks = missing.length === 0 ? known.marks : await readBack(store, missing, lists, now);
  const standing = standingMarks(marks);
  return {
    purchases: standing.filter((mark) => mark.kind === 'purchase'),
    invoices: standing.filter((mark) => mark.kind === 'invoice'),
    refusals: standing.filter((mark) => mark.kind === 'refusal'),
  };
}

/** Written before the others are read: whoever writes at the same time reads after one of both has written. */
async function readBack(
  store: ProcessStore,
  missing: readonly PlacedMark[],
  lists: readonly string[],
  now: Date,
): Promise<readonly Mark[]> {
  const changes = missing.map(({ list, mark }): WorkChange => {
    const expiresAt = new Date(now.getTime() + (list.startsWith('NUMBER#') ? YEARS_MS : MONTHS_MS));
    return { kind: 'put', key: markKey(list, mark.processId, mark.sequence, mark.kind), value: mark, expiresAt };
  });
  for (let from = 0; from < changes.length; from += BATCH) {
    await store.commit({ entries: [], personal: [], changes: changes.slice(from, from + BATCH) });
  }
  return (await readMarks(store, lists)).marks;
}

async function readMarks(store: ProcessStore, lists: readonly string[]) {
  const pages = await Promise.all(lists.map((list) => store.list<Mark>(markPartition(list), '')));
  const items = pages.flat();
  return {
    marks: items.map(({ value }) => value),
    keys: new Set(items.map(({ key }) => `${key.partition}\n${key.sort}`)),
  };
}

function keyText({ list, mark }: PlacedMark): string {
  const { partition, sort } = markKey(list, mark.processId, mark.sequence, mark.kind);
  return `${partition}\n${sort}`;
}
