/** What the files of an import say, and where each thing stands in them. */
import type { DirectoryData } from '../../../functions/directory/directory-file.ts';

export const LISTS = ['people', 'departments', 'costCentres', 'posts'] as const;
export type ListName = (typeof LISTS)[number];

/** A record as a file has it, not checked yet. */
export interface SourceRecord {
  /** Fields by their names in the directory; undefined: the file says that there is none. Fields that are absent stay. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Fields that are absent are none, and do not stay as they are. */
  readonly isWhole?: true;
  readonly file: string;
  /** The line of a field, or of the record where the field has none; from 1. */
  readonly lineOf: (field: string) => number;
  /** What the file calls a field. */
  readonly nameOf: (field: string) => string;
}

/** Lists that the files have; what they do not have stays as it is. */
export type Source = { readonly [list in ListName]?: readonly SourceRecord[] };

/** One thing that is wrong: where, what, and what mends it. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
}

export interface ReadSource {
  readonly source: Source;
  readonly problems: readonly Problem[];
  /** What was left alone, for whoever imports to know. */
  readonly notes: readonly string[];
}

/** A file as it was read. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** By which field each list knows its records. */
export const KEYS: { readonly [list in ListName]: string } = {
  people: 'employeeId',
  departments: 'departmentId',
  costCentres: 'costCentreId',
  posts: 'postId',
};

/** Undefined: the text is not UTF-8. */
export function textOf({ bytes }: SourceFile): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Lists of a directory as plain records. */
export function listOf(data: DirectoryData, list: ListName): readonly Readonly<Record<string, unknown>>[] {
  return data[list].map((record) => ({ ...record }));
}
