/** The directory as JSON: the shape of the deployment's file, with all its lists or some of them. */
import * as z from 'zod';
import type { JsonText } from './json-text.ts';
import { LISTS, type ListName, type Problem, type ReadSource, type SourceRecord } from './source.ts';

const recordSchema = z.record(z.string(), z.unknown());

/** Records are whole: a field that is absent is none. */
export function readJsonLists(file: string, { value, lineAt }: JsonText): ReadSource {
  const lists = recordSchema.safeParse(value).data ?? {};
  const problems: Problem[] = [];
  const source: Partial<Record<ListName, readonly SourceRecord[]>> = {};
  for (const [name, items] of Object.entries(lists)) {
    const list = LISTS.find((known) => known === name);
    if (list === undefined || !Array.isArray(items)) {
      const problem = list === undefined ? 'there is no such list' : 'this must be a list';
      problems.push({ file, line: lineAt([name]), field: name, problem, remedy: `the lists are ${LISTS.join(', ')}` });
      continue;
    }
    source[list] = items.map((item: unknown, index) => recordOf(file, [list, index], item, lineAt));
  }
  if (Object.keys(source).length === 0 && problems.length === 0) {
    const remedy = `give an object with the lists ${LISTS.join(', ')}, or a list response of SCIM`;
    problems.push({ file, line: 1, field: '(whole)', problem: 'there is no list of a directory in it', remedy });
  }
  return { source, problems, notes: [] };
}

function recordOf(
  file: string,
  at: readonly (string | number)[],
  item: unknown,
  lineAt: JsonText['lineAt'],
): SourceRecord {
  const fields = recordSchema.safeParse(item).data ?? {};
  return {
    fields,
    file,
    isWhole: true,
    lineOf: (field) => lineAt([...at, ...pathOf(field)]),
    nameOf: (field) => field,
  };
}

/** `absences[0].until` as a path. */
function pathOf(field: string): readonly (string | number)[] {
  return field
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
