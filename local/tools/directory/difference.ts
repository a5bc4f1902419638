/** What one version of the directory has that another has not, in lines for people. */
import { isDeepStrictEqual } from 'node:util';
import type { DirectoryData } from '../../../functions/directory/directory-file.ts';
import { KEYS, LISTS, type ListName, listOf } from './source.ts';

/** One line for each record that comes (+), goes (-) or changes (~). */
export function differenceOf(before: DirectoryData, after: DirectoryData): readonly string[] {
  return LISTS.flatMap((list) => linesOf(list, before, after));
}

function linesOf(list: ListName, before: DirectoryData, after: DirectoryData): readonly string[] {
  const byId = (data: DirectoryData) =>
    new Map(listOf(data, list).map((record) => [String(record[KEYS[list]]), record]));
  const [old, young] = [byId(before), byId(after)];
  const come = [...young].filter(([id]) => !old.has(id)).map(([id, { name }]) => `+ ${list} ${id} ${String(name)}`);
  const gone = [...old].filter(([id]) => !young.has(id)).map(([id, { name }]) => `- ${list} ${id} ${String(name)}`);
  const changed = [...young].flatMap(([id, record]) => {
    const changes = changesOf(old.get(id) ?? record, record);
    return changes.length === 0 ? [] : [`~ ${list} ${id}: ${changes.join(', ')}`];
  });
  return [...come, ...gone, ...changed];
}

type Fields = Readonly<Record<string, unknown>>;

function changesOf(before: Fields, after: Fields): readonly string[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => `${field} ${shown(before[field])} -> ${shown(after[field])}`);
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);
}
