/** A told process with entries that were changed, added or moved in time, chained as if it had happened so. */
import { entryHash, GENESIS_HASH, type RecordEntry } from '../../functions/audit/domain/record.ts';
import type { ToldCase } from './telling.ts';

/** An entry that nobody told. */
export type AddedEntry = Pick<RecordEntry, 'type' | 'actor' | 'facts' | 'occurredAt'>;

/** Each entry as it is, or another in its place. */
export function altered(told: ToldCase, alter: (entry: RecordEntry) => RecordEntry): ToldCase {
  return rechained(told.map(alter));
}

/** With other facts in the entries of a type. */
export function withFacts(told: ToldCase, type: string, facts: RecordEntry['facts']): ToldCase {
  return altered(told, (entry) => (entry.type === type ? { ...entry, facts: { ...entry.facts, ...facts } } : entry));
}

/** What happened at the times of the added entries as well; messages go on naming the entries that they are about. */
export function withAdded(told: ToldCase, added: readonly AddedEntry[]): ToldCase {
  const [first] = told;
  if (first === undefined) {
    return told;
  }
  const { processId, schemaVersion } = first;
  const news = added.map((one) => ({ ...one, processId, schemaVersion, sequence: 0, previousHash: '', hash: '' }));
  const all = [...told, ...news].sort((one, other) => (one.occurredAt < other.occurredAt ? -1 : 1));
  const places = new Map(all.map(({ sequence }, index) => [sequence, index + 1]));
  return rechained(all.map((entry) => (entry.type === 'OaTold' ? aboutAt(entry, places) : entry)));
}

function aboutAt(entry: RecordEntry, places: ReadonlyMap<number, number>): RecordEntry {
  const about = places.get(Number(entry.facts.about)) ?? 0;
  const messageId = `${entry.processId}-${String(about).padStart(8, '0')}-${about}-0`;
  return { ...entry, facts: { ...entry.facts, messageId, about } };
}

function rechained(entries: ToldCase): ToldCase {
  let previousHash = GENESIS_HASH;
  return entries.map(({ hash: _before, ...entry }, index) => {
    const content = { ...entry, sequence: index + 1, previousHash };
    previousHash = entryHash(content);
    return { ...content, hash: previousHash };
  });
}
