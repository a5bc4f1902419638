/**
 * Notes whose record grew today, for the book of the day, and where somebody wrote what can be erased: a subscriber of the
 * record's stream.
 */
import type { RecordEntry } from '../audit/domain/record.ts';
import { authorKey, growthKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { dayAfter, dayOf } from './domain/book.ts';

export interface NoteGrowthDeps {
  readonly store: ProcessStore;
  readonly clock: Clock;
}

export type NotedEntry = Pick<RecordEntry, 'processId' | 'personalDigest' | 'actor'>;

/** Items of one transaction. */
const BATCH = 100;
/** The book has had it since: what is left is only in the way. */
const KEPT_DAYS = 400;

/**
 * The day is that of the note and not of the entry: the book of a day that is over is closed already. Safe to repeat.
 * @throws ConcurrencyError when two notes of one process meet: the message comes again.
 */
export async function noteGrowth({ store, clock }: NoteGrowthDeps, entries: readonly NotedEntry[]): Promise<void> {
  const day = dayOf(clock.now());
  const expiresAt = new Date(`${dayAfter(day, KEPT_DAYS)}T00:00:00.000Z`);
  const grown = [...new Set(entries.map(({ processId }) => processId))].map(
    (processId): WorkChange => ({ kind: 'put', key: growthKey(day, processId), value: {}, expiresAt }),
  );
  const changes = [...grown, ...authors(entries)];
  for (let start = 0; start < changes.length; start += BATCH) {
    await store.commit({ entries: [], personal: [], changes: changes.slice(start, start + BATCH) });
  }
}

/** Whoever wrote something in a process, once for each. */
function authors(entries: readonly NotedEntry[]): readonly WorkChange[] {
  const keys = entries
    .filter(({ personalDigest, actor }) => personalDigest !== undefined && actor.kind === 'person')
    .map(({ actor, processId }) => authorKey(actor.id, processId));
  const once = new Map(keys.map((key) => [`${key.partition} ${key.sort}`, key]));
  return [...once.values()].map((key) => ({ kind: 'put', key, value: {} }));
}
