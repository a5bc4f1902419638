/** The files of one part of a book in a folder, checked against its manifest and then line by line. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackLines } from '../../../functions/evidence/books/jsonl.ts';
import { type BookFile, type BookPart, sha256Of } from '../../../functions/evidence/domain/book.ts';
import { type CheckedLines, checkPart, type Finding } from '../../../functions/evidence/domain/check-part.ts';
import { erasedLineOf } from '../../../functions/evidence/domain/erased-values.ts';
import { objectOf } from '../../../functions/evidence/domain/json-line.ts';

const OTHER_FILE = 'the file is not the one of the manifest';

/** What a part's verification says; plain data, since it crosses threads. */
export interface CheckedPart extends CheckedLines {
  readonly entries: number;
  /** Values of persons that were there to be checked; undefined: the file is gone or was left out. */
  readonly personal: number | undefined;
}

/** @param folder - what the paths of the manifest are below of */
export async function checkPartFiles(folder: string, part: BookPart): Promise<CheckedPart> {
  const [heads, entries, personal] = await Promise.all([
    readLines(folder, part.heads),
    readLines(folder, part.entries),
    part.personal === undefined ? undefined : readPersonal(folder, part.personal),
  ]);
  const findings = [heads, entries, personal].flatMap((file) => file?.findings ?? []);
  const checked = checkPart({
    heads: heads.lines ?? [],
    entries: entries.lines ?? [],
    ...(personal?.lines === undefined ? {} : { personal: personal.lines }),
  });
  return {
    ...checked,
    findings: [...findings, ...checked.findings],
    entries: entries.lines?.length ?? 0,
    personal: personal?.lines === undefined ? undefined : personal.lines.length - checked.erased.length,
  };
}

interface ReadFile {
  readonly lines?: readonly string[];
  readonly findings: readonly Finding[];
}

/** What a file has, and what is wrong with it as a file. */
export async function readLines(folder: string, file: BookFile): Promise<ReadFile> {
  const content = await readFile(join(folder, file.path)).catch(() => undefined);
  return content === undefined
    ? { findings: [{ path: file.path, problem: 'the file is missing' }] }
    : linesOf(content, file);
}

/** It may be gone, and another than in the manifest where it says itself what was erased: each of its lines is proved by the entries. */
async function readPersonal(folder: string, file: BookFile): Promise<ReadFile> {
  const content = await readFile(join(folder, file.path)).catch(() => undefined);
  if (content === undefined) {
    return { findings: [] };
  }
  const read = await linesOf(content, file);
  const isOther = read.findings.some(({ problem }) => problem === OTHER_FILE);
  return isOther && read.lines?.some((line) => erasedLineOf(objectOf(line)) !== undefined) === true
    ? { ...read, findings: read.findings.filter(({ problem }) => problem !== OTHER_FILE) }
    : read;
}

async function linesOf(content: Uint8Array, { path, sha256, lines: count }: BookFile): Promise<ReadFile> {
  const changed = sha256Of(content) === sha256 ? [] : [{ path, problem: OTHER_FILE }];
  const lines = await unpackLines(content).catch(() => undefined);
  if (lines === undefined) {
    return { findings: [...changed, { path, problem: 'the file cannot be expanded' }] };
  }
  const miscounted =
    lines.length === count ? [] : [{ path, problem: `it has ${lines.length} lines instead of ${count}` }];
  return { lines, findings: [...changed, ...miscounted] };
}
