/**
 * Compares exported books with the records as they stand in the tables, entry by entry. Books that verify are what was there when each was
 * closed, so what differs now was changed in the tables since. What the tables have beyond the books has to follow from them.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type Json } from '../../../functions/audit/domain/canonical-json.ts';
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import { damagesOf, readRecordOf } from '../../../functions/audit/verify-record.ts';
import { bookPaths, manifestSchema } from '../../../functions/evidence/domain/book.ts';
import type { Finding } from '../../../functions/evidence/domain/check-part.ts';
import { type ErasedLine, erasedByEntry } from '../../../functions/evidence/domain/erased-values.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import { readLines } from './part-files.ts';
import type { VerifiedBooks } from './verify-books.ts';

export interface ComparedBooks {
  /** Entries of the books that were looked for. */
  readonly entries: number;
  readonly processes: number;
  /** Entries that the tables have beyond the books, and that follow. */
  readonly beyond: number;
  readonly findings: readonly Finding[];
}

/**
 * @param folder - of books that were verified
 * @param books - what the verification says of them
 */
export async function compareBooks(
  store: ProcessStore,
  folder: string,
  { days, personal }: Pick<VerifiedBooks, 'days' | 'personal'>,
): Promise<ComparedBooks> {
  const findings: Finding[] = await unprovedErasures(store, personal.erasedLater);
  /** The last entry of each process in the books. */
  const upTo = new Map<string, number>();
  let entries = 0;
  for (const day of days) {
    const manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, bookPaths.manifest(day)), 'utf8')));
    for (const part of manifest.parts) {
      const { lines = [] } = await readLines(folder, part.entries);
      const booked = byProcess(lines.map((line): RecordEntry => JSON.parse(line)));
      for (const [processId, those] of booked) {
        const live = new Map((await store.readRecord(processId)).map((entry) => [entry.sequence, entry]));
        findings.push(...those.flatMap((entry) => differences(day, entry, live.get(entry.sequence))));
        upTo.set(processId, those.at(-1)?.sequence ?? 0);
        entries += those.length;
      }
    }
  }
  let beyond = 0;
  for (const [processId, last] of upTo) {
    const told = new Set(findings.filter((one) => one.processId === processId).map(({ sequence }) => sequence));
    const rest = await restOf(store, processId, last);
    beyond += rest.beyond;
    findings.push(...rest.findings.filter(({ sequence }) => !told.has(sequence)));
  }
  return { entries, processes: upTo.size, beyond, findings };
}

/** Of values that are said to be erased after the books: what the tables do not say so of. */
async function unprovedErasures(store: ProcessStore, lines: readonly ErasedLine[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { processId, sequence, erasedBy } of lines) {
    const [entry] = await store.readRecord(processId, erasedBy - 1);
    const erasure = entry?.sequence === erasedBy ? erasedByEntry(entry) : undefined;
    if (erasure?.sequences.includes(sequence) !== true) {
      const problem = `personal values are said to be erased by entry ${erasedBy}, and the table does not say so`;
      findings.push({ processId, sequence, problem });
    }
  }
  return findings;
}

function byProcess(entries: readonly RecordEntry[]): ReadonlyMap<string, readonly RecordEntry[]> {
  const found = new Map<string, RecordEntry[]>();
  for (const entry of entries) {
    const those = found.get(entry.processId) ?? [];
    those.push(entry);
    found.set(entry.processId, those);
  }
  return found;
}

function differences(day: string, booked: RecordEntry, live: RecordEntry | undefined): readonly Finding[] {
  const { processId, sequence } = booked;
  if (live === undefined) {
    return [{ processId, sequence, problem: `it is in the book of ${day} and not in the table` }];
  }
  const fields = [...new Set([...Object.keys(booked), ...Object.keys(live)])].filter(
    (field) => textOf(booked, field) !== textOf(live, field),
  );
  return fields.length === 0
    ? []
    : [{ processId, sequence, problem: `it is another than in the book of ${day}: ${fields.sort().join(', ')}` }];
}

function textOf(entry: RecordEntry, field: string): string {
  const value = (entry as unknown as { readonly [name: string]: Json | undefined })[field];
  return value === undefined ? '' : canonicalJson(value);
}

/** What is wrong with a record as a whole: an entry that was added does not follow from the one before it, or the process does not know it. */
async function restOf(store: ProcessStore, processId: string, last: number) {
  const found = await readRecordOf(store, processId);
  const reading = found?.reading;
  return {
    beyond: (reading?.record ?? []).filter(({ sequence }) => sequence > last).length,
    findings:
      reading === undefined
        ? [{ processId, sequence: last, problem: 'the tables know no such process' }]
        : damagesOf(reading).map(({ sequence, damage }): Finding => ({ processId, sequence, problem: damage })),
  };
}

export function comparisonReport({ entries, processes, beyond, findings }: ComparedBooks): readonly string[] {
  return [
    `compared ${entries} entries of ${processes} records with the tables, which have ${beyond} more of them`,
    ...findings.map(({ processId, sequence, problem }) => `${processId}, entry ${sequence}: ${problem}`),
    findings.length === 0
      ? 'the tables say what the books say'
      : `the tables DIFFER from the books: ${findings.length} findings`,
  ];
}
