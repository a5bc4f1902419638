/**
 * The audit record: one chain of entries per process. Each entry's hash covers its content and the hash before it, so
 * that a changed, missing, added or reordered entry is found by anyone who has the entries and nothing else.
 * Personal values (names, comments) are not in the entry: it holds the digest of salt and values, and the values stand
 * in an item of their own that can be erased without breaking the chain.
 */
import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from './canonical-json.ts';

export const RECORD_SCHEMA_VERSION = 1;

/** Hash before the first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/** Who did it: an employee, a system by name, or nobody known (a link opened without identity). */
export interface Actor {
  readonly kind: 'person' | 'meridian' | 'oa' | 'erp' | 'payroll' | 'unknown';
  readonly id: string;
}

export interface RecordEntry {
  readonly processId: string;
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly schemaVersion: typeof RECORD_SCHEMA_VERSION;
  /** What happened, in PascalCase past tense, such as `LevelApproved`. */
  readonly type: string;
  /** ISO 8601 in UTC, milliseconds. */
  readonly occurredAt: string;
  readonly actor: Actor;
  /** Facts without personal values, secrets, task tokens or links. */
  readonly facts: { readonly [name: string]: Json | undefined };
  /** SHA-256 (hex) of salt and personal values; absent when there are none. */
  readonly personalDigest?: string;
  readonly previousHash: string;
  /** SHA-256 (hex) of the canonical JSON of all the other members. */
  readonly hash: string;
}

/** Erasable companion of an entry. */
export interface PersonalValues {
  readonly processId: string;
  readonly sequence: number;
  readonly salt: string;
  readonly values: { readonly [name: string]: string };
}

/** What a use-case wants recorded; the chain adds the rest. */
export interface NewEntry {
  readonly type: string;
  readonly actor: Actor;
  readonly facts: { readonly [name: string]: Json | undefined };
  readonly personal?: { readonly [name: string]: string };
}

/** Where a chain stands. */
export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

export const EMPTY_CHAIN: ChainHead = { sequence: 0, hash: GENESIS_HASH };

export interface ChainedEntries {
  readonly entries: readonly RecordEntry[];
  readonly personal: readonly PersonalValues[];
  readonly head: ChainHead;
}

/** Puts new entries behind `head`. `newSalt` gives 128 random bits as text for each entry with personal values. */
export function chainEntries(
  processId: string,
  head: ChainHead,
  news: readonly NewEntry[],
  context: { readonly now: Date; readonly newSalt: () => string },
): ChainedEntries {
  const entries: RecordEntry[] = [];
  const personal: PersonalValues[] = [];
  let last = head;
  for (const fresh of news) {
    const sequence = last.sequence + 1;
    const values = fresh.personal;
    const salt = values === undefined ? undefined : context.newSalt();
    const content: Omit<RecordEntry, 'hash'> = {
      processId,
      sequence,
      schemaVersion: RECORD_SCHEMA_VERSION,
      type: fresh.type,
      occurredAt: context.now.toISOString(),
      actor: fresh.actor,
      facts: withoutUndefined(fresh.facts),
      ...(values !== undefined && salt !== undefined ? { personalDigest: personalDigest(salt, values) } : {}),
      previousHash: last.hash,
    };
    const entry: RecordEntry = { ...content, hash: entryHash(content) };
    entries.push(entry);
    if (values !== undefined && salt !== undefined) {
      personal.push({ processId, sequence, salt, values });
    }
    last = { sequence, hash: entry.hash };
  }
  return { entries, personal, head: last };
}

/** SHA-256 over everything of the entry but its own hash. */
export function entryHash(content: Omit<RecordEntry, 'hash'>): string {
  return sha256(canonicalJson(content as unknown as Json));
}

/** SHA-256 over salt and values. */
export function personalDigest(salt: string, values: PersonalValues['values']): string {
  return sha256(`${salt}\n${canonicalJson(values)}`);
}

/** Something that a verification found, in the reader's words. */
export interface RecordDamage {
  readonly sequence: number;
  readonly damage: string;
}

/**
 * Checks a whole chain given in order, or the part of one that follows `after`. `expectedHead`, where known from elsewhere,
 * finds entries cut off at the end, which a chain cannot see by itself.
 */
export function verifyChain(
  processId: string,
  entries: readonly RecordEntry[],
  options: {
    readonly after?: ChainHead;
    readonly expectedHead?: ChainHead;
    readonly personal?: readonly PersonalValues[];
  } = {},
): readonly RecordDamage[] {
  const damages: RecordDamage[] = [];
  let last = options.after ?? EMPTY_CHAIN;
  for (const entry of entries) {
    if (entry.processId !== processId) {
      damages.push({ sequence: entry.sequence, damage: `belongs to process ${entry.processId}` });
    }
    if (entry.sequence !== last.sequence + 1) {
      damages.push({
        sequence: entry.sequence,
        damage: `expected entry ${last.sequence + 1}: missing or out of order`,
      });
    }
    if (entry.previousHash !== last.hash) {
      damages.push({ sequence: entry.sequence, damage: 'does not follow from the entry before it' });
    }
    const { hash, ...content } = entry;
    if (entryHash(content) !== hash) {
      damages.push({ sequence: entry.sequence, damage: 'content was changed after it was recorded' });
    }
    last = { sequence: entry.sequence, hash };
  }
  const expected = options.expectedHead;
  if (expected !== undefined && (expected.sequence !== last.sequence || expected.hash !== last.hash)) {
    damages.push({
      sequence: last.sequence,
      damage: `the process stands at entry ${expected.sequence}: entries are missing or added at the end`,
    });
  }
  return [...damages, ...verifyPersonal(entries, options.personal ?? [])];
}

function verifyPersonal(entries: readonly RecordEntry[], personal: readonly PersonalValues[]): RecordDamage[] {
  return personal.flatMap((item) => {
    const entry = entries.find((candidate) => candidate.sequence === item.sequence);
    return entry?.personalDigest === personalDigest(item.salt, item.values)
      ? []
      : [{ sequence: item.sequence, damage: 'personal values were changed after they were recorded' }];
  });
}

function withoutUndefined(facts: NewEntry['facts']): RecordEntry['facts'] {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
