/** Between the rows of a table and the cells of a sheet. Tests are written as in DMN, text results without their quotes. */
import type { FieldIssue } from '../../../functions/runtime/errors.ts';
import type { Column, Row, TableRows } from './table-rows.ts';
import { type CellContent, cellName, type ReadSheet, type Sheet } from './workbook.ts';

export function sheetOf(name: string, { columns, rows }: TableRows): Sheet {
  return {
    name,
    rows: [
      columns.map((column) => column.name),
      ...rows.map((row) => columns.map((column, index) => contentOf(column, row[index] ?? ''))),
    ],
  };
}

/** Rows that were read; `places`: the row of the sheet that each comes from, from 0; `letters`: of the table's columns. */
export interface SheetRows {
  readonly rows: readonly Row[];
  readonly places: readonly number[];
  readonly order: readonly number[];
}

/** Rows without any content are left out. Columns may stand in another order. */
export function rowsOf(sheet: ReadSheet, columns: readonly Column[]): SheetRows | { readonly issues: FieldIssue[] } {
  const [header = [], ...body] = sheet.rows;
  const names = header.map((content) => String(content ?? '').trim());
  const order = columns.map(({ name }) => names.indexOf(name));
  const issues = [...headerIssues(sheet, names, columns)];
  const filled = [...body.entries()].filter(([, row]) => row.some((content) => content !== null && content !== ''));
  for (const [index, row] of filled) {
    for (const [column, content] of row.entries()) {
      const name = cellName(index + 1, column);
      const problem = problemOf(content, sheet.computed.has(name), names[column] ?? '');
      issues.push(...(problem === undefined ? [] : [{ field: fieldOf(sheet, name), ...problem }]));
    }
  }
  return issues.length > 0
    ? { issues }
    : {
        rows: filled.map(([, row]) => columns.map((column, index) => textOf(column, row[order[index] ?? -1] ?? null))),
        places: filled.map(([index]) => index + 1),
        order,
      };
}

/** The address of a cell for whoever has the spreadsheet open. */
export function fieldOf({ name }: { readonly name: string }, cell: string): string {
  return `sheet "${name}", cell ${cell}`;
}

function contentOf({ kind, isText }: Column, text: string): CellContent {
  if (isText) {
    return /^"(?<inner>[^"]*)"$/u.exec(text)?.groups?.inner ?? text;
  }
  return kind === 'result' && String(Number(text)) === text ? Number(text) : text;
}

function textOf({ isText }: Column, content: CellContent): string {
  const text = String(content ?? '').trim();
  return isText && text !== '' && text !== '-' && !text.startsWith('"') ? `"${text}"` : text;
}

function headerIssues(sheet: ReadSheet, names: readonly string[], columns: readonly Column[]): readonly FieldIssue[] {
  return [
    ...columns
      .filter(({ name }) => !names.includes(name))
      .map(({ name }) => ({
        field: fieldOf(sheet, 'A1'),
        problem: `the column "${name}" is missing`,
        remedy: 'the first row names all columns, as the export does',
      })),
    ...names.flatMap((name, index) =>
      name === '' || (columns.some((column) => column.name === name) && names.indexOf(name) === index)
        ? []
        : [
            {
              field: fieldOf(sheet, cellName(0, index)),
              problem: `the column "${name}" is ${names.indexOf(name) < index ? 'there twice' : 'unknown'}`,
              remedy: `the columns are ${columns.map((column) => column.name).join(', ')}`,
            },
          ],
    ),
  ];
}

function problemOf(content: CellContent, isComputed: boolean, column: string) {
  if (isComputed) {
    return { problem: 'the cell holds a formula or an error', remedy: 'write its value' };
  }
  if (content instanceof Date) {
    return { problem: 'the spreadsheet made a date of it', remedy: 'format the cell as text and write it again' };
  }
  return column === '' && content !== null && content !== ''
    ? { problem: 'the column has no name', remedy: 'remove the cell, or name the column as the export does' }
    : undefined;
}
