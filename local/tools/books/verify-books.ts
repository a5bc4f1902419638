/**
 * Verifies books in a folder by nothing but the folder and the public key: each manifest and its signature, that no book is
 * missing between two, each file, and every entry. Memory holds a part for each thread, and for each process where it stands.
 */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { type ChainHead, EMPTY_CHAIN } from '../../../functions/audit/domain/record.ts';
import {
  type BookPart,
  bookPaths,
  isSameHead,
  type Manifest,
  manifestSchema,
  partRoot,
  sha256Of,
} from '../../../functions/evidence/domain/book.ts';
import { type Finding, readStretch } from '../../../functions/evidence/domain/check-part.ts';
import type { ErasedLine, ErasedValues } from '../../../functions/evidence/domain/erased-values.ts';
import { merkleRoot } from '../../../functions/evidence/domain/merkle.ts';
import { type PartCheckers, startPartCheckers } from './part-checkers.ts';
import { readLines } from './part-files.ts';

/** Entries that are checked sooner than a thread is started for them. */
const WORTH_A_THREAD = 40_000;

export interface VerifiedBooks {
  readonly days: readonly string[];
  readonly entries: number;
  readonly processes: number;
  /** Values of persons that were checked, and files of them that are not there any more. */
  readonly personal: {
    readonly checked: number;
    readonly filesGone: number;
    /** Values that were erased after their book was closed. */
    readonly erased: number;
    /** Those of them of which the record says so only behind what the books have of it: proved by the tables, not by the books. */
    readonly erasedLater: readonly ErasedLine[];
  };
  readonly keySha256: string;
  /** Whether the key came from elsewhere than the folder itself. */
  readonly isKeyGiven: boolean;
  /** Whether the first book is there: else nothing is known of what was before. */
  readonly isFromBeginning: boolean;
  readonly findings: readonly Finding[];
}

interface ReadBook {
  readonly day: string;
  readonly sha256: string;
  readonly manifest: Manifest | undefined;
  readonly findings: readonly Finding[];
}

/**
 * @param folder - holds `books/` and, unless they were left out, `personal/`
 * @param options.keyPem - the installation's public key; without it the one beside the first book is believed
 * @param options.threads - that check parts; without it as many as pay off
 * @throws Error in one sentence when there is no book in the folder, or no key
 */
export async function verifyBooks(
  folder: string,
  { keyPem, threads }: { readonly keyPem?: string | undefined; readonly threads?: number } = {},
): Promise<VerifiedBooks> {
  const days = (await readdir(join(folder, 'books')).catch(() => [])).sort();
  const [first] = days;
  if (first === undefined) {
    throw new Error(`there are no books in ${folder}`);
  }
  const key = createPublicKey(keyPem ?? (await readFile(join(folder, bookPaths.publicKey(first)), 'utf8')));
  const keySha256 = createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex');
  const books: ReadBook[] = [];
  for (const day of days) {
    books.push(await readBook(folder, day, key, keySha256));
  }
  const isFromBeginning = books[0]?.manifest?.previous === null;
  const state = {
    heads: new Map<string, ChainHead>(),
    isFromBeginning,
    findings: books.flatMap((book) => book.findings),
  };
  state.findings.push(...gaps(books));
  const expected = books.reduce((sum, { manifest }) => sum + (manifest?.entries ?? 0), 0);
  const checkers = startPartCheckers(threads ?? (expected < WORTH_A_THREAD ? 0 : availableParallelism()));
  try {
    const counted = await checkParts(folder, books, checkers, state);
    const { heads, findings } = state;
    return {
      days,
      ...counted,
      processes: heads.size,
      keySha256,
      isKeyGiven: keyPem !== undefined,
      isFromBeginning,
      findings,
    };
  } finally {
    await checkers.stop();
  }
}

async function readBook(folder: string, day: string, key: KeyObject, keySha256: string): Promise<ReadBook> {
  const path = bookPaths.manifest(day);
  const [content, signature] = await Promise.all(
    [path, bookPaths.signature(day)].map((file) => readFile(join(folder, file)).catch(() => undefined)),
  );
  if (content === undefined) {
    return { day, sha256: '', manifest: undefined, findings: [{ path, problem: 'the manifest is missing' }] };
  }
  const findings: Finding[] = [];
  const der = Buffer.from(signature?.toString('utf8') ?? '', 'base64');
  if (!verify('sha256', content, key, der)) {
    findings.push({ path, problem: 'the signature is not that of this manifest by this key' });
  }
  const parsed = manifestSchema.safeParse(jsonOf(content));
  if (!parsed.success) {
    findings.push({ path, problem: `it is no manifest: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}` });
    return { day, sha256: sha256Of(content), manifest: undefined, findings };
  }
  const manifest = parsed.data;
  return {
    day,
    sha256: sha256Of(content),
    manifest,
    findings: [...findings, ...inManifest(path, day, manifest, keySha256)],
  };
}

