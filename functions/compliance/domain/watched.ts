/** What detectors look at: the record of one process, and how its entries are read. Pure. */
import * as z from 'zod';
import type { RecordEntry } from '../../audit/domain/record.ts';
import { type Money, moneySchema } from '../../money/money.ts';
import type { Finding } from './finding.ts';

export interface WatchedProcess {
  readonly processId: string;
  /** Name of its state machine. */
  readonly kind: string;
  /** Employee id; empty: nobody's. */
  readonly requesterId: string;
  /** Its record in order. */
  readonly entries: readonly RecordEntry[];
}

/** The fact as text; empty: there is none. */
export function textOf({ facts }: RecordEntry, name: string): string {
  const value = facts[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The items of a list of texts. */
export function textsOf({ facts }: RecordEntry, name: string): readonly string[] {
  return z.array(z.string()).catch([]).parse(facts[name]);
}

/** Undefined: the entry names no such amount. */
export function moneyOf({ facts }: RecordEntry, name: string): Money | undefined {
  return moneySchema.safeParse(facts[name]).data;
}

/** The total that stands as two facts. Undefined: the entry names none. */
export function totalOf({ facts }: Pick<RecordEntry, 'facts'>): Money | undefined {
  return moneySchema.safeParse({ amount: facts.total, currency: facts.currency }).data;
}

/** The newest entry of a type before an entry. */
export function lastBefore(
  { entries }: WatchedProcess,
  { sequence }: RecordEntry,
  isWanted: (entry: RecordEntry) => boolean,
): RecordEntry | undefined {
  return entries.findLast((entry) => entry.sequence < sequence && isWanted(entry));
}

/** Entries that somebody said yes by, but operators about a failure. */
export function approvingDecisions({ entries }: WatchedProcess): readonly RecordEntry[] {
  return entries.filter(
    (entry) =>
      entry.type === 'DecisionMade' && textOf(entry, 'action') === 'approve' && textOf(entry, 'subject') !== 'operator',
  );
}

/** Points to entries of one record. */
export function evidenceOf(...entries: readonly RecordEntry[]): Finding['evidence'] {
  return entries.map(({ processId, sequence }) => ({ processId, sequence }));
}
