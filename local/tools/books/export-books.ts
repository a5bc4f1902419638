/** Copies books into a folder that verifies by itself, and that can be given to others. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packLines, unpackLines } from '../../../functions/evidence/books/jsonl.ts';
import type { Shelf } from '../../../functions/evidence/books/port.ts';
import { bookPaths, type Manifest, manifestSchema } from '../../../functions/evidence/domain/book.ts';
import { type ErasedValues, withoutErased } from '../../../functions/evidence/domain/erased-values.ts';

interface WhichBooks {
  /** Day of the newest book; earlier ones are named by it. */
  readonly newest: string;
  /** `YYYY-MM-DD`, both included; undefined: from the first, to the newest. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Without them the folder holds nothing about what people wrote. */
  readonly withPersonal: boolean;
  /** What was erased and may not be taken out of the books yet: it is left out here. */
  readonly erasures: readonly ErasedValues[];
}

export interface ExportedBooks {
  /** In their order. */
  readonly days: readonly string[];
  /** Files of personal values that are gone, since their time is over. */
  readonly gone: readonly string[];
}

/** @throws Error in one sentence when a file of a book is not on the shelf */
export async function exportBooks(shelf: Shelf, which: WhichBooks, folder: string): Promise<ExportedBooks> {
  const { newest, from = '', to = newest } = which;
  const days: string[] = [];
  const gone: string[] = [];
  for (let day: string | undefined = newest; day !== undefined && day >= from; ) {
    const manifest = await readManifest(shelf, day);
    if (day <= to) {
      gone.push(...(await copyBook(shelf, manifest, folder, which)));
      days.unshift(day);
    }
    day = manifest.previous?.day;
  }
  return { days, gone };
}

async function readManifest(shelf: Shelf, day: string): Promise<Manifest> {
  const content = await wanted(shelf, bookPaths.manifest(day));
  return manifestSchema.parse(JSON.parse(Buffer.from(content).toString('utf8')));
}

async function copyBook(
  shelf: Shelf,
  { day, parts }: Manifest,
  folder: string,
  { withPersonal, erasures }: WhichBooks,
) {
  const paths = [
    ...[bookPaths.manifest(day), bookPaths.signature(day), bookPaths.publicKey(day)],
    ...parts.flatMap(({ heads, entries }) => [heads.path, entries.path]),
  ];
  for (const path of paths) {
    await save(folder, path, await wanted(shelf, path));
  }
  const gone: string[] = [];
  for (const path of withPersonal ? parts.flatMap(({ personal }) => personal?.path ?? []) : []) {
    const content = await shelf.read(path);
    if (content === undefined) {
      gone.push(path);
    } else {
      await save(folder, path, await leaveOut(content, erasures));
    }
  }
  return gone;
}

/** The file as it is when there is nothing in it to be left out: what the manifest says of it holds. */
async function leaveOut(content: Uint8Array, erasures: readonly ErasedValues[]): Promise<Uint8Array> {
  const { lines, erased } = withoutErased(await unpackLines(content), erasures);
  return erased === 0 ? content : packLines(lines);
}

async function wanted(shelf: Shelf, path: string): Promise<Uint8Array> {
  const content = await shelf.read(path);
  if (content === undefined) {
    throw new Error(`${path} is missing where the books are kept`);
  }
  return content;
}

/** Readable by the owner only: it may hold personal values. */
async function save(folder: string, path: string, content: Uint8Array): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content, { mode: 0o600 });
}