function inManifest(path: string, day: string, manifest: Manifest, keySha256: string): readonly Finding[] {
  const { parts, root, chains, entries, signing } = manifest;
  const problems = [
    ...(manifest.day === day ? [] : [`it is the manifest of ${manifest.day}`]),
    ...(signing.keySha256 === keySha256 ? [] : ['it was signed with another key']),
    ...(merkleRoot(parts.map((part) => part.root)) === root ? [] : ['its root is not that of its parts']),
    ...(parts.reduce((sum, part) => sum + part.heads.lines, 0) === chains ? [] : ['it counts other processes']),
    ...(parts.reduce((sum, part) => sum + part.entries.lines, 0) === entries ? [] : ['it counts other entries']),
  ];
  return [
    ...problems.map((problem): Finding => ({ path, problem })),
    ...manifest.damages.map(
      ({ processId, sequence, damage }): Finding => ({
        processId,
        sequence,
        problem: `damaged already when the book was closed: ${damage}`,
      }),
    ),
  ];
}

/** Each book names the one before it. */
function gaps(books: readonly ReadBook[]): readonly Finding[] {
  return books.flatMap(({ day, manifest }, index): readonly Finding[] => {
    const before = books[index - 1];
    const named = manifest?.previous;
    if (
      before === undefined ||
      manifest === undefined ||
      (named?.day === before.day && named.sha256 === before.sha256)
    ) {
      return [];
    }
    return named?.day === before.day
      ? [
          {
            path: bookPaths.manifest(day),
            problem: `the book of ${before.day} is another than the one that it follows`,
          },
        ]
      : [
          {
            path: bookPaths.manifest(day),
            problem: `the book before it is missing: ${named?.day ?? 'it says that it is the first'}`,
          },
        ];
  });
}

interface State {
  /** Where each process stands in the books so far. */
  readonly heads: Map<string, ChainHead>;
  readonly isFromBeginning: boolean;
  readonly findings: Finding[];
}

interface Erased {
  readonly lines: ErasedLine[];
  readonly byRecord: ErasedValues[];
}

async function checkParts(folder: string, books: readonly ReadBook[], checkers: PartCheckers, state: State) {
  let [entries, checked, filesGone] = [0, 0, 0];
  const erased: Erased = { lines: [], byRecord: [] };
  const pending = new Set<Promise<void>>();
  for (const { manifest } of books) {
    for (const part of manifest?.parts ?? []) {
      await follow(folder, part, state);
      const task = checkers.check(folder, part).then((done) => {
        state.findings.push(...done.findings);
        erased.lines.push(...done.erased);
        erased.byRecord.push(...done.erasures);
        entries += done.entries;
        checked += done.personal ?? 0;
        filesGone += part.personal !== undefined && done.personal === undefined ? 1 : 0;
      });
      pending.add(task);
      void task.finally(() => pending.delete(task)).catch(() => undefined);
    }
  }
  await Promise.all(pending);
  const erasedLater = laterErased(erased, state);
  return { entries, personal: { checked, filesGone, erased: erased.lines.length, erasedLater } };
}

/** What is said to be erased is so by the record: where the books have it that far. */
function laterErased({ lines, byRecord }: Erased, { heads, findings }: State): readonly ErasedLine[] {
  const sequencesOf = new Map(byRecord.map((one) => [`${one.erasedBy} ${one.processId}`, new Set(one.sequences)]));
  const unproved = lines.filter(
    ({ processId, sequence, erasedBy }) => sequencesOf.get(`${erasedBy} ${processId}`)?.has(sequence) !== true,
  );
  const isLater = ({ processId, erasedBy }: ErasedLine) => erasedBy > (heads.get(processId)?.sequence ?? 0);
  for (const { processId, sequence, erasedBy } of unproved.filter((one) => !isLater(one))) {
    const problem = `personal values are said to be erased by entry ${erasedBy}, and that entry does not say so`;
    findings.push({ processId, sequence, problem });
  }
  return unproved.filter(isLater);
}

/** The heads in their order, since a stretch begins where the one before it ended. What is wrong with the file itself is told with its entries. */
async function follow(folder: string, part: BookPart, state: State): Promise<void> {
  const { lines = [] } = await readLines(folder, part.heads);
  const stretches = lines.map(readStretch).filter((stretch) => stretch !== undefined);
  if (partRoot(stretches) !== part.root) {
    state.findings.push({ path: part.heads.path, problem: 'its root is not the one of the manifest' });
  }
  for (const { processId, after, upTo } of stretches) {
    const known = state.heads.get(processId) ?? (state.isFromBeginning ? EMPTY_CHAIN : after);
    if (!isSameHead(known, after)) {
      const problem = `the book goes on behind entry ${after.sequence}, and the books before end with another, ${known.sequence}`;
      state.findings.push({ processId, sequence: after.sequence, problem });
    }
    state.heads.set(processId, upTo);
  }
}

function jsonOf(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}
