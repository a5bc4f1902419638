/**
 * Who read what: a record of its own for each process and day, so that readers neither wait for the process's head nor make
 * its record longer. It is append-only, chained and in the books as every record is. A reader's first look of a day at a
 * thing is an entry, and further ones are not: it grows by people, not by clicks.
 */

import type { ProcessHead } from '../process/domain/process.ts';
import { headKey } from '../process/keys.ts';
import { recordOnly } from '../process/own-process.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { type Actor, chainEntries, type RecordEntry } from './domain/record.ts';

export interface Reading {
  /** Whose record, or what belongs to it, is read. */
  readonly processId: string;
  readonly reader: Actor;
  /** `export`: the record in a file, with personal values; `evidence`: the auditor's view of it; `books`: exported books. */
  readonly what: 'record' | 'export' | 'file' | 'evidence' | 'books';
  /** Of a file. */
  readonly fileId?: string;
}

/** Whoever opens a read link is not known. */
export const BY_LINK: Actor = { kind: 'unknown', id: 'link' };

/** Readers at one moment who keep step: one wins each round. */
const MAX_ATTEMPTS = 10;

/** What was read already that day. */
interface Readings {
  readonly seen: readonly string[];
}

/**
 * Called before anything is shown: what cannot be noted is not read.
 * @throws ConcurrencyError when others read the same at the same moment again and again.
 */
export async function noteRead(deps: ProcessDeps, reading: Reading): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await tryToNote(deps, reading);
      return;
    } catch (error) {
      if (!(error instanceof ConcurrencyError) || attempt === MAX_ATTEMPTS) {
        throw error;
      }
      await deps.backOff?.(attempt);
    }
  }
}

/** Who read what of a process on a day (`YYYY-MM-DD` in UTC). */
export function readingsOf(store: ProcessStore, processId: string, day: string): Promise<readonly RecordEntry[]> {
  return store.readRecord(readingsRecord(processId, day));
}

function readingsRecord(processId: string, day: string): string {
  return `reads.${day}.${processId}`;
}

async function tryToNote(deps: ProcessDeps, { processId, reader, what, fileId }: Reading): Promise<void> {
  const now = deps.clock.now();
  const recordId = readingsRecord(processId, now.toISOString().slice(0, 10));
  const key = headKey(recordId);
  const item = await deps.store.read<ProcessHead<Readings>>(key);
  const mark = [reader.kind, reader.id, what, ...(fileId === undefined ? [] : [fileId])].join(' ');
  const head = item?.value ?? newReadings(recordId, now);
  if (head.state.seen.includes(mark)) {
    return;
  }
  const facts = { of: processId, what, fileId };
  const context = { now, newSalt: () => deps.randomness.uuid() };
  const chained = chainEntries(recordId, head.chain, [{ type: 'RecordRead', actor: reader, facts }], context);
  const value: ProcessHead<Readings> = { ...head, chain: chained.head, state: { seen: [...head.state.seen, mark] } };
  // On no list of processes: it is none that anybody looks for.
  const change =
    item === undefined
      ? ({ kind: 'create', key, value } as const)
      : ({ kind: 'replace', key, ifVersion: item.version, value } as const);
  await deps.store.commit({ entries: chained.entries, personal: [], changes: [change] });
}

function newReadings(processId: string, now: Date): ProcessHead<Readings> {
  return recordOnly({ processId, kind: 'reads', phase: 'Reads', requesterId: '', state: { seen: [] } }, now);
}
