/** Spreadsheets (`.xlsx`) by way of `hucre`: plain cells in, plain cells out. */
import { readXlsx, writeXlsx } from 'hucre/xlsx';

export type CellContent = string | number | boolean | Date | null;

/** One sheet; its first row holds the names of the columns. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly CellContent[])[];
}

/** A sheet that was read, with what a plain value does not tell. */
export interface ReadSheet extends Sheet {
  /** Cells such as `C4` whose value a formula computes, or that show an error. */
  readonly computed: ReadonlySet<string>;
}

const WIDTH = 22;

export function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(({ name, rows }) => ({
      name,
      rows: rows.map((row) => [...row]),
      columns: (rows[0] ?? []).map(() => ({ width: WIDTH })),
      freezePane: { rows: 1 },
    })),
  });
}

/** @throws Error when the bytes are no spreadsheet. */
export async function readWorkbook(bytes: Uint8Array): Promise<readonly ReadSheet[]> {
  const { sheets } = await readXlsx(bytes);
  return sheets.map(({ name, rows, cells }) => ({
    name,
    rows,
    computed: new Set(
      [...(cells ?? [])]
        .filter(([, { type }]) => type === 'formula' || type === 'error')
        .map(([place]) => place.split(',').map(Number))
        .map(([row = 0, column = 0]) => cellName(row, column)),
    ),
  }));
}

/** `C4` of row 3, column 2, both from 0. */
export function cellName(row: number, column: number): string {
  const letters = (index: number): string =>
    `${index < 26 ? '' : letters(Math.floor(index / 26) - 1)}${String.fromCharCode(65 + (index % 26))}`;
  return `${letters(column)}${row + 1}`;
}
