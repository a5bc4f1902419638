/**
 * Where blocks stand: each part of a process in rows and columns, cut where a line of paper ends, and the pieces on shelves, one
 * below the other. Between columns and between rows is room for lines. Pure.
 */
import type { Block } from './block.ts';

/** Row and column within a part, from 0. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Where a block stands on the whole sheet. */
export interface Spot {
  readonly block: Block;
  /** Of the whole sheet. */
  readonly row: number;
  readonly shelf: number;
  /** Within the shelf. */
  readonly column: number;
}

export interface Sheet {
  readonly spots: ReadonlyMap<string, Spot>;
  /** The first row of each shelf, and after the last shelf the number of rows. */
  readonly firstRows: readonly number[];
  /** Of each shelf. */
  readonly columnCounts: readonly number[];
}

/** A line of paper, but for one block that is wider. */
const PAPER = 1330;
/** What a gap between columns takes, before it is known how many lines are in it. */
const USUAL_GAP = 48;

interface Piece {
  readonly cells: readonly { readonly block: Block; readonly row: number; readonly column: number }[];
  readonly width: number;
  readonly columns: number;
  readonly rows: number;
  /** A part that goes on, or goes on from, another shelf stands at its left end. */
  readonly isAlone: boolean;
}

/** @param parts - blocks that lines join, with their cells */
export function sheetOf(parts: readonly (readonly { readonly block: Block; readonly cell: Cell }[])[]): Sheet {
  const shelves: Piece[][] = [];
  for (const part of parts) {
    const pieces = piecesOf(part);
    for (const piece of pieces) {
      const last = shelves.at(-1);
      const used = (last ?? []).reduce((sum, { width }) => sum + width + USUAL_GAP, 0);
      if (last === undefined || piece.isAlone || used + piece.width > PAPER) {
        shelves.push([piece]);
      } else {
        last.push(piece);
      }
    }
  }
  const spots = new Map<string, Spot>();
  const firstRows = [0];
  for (const [shelf, pieces] of shelves.entries()) {
    const first = firstRows[shelf] ?? 0;
    let before = 0;
    for (const { cells, columns } of pieces) {
      for (const { block, row, column } of cells) {
        spots.set(block.id, { block, row: first + row, shelf, column: before + column });
      }
      before += columns;
    }
    firstRows.push(first + Math.max(...pieces.map(({ rows }) => rows)));
  }
  const columnCounts = shelves.map((pieces) => pieces.reduce((sum, { columns }) => sum + columns, 0));
  return { spots, firstRows, columnCounts };
}

/** Columns one after the other, as many as a line of paper takes. */
function piecesOf(part: readonly { readonly block: Block; readonly cell: Cell }[]): readonly Piece[] {
  const columns = [...new Set(part.map(({ cell }) => cell.column))].sort((one, other) => one - other);
  const lines: number[][] = [];
  let used = 0;
  for (const column of columns) {
    const width = widthOf(part.filter(({ cell }) => cell.column === column).map(({ block }) => block));
    if (lines.length === 0 || used + width > PAPER) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(column);
    used += width + USUAL_GAP;
  }
  return lines.map((line) => {
    const those = part.filter(({ cell }) => line.includes(cell.column));
    const rows = [...new Set(those.map(({ cell }) => cell.row))].sort((one, other) => one - other);
    const widths = line.map((column) =>
      widthOf(those.filter(({ cell }) => cell.column === column).map(({ block }) => block)),
    );
    return {
      cells: those.map(({ block, cell }) => ({
        block,
        row: rows.indexOf(cell.row),
        column: line.indexOf(cell.column),
      })),
      width: widths.reduce((sum, width) => sum + width + USUAL_GAP, -USUAL_GAP),
      columns: line.length,
      rows: rows.length,
      isAlone: lines.length > 1,
    };
  });
}

function widthOf(blocks: readonly Block[]): number {
  return Math.max(...blocks.map(({ left }) => left)) + Math.max(...blocks.map(({ right }) => right));
}
