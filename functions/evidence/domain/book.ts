/**
 * Books: what all records grew by on one day, closed for ever. A book is a signed manifest and the files that it names by
 * their SHA-256. Each names the book of the day before by its digest, so that none can be taken out of the row; each stretch
 * says where its process stood before and after, so that none can be taken out of a book. What a book proves, and what it
 * does not: docs/adr/0025-books-of-the-record.md.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson, type Json } from '../../audit/domain/canonical-json.ts';
import { type ChainHead, RECORD_SCHEMA_VERSION } from '../../audit/domain/record.ts';
import { leafDigest, merkleRoot } from './merkle.ts';

const BOOK_FORMAT = 'meridian-book/1';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const headSchema = z.strictObject({ sequence: count, hash: sha256 });

/** How far the record of one process grew. */
export const stretchSchema = z.strictObject({
  processId: z.string().min(1),
  /** Where the book before left it; at 0 it began. */
  after: headSchema,
  upTo: headSchema,
});
export type Stretch = z.infer<typeof stretchSchema>;

const fileSchema = z.strictObject({
  /** Below the folder of all books. */
  path: z.string().regex(/^(books|personal)\/\d{4}-\d{2}-\d{2}\/[\w.-]+$/),
  /** Of the file as it lies there, compressed. */
  sha256,
  lines: count,
});
export type BookFile = z.infer<typeof fileSchema>;

const partSchema = z.strictObject({
  /** From 1. */
  number: z.int().min(1),
  /** Merkle root over the lines of `heads`. */
  root: sha256,
  /** A {@link Stretch} a line. */
  heads: fileSchema,
  /** The entries of these stretches, in the same order, one a line. */
  entries: fileSchema,
  /** What was left of their personal values, in the same order: may be left out, or be gone. */
  personal: fileSchema.optional(),
});
export type BookPart = z.infer<typeof partSchema>;

const damageSchema = z.strictObject({ processId: z.string(), sequence: count, damage: z.string() });
export type BookDamage = z.infer<typeof damageSchema>;

export const manifestSchema = z.strictObject({
  format: z.literal(BOOK_FORMAT),
  /** Name of the installation. */
  installation: z.string().min(1),
  /** `YYYY-MM-DD` in UTC. */
  day: daySchema,
  recordSchemaVersion: z.literal(RECORD_SCHEMA_VERSION),
  /** The book before this one, by the SHA-256 of its manifest; null: this is the first. */
  previous: z.strictObject({ day: daySchema, sha256 }).nullable(),
  chains: count,
  entries: count,
  /** Merkle root over the roots of the parts. */
  root: sha256,
  parts: z.array(partSchema),
  /** What was wrong with the records already when the book was written: the first hundred. */
  damages: z.array(damageSchema),
  /** ECDSA with SHA-256 on P-256, as DER; the key by the SHA-256 of its DER (SubjectPublicKeyInfo). */
  signing: z.strictObject({ algorithm: z.literal('ECDSA_SHA_256'), keySha256: sha256 }),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Places of a book's files, below the folder of all books. */
export const bookPaths = {
  folder: (day: string) => `books/${day}/`,
  manifest: (day: string) => `books/${day}/manifest.json`,
  signature: (day: string) => `books/${day}/manifest.sig`,
  publicKey: (day: string) => `books/${day}/public-key.pem`,
  part: (day: string, number: number, kind: 'heads' | 'entries' | 'personal') =>
    `${kind === 'personal' ? 'personal' : 'books'}/${day}/part-${String(number).padStart(5, '0')}.${kind}.jsonl.gz`,
};

/** A part's root over its stretches, in their order. */
export function partRoot(stretches: readonly Stretch[]): string {
  return merkleRoot(stretches.map((stretch) => leafDigest(canonicalJson(stretch))));
}

/** @param damages - all that were found, of which the manifest keeps some */
export function makeManifest(
  facts: Pick<Manifest, 'installation' | 'day' | 'previous' | 'parts' | 'damages'> & { readonly keySha256: string },
): Manifest {
  const { keySha256, parts, ...rest } = facts;
  return {
    format: BOOK_FORMAT,
    ...rest,
    recordSchemaVersion: RECORD_SCHEMA_VERSION,
    parts,
    chains: parts.reduce((sum, { heads }) => sum + heads.lines, 0),
    entries: parts.reduce((sum, { entries }) => sum + entries.lines, 0),
    root: merkleRoot(parts.map(({ root }) => root)),
    signing: { algorithm: 'ECDSA_SHA_256', keySha256 },
  };
}

/** The bytes that are signed, and that the next book names by their digest. */
export function manifestText(manifest: Manifest): string {
  return `${canonicalJson(manifest as unknown as Json)}\n`;
}

/** SHA-256 (hex) of bytes or of a text in UTF-8. */
export function sha256Of(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Whether the same entry is meant. */
export function isSameHead(one: ChainHead, other: ChainHead): boolean {
  return one.sequence === other.sequence && one.hash === other.hash;
}

/** The day of an instant in UTC. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** So many days later, or earlier. */
export function dayAfter(day: string, days = 1): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000));
}
