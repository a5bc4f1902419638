/** The company's tables as one spreadsheet, a sheet each, and back: checked whole before anything is written. */
import { changeText } from '../../../functions/policy/change-words.ts';
import { compileRules, type RuleFile } from '../../../functions/policy/compile-rules.ts';
import type { WorkingTimeBound } from '../../../functions/policy/policy-tables.ts';
import { rowChanges } from '../../../functions/policy/row-changes.ts';
import { checkRulesInCompany, type RulesOwner } from '../../../functions/policy/rules-in-company.ts';
import type { CompiledRules } from '../../../functions/policy/table.ts';
import { type FieldIssue, ValidationError } from '../../../functions/runtime/errors.ts';
import { fieldOf, rowsOf, type SheetRows, sheetOf } from './matrix-sheet.ts';
import { readRows, type TableRows, withRows } from './table-rows.ts';
import { cellName, type ReadSheet, readWorkbook, writeWorkbook } from './workbook.ts';

/** The company that the tables are for. */
export interface MatrixOwner extends RulesOwner {
  readonly bound?: WorkingTimeBound | undefined;
}

/** What an import would write, and its changes in words by table. */
export interface Import {
  /** Those that change. */
  readonly files: readonly RuleFile[];
  readonly changes: readonly string[];
}

/** @throws ValidationError when the tables themselves are at fault. */
export async function exportMatrix(files: readonly RuleFile[], bound?: WorkingTimeBound): Promise<Uint8Array> {
  const tables = await readTables(files, bound);
  return writeWorkbook(tables.map(({ name, content }) => sheetOf(name, content)));
}

/**
 * Tables that have no sheet stay as they are.
 * @throws ValidationError naming every cell of the spreadsheet that is wrong; nothing is to be written then.
 */
export async function importMatrix(
  bytes: Uint8Array,
  files: readonly RuleFile[],
  { bound, ...owner }: MatrixOwner,
): Promise<Import> {
  const tables = await readTables(files, bound);
  const sheets = await readWorkbook(bytes);
  const read = sheets.map((sheet) => readSheet(sheet, tables));
  refuse(read.flatMap((result) => ('issues' in result ? result.issues : [])));
  const imported = read.flatMap((result) => ('issues' in result ? [] : [result]));
  const changed: RuleFile[] = [];
  for (const { table, rows } of imported) {
    if (JSON.stringify(rows.rows) !== JSON.stringify(table.content.rows)) {
      changed.push({ file: table.file, xml: await withRows(table.xml, table.content.columns, rows.rows) });
    }
  }
  const all = files.map((file) => changed.find((change) => change.file === file.file) ?? file);
  refuse((await problemsOf(all, { bound, ...owner })).map((issue) => atCell(issue, imported)));
  return {
    files: changed,
    changes: imported.flatMap(({ table: { name, content }, rows }) =>
      rowChanges(content.columns, content.rows, rows.rows).map((change) => `${name}, ${changeText(change).en}`),
    ),
  };
}

interface NamedTable extends RuleFile {
  readonly name: string;
  readonly content: TableRows;
}

interface ImportedSheet {
  readonly sheet: ReadSheet;
  readonly table: NamedTable;
  readonly rows: SheetRows;
}

async function readTables(files: readonly RuleFile[], bound?: WorkingTimeBound): Promise<readonly NamedTable[]> {
  const { tables } = await compileRules(files, bound);
  return Promise.all(
    files.flatMap(({ file, xml }) => {
      const name = file.replace(/\.dmn$/u, '');
      const table = tables[name];
      return table === undefined
        ? []
        : [readRows(xml, table).then((content): NamedTable => ({ file, xml, name, content }))];
    }),
  );
}

function readSheet(sheet: ReadSheet, tables: readonly NamedTable[]) {
  const table = tables.find(({ name }) => name === sheet.name);
  if (table === undefined) {
    const remedy = `the sheets are ${tables.map(({ name }) => name).join(', ')}`;
    return { issues: [{ field: fieldOf(sheet, 'A1'), problem: 'there is no table of this name', remedy }] };
  }
  const rows = rowsOf(sheet, table.content.columns);
  return 'issues' in rows ? rows : { sheet, table, rows };
}

async function problemsOf(
  files: readonly RuleFile[],
  { bound, ...owner }: MatrixOwner,
): Promise<readonly FieldIssue[]> {
  let rules: CompiledRules;
  try {
    rules = await compileRules(files, bound);
  } catch (error) {
    if (error instanceof ValidationError) {
      return error.issues;
    }
    throw error;
  }
  return checkRulesInCompany(rules, owner).mistakes;
}

function refuse(issues: readonly FieldIssue[]): void {
  if (issues.length > 0) {
    throw new ValidationError(issues);
  }
}

/** Rows of the table become those of the sheet, which may have empty ones between, and its columns in another order. */
function atCell(issue: FieldIssue, imported: readonly ImportedSheet[]): FieldIssue {
  const found = imported.find(({ table }) => issue.field.startsWith(`${table.file},`));
  if (found === undefined) {
    return issue;
  }
  const { sheet, table, rows } = found;
  const place = (row: string | undefined) => rows.places[Number(row) - 1] ?? 0;
  const { row, column } = /, row (?<row>\d+)(?:, column "(?<column>[^"]*)")?$/u.exec(issue.field)?.groups ?? {};
  const index = table.content.columns.findIndex(({ name }) => name === column);
  const cell = row === undefined ? 'A1' : cellName(place(row), rows.order[index] ?? 0);
  const problem = issue.problem.replace(
    /^rows (\d+) and (\d+) /u,
    (_, first: string, second: string) => `rows ${place(first) + 1} and ${place(second) + 1} `,
  );
  return { ...issue, field: fieldOf(sheet, cell), problem };
}
