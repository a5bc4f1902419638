/** A list of the directory as CSV (RFC 4180), one record a line: which list it is, the column of its ids says. */
import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod';
import {
  KEYS,
  type ListName,
  type Problem,
  type ReadSource,
  type SourceFile,
  type SourceRecord,
  textOf,
} from './source.ts';

const COLUMNS: { readonly [list in ListName]: readonly string[] } = {
  people: [
    'employeeId',
    'name',
    'email',
    'locale',
    'timeZone',
    'managerId',
    'departmentId',
    'posts',
    'active',
    'grade',
    'approvalLimit',
    'substituteId',
  ],
  departments: ['departmentId', 'name', 'headId', 'legalEntity'],
  costCentres: ['costCentreId', 'name', 'departmentId'],
  posts: ['postId', 'name', 'roles'],
};

/** In this order: a list of people has departments as well. */
const KINDS: readonly ListName[] = ['people', 'costCentres', 'posts', 'departments'];

const rowsSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/** Posts and roles are separated by semicolons; `active` is true or false. An empty cell says that there is none. */
export function readCsv(file: SourceFile): ReadSource {
  const text = textOf(file);
  if (text === undefined) {
    return failed(file, 1, '(whole)', 'the file is not in UTF-8', 'save it as "CSV UTF-8"');
  }
  try {
    const rows = rowsSchema.parse(
      parse(text, { bom: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true }),
    );
    return readRows(file, rows);
  } catch (error) {
    if (!(error instanceof CsvError)) {
      throw error;
    }
    const line = z.number().safeParse(Reflect.get(error, 'lines')).data ?? 1;
    return failed(file, line, '(whole)', error.message, 'close each quoted cell, and double the quotes inside it');
  }
}

function readRows(file: SourceFile, [header, ...rows]: z.infer<typeof rowsSchema>): ReadSource {
  const columns = header?.record ?? [];
  const list = KINDS.find((kind) => columns.includes(KEYS[kind]));
  if (list === undefined) {
    const ids = KINDS.map((kind) => KEYS[kind]).join(', ');
    return failed(
      file,
      1,
      '(whole)',
      'no column says which list it is',
      `name the columns in line 1, among them ${ids}`,
    );
  }
  const problems = columns
    .filter((column, index) => !COLUMNS[list].includes(column) || columns.indexOf(column) !== index)
    .map((column): Problem => {
      const problem = COLUMNS[list].includes(column) ? 'the column is there twice' : 'there is no such column';
      return {
        file: file.name,
        line: 1,
        field: column,
        problem,
        remedy: `the columns are ${COLUMNS[list].join(', ')}`,
      };
    });
  const wrongRows = rows
    .filter(({ record }) => record.length !== columns.length)
    .map(({ record, info }): Problem => {
      const problem = `the line has ${record.length} cells and line 1 has ${columns.length}`;
      return {
        file: file.name,
        line: info.lines,
        field: '(whole)',
        problem,
        remedy: 'put cells with commas in quotes',
      };
    });
  const records = rows.map(({ record, info }) => recordOf(file, columns, record, info.lines));
  return { source: { [list]: records }, problems: [...problems, ...wrongRows], notes: [] };
}

function recordOf(file: SourceFile, columns: readonly string[], cells: readonly string[], line: number): SourceRecord {
  const fields = columns.map((column, index): [string, unknown] => [column, cellValue(column, cells[index] ?? '')]);
  return {
    fields: Object.fromEntries(fields),
    file: file.name,
    lineOf: () => line,
    nameOf: (field) => field.replace(/\[.*$/, ''),
  };
}

function cellValue(column: string, cell: string): unknown {
  if (column === 'posts' || column === 'roles') {
    return cell
      .split(';')
      .map((post) => post.trim())
      .filter((post) => post !== '');
  }
  if (column === 'active') {
    const isWord = /^(true|false)$/i.test(cell);
    return isWord ? cell.toLowerCase() === 'true' : cell;
  }
  return cell === '' ? undefined : cell;
}

function failed(file: SourceFile, line: number, field: string, problem: string, remedy: string): ReadSource {
  return { source: {}, problems: [{ file: file.name, line, field, problem, remedy }], notes: [] };
}
