/** The files of one part of a book in a folder, checked against its manifest and then line by line. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackLines } from '../../../functions/evidence/books/jsonl.ts';
import { type BookFile, type BookPart, sha256Of } from '../../../functions/evidence/domain/book.ts';
import { checkPart, type Finding } from '../../../functions/evidence/domain/check-part.ts';

/** What a part's verification says; plain data, since it crosses threads. */
export interface CheckedPart {
  readonly findings: readonly Finding[];
  readonly entries: number;
  /** Values of persons that were there to be checked; undefined: the file is gone or was left out. */
  readonly personal: number | undefined;
}

/** @param folder - what the paths of the manifest are below of */
export async function checkPartFiles(folder: string, part: BookPart): Promise<CheckedPart> {
  const [heads, entries, personal] = await Promise.all([
    readLines(folder, part.heads),
    readLines(folder, part.entries),
    part.personal === undefined ? undefined : readLines(folder, part.personal, true),
  ]);
  const findings = [heads, entries, personal].flatMap((file) => file?.findings ?? []);
  return {
    findings: [
      ...findings,
      ...checkPart({
        heads: heads.lines ?? [],
        entries: entries.lines ?? [],
        ...(personal?.lines === undefined ? {} : { personal: personal.lines }),
      }),
    ],
    entries: entries.lines?.length ?? 0,
    personal: personal?.lines?.length,
  };
}

/** What a file has, and what is wrong with it as a file. */
export async function readLines(
  folder: string,
  { path, sha256, lines: count }: BookFile,
  mayBeGone = false,
): Promise<{ readonly lines?: readonly string[]; readonly findings: readonly Finding[] }> {
  const content = await readFile(join(folder, path)).catch(() => undefined);
  if (content === undefined) {
    return { findings: mayBeGone ? [] : [{ path, problem: 'the file is missing' }] };
  }
  const changed = sha256Of(content) === sha256 ? [] : [{ path, problem: 'the file is not the one of the manifest' }];
  const lines = await unpackLines(content).catch(() => undefined);
  if (lines === undefined) {
    return { findings: [...changed, { path, problem: 'the file cannot be expanded' }] };
  }
  const miscounted =
    lines.length === count ? [] : [{ path, problem: `it has ${lines.length} lines instead of ${count}` }];
  return { lines, findings: [...changed, ...miscounted] };
}
