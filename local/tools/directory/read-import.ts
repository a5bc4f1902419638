/** The files of an import, and the version that counts, become the next version of the directory, or a report of what is wrong. */
import { type DirectoryData, parseDirectory } from '../../../functions/directory/directory-file.ts';
import { type FieldIssue, ValidationError } from '../../../functions/runtime/errors.ts';
import { readCsv } from './csv-source.ts';
import { readJsonLists } from './json-source.ts';
import { readJson } from './json-text.ts';
import { isScim, type JsonFile } from './scim-list.ts';
import { readScim } from './scim-source.ts';
import {
  KEYS,
  LISTS,
  type ListName,
  listOf,
  type Problem,
  type ReadSource,
  type SourceFile,
  type SourceRecord,
} from './source.ts';

export type ReadImport =
  | { readonly data: DirectoryData; readonly notes: readonly string[] }
  | { readonly problems: readonly Problem[] };

/** A record of the next version, with its place if a file has it. */
interface Next {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly from?: SourceRecord;
}

/**
 * Lists that no file has stay. Whoever is missing in a list of people has left: records name them for good, so they stay, are
 * active no more and hold no post. Nothing is written.
 */
export function readImport(files: readonly SourceFile[], current: DirectoryData): ReadImport {
  const read = readFiles(files, current);
  const twice = LISTS.filter((list) => read.filter(({ source }) => source[list] !== undefined).length > 1);
  const problems = [...read.flatMap((one) => one.problems), ...twice.map((list) => listTwice(list, read))];
  const next = nextLists(read, current);
  try {
    const data = parseDirectory(
      Object.fromEntries(LISTS.map((list) => [list, next[list].map(({ fields }) => fields)])),
    );
    return problems.length > 0 ? { problems } : { data, notes: read.flatMap(({ notes }) => notes) };
  } catch (error) {
    if (!(error instanceof ValidationError)) {
      throw error;
    }
    return { problems: inOrder([...problems, ...error.issues.map((issue) => placed(issue, next))]) };
  }
}

function readFiles(files: readonly SourceFile[], current: DirectoryData): readonly ReadSource[] {
  const read: ReadSource[] = [];
  const scim: JsonFile[] = [];
  for (const file of files) {
    if (/\.csv$/i.test(file.name)) {
      read.push(readCsv(file));
      continue;
    }
    const json = readJson(file);
    if ('problem' in json) {
      read.push({ source: {}, problems: [json.problem], notes: [] });
    } else if (isScim({ name: file.name, json })) {
      scim.push({ name: file.name, json });
    } else {
      read.push(readJsonLists(file.name, json));
    }
  }
  return scim.length === 0 ? read : [...read, readScim(scim, current)];
}

function listTwice(list: ListName, read: readonly ReadSource[]): Problem {
  const file = read.findLast(({ source }) => source[list] !== undefined)?.source[list]?.[0]?.file ?? '';
  return { file, line: 1, field: list, problem: 'another file has this list as well', remedy: 'import one of them' };
}

function nextLists(
  read: readonly ReadSource[],
  current: DirectoryData,
): { readonly [list in ListName]: readonly Next[] } {
  const next = (list: ListName): readonly Next[] => {
    const records = read.find(({ source }) => source[list] !== undefined)?.source[list];
    const before = listOf(current, list);
    if (records === undefined) {
      return before.map((fields) => ({ fields }));
    }
    const known = new Map(before.map((fields) => [fields[KEYS[list]], fields]));
    const ids = new Set(records.map(({ fields }) => fields[KEYS[list]]));
    const leavers = list === 'people' ? before.filter((fields) => !ids.has(fields[KEYS[list]])) : [];
    return [
      ...records.map((record) => ({ fields: merged(record, known.get(record.fields[KEYS[list]])), from: record })),
      ...leavers.map((fields) => ({ fields: { ...fields, active: false, posts: [] } })),
    ];
  };
  return {
    people: next('people'),
    departments: next('departments'),
    costCentres: next('costCentres'),
    posts: next('posts'),
  };
}

/** Whoever a list of people has is active unless it says otherwise; somebody new holds no post. */
function merged({ fields, isWhole }: SourceRecord, before: Next['fields'] = {}): Next['fields'] {
  const stays = isWhole === true ? {} : before;
  const isPerson = isWhole !== true && fields[KEYS.people] !== undefined;
  const usual = isPerson ? { posts: [], ...stays, active: true } : stays;
  return Object.fromEntries(Object.entries({ ...usual, ...fields }).filter(([, value]) => value !== undefined));
}

/** `people[3].managerId` as the file and line that say so. */
function placed(issue: FieldIssue, next: { readonly [list in ListName]: readonly Next[] }): Problem {
  const { problem, remedy } = issue;
  const [, list = '', index = '', field = ''] = /^(\w+)\[(\d+)\]\.?(.*)$/.exec(issue.field) ?? [];
  const name = LISTS.find((known) => known === list);
  const record = name === undefined ? undefined : next[name][Number(index)];
  if (name === undefined || record?.from === undefined) {
    const id = name === undefined ? '' : ` of ${String(record?.fields[KEYS[name]])}, whom no file has`;
    return { file: '(as it was)', line: 0, field: `${field || issue.field}${id}`, problem, remedy };
  }
  const { from } = record;
  return { file: from.file, line: from.lineOf(field), field: from.nameOf(field) || '(whole)', problem, remedy };
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((one, other) => one.file.localeCompare(other.file) || one.line - other.line);
}
