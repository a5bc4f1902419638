/** How fast exported books are verified: an export of its own making, as the product writes it. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { canonicalJson, type Json } from '../../functions/audit/domain/canonical-json.ts';
import { chainEntries, EMPTY_CHAIN, type NewEntry } from '../../functions/audit/domain/record.ts';
import { packLines } from '../../functions/evidence/books/jsonl.ts';
import {
  type BookPart,
  bookPaths,
  makeManifest,
  manifestText,
  partRoot,
  sha256Of,
} from '../../functions/evidence/domain/book.ts';
import { verifyBooks } from '../tools/books/verify-books.ts';
import { rounded } from './statistics.ts';

const DAY = '2026-01-01';
const PARTS = 12;
/** With their entries about what a part has that is full. */
const PROCESSES = 670;
/** Of a purchase with two levels. */
const ENTRIES = 30;

/** @param folder - is deleted before and after */
export async function measureVerification(folder: string) {
  await rm(folder, { recursive: true, force: true });
  await writeBook(folder);
  const alone = await timed(folder, 0);
  const threaded = await timed(folder, availableParallelism());
  await rm(folder, { recursive: true, force: true });
  return { processors: availableParallelism(), ...threaded, inOneThread: alone };
}

async function timed(folder: string, threads: number) {
  const before = performance.now();
  const { entries, findings } = await verifyBooks(folder, { threads });
  const seconds = (performance.now() - before) / 1000;
  if (findings.length > 0) throw new Error(`the book is not whole: ${findings[0]?.problem}`);
  return { entries, seconds: rounded(seconds), entriesPerSecond: Math.round(entries / seconds) };
}

async function writeBook(folder: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const parts: BookPart[] = [];
  for (let number = 1; number <= PARTS; number += 1) {
    parts.push(await writePart(folder, number));
  }
  const keySha256 = createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex');
  const facts = { installation: 'bench', day: DAY, previous: null, damages: [], keySha256 };
  const text = manifestText(makeManifest({ ...facts, parts }));
  await save(folder, bookPaths.manifest(DAY), text);
  await save(folder, bookPaths.signature(DAY), sign('sha256', Buffer.from(text), privateKey).toString('base64'));
  await save(folder, bookPaths.publicKey(DAY), publicKey.export({ format: 'pem', type: 'spki' }).toString());
}

async function writePart(folder: string, number: number): Promise<BookPart> {
  const chains = Array.from({ length: PROCESSES }, (_, index) => {
    const processId = `P2P-bench-${number}-${index}`;
    const news = Array.from({ length: ENTRIES }, (_unused, sequence) => entryOf(sequence));
    const context = { now: new Date(`${DAY}T08:00:00.000Z`), newSalt: () => 'a-salt-of-as-many-letters-as-a-uuid' };
    return { processId, ...chainEntries(processId, EMPTY_CHAIN, news, context) };
  });
  const stretches = chains.map(({ processId, head }) => ({ processId, after: EMPTY_CHAIN, upTo: head }));
  const file = async (kind: 'heads' | 'entries' | 'personal', values: readonly unknown[]) => {
    const path = bookPaths.part(DAY, number, kind);
    const content = await packLines(values.map((value) => canonicalJson(value as Json)));
    await save(folder, path, content);
    return { path, sha256: sha256Of(content), lines: values.length };
  };
  return {
    number,
    root: partRoot(stretches),
    heads: await file('heads', stretches),
    entries: await file(
      'entries',
      chains.flatMap(({ entries }) => entries),
    ),
    personal: await file(
      'personal',
      chains.flatMap(({ personal }) => personal),
    ),
  };
}

/** As long as those of purchases are: about 700 bytes; one in ten with a comment. */
function entryOf(index: number): NewEntry {
  return {
    type: 'LevelApproved',
    actor: { kind: 'person', id: `E-${1000 + index}` },
    facts: {
      approvalId: `order-${index}`,
      level: index % 3,
      levelName: 'Department head',
      documentVersion: 1,
      total: { amount: '12345.60', currency: 'CNY' },
      approverIds: [`E-${2000 + index}`, `E-${3000 + index}`],
      ruledBy: { table: 'purchase-approval', row: index, digest: 'c0ffee'.repeat(8) },
      deadline: `${DAY}T18:00:00.000Z`,
    },
    ...(index % 10 === 0 ? { personal: { comment: 'Agreed, as we talked about it on Monday.' } } : {}),
  };
}

async function save(folder: string, path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}
