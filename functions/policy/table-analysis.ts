/**
 * Finds what no row answers, and what two rows answer, by cutting each column into pieces on which every cell of the
 * column says the same: the limits themselves, the stretches between them, the texts named, and all other texts.
 */
import type { CellTest, Range } from './cell.ts';
import type { ColumnType } from './table.ts';

export interface AnalysedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** What the column can hold at all: all of these let it pass. */
  readonly domain: readonly CellTest[];
}

/** A value, or values that no cell tells apart. */
export type Piece =
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  /** Strictly between. */
  | { readonly kind: 'between'; readonly from: number; readonly to: number }
  | { readonly kind: 'other-text' };

type Rows = readonly (readonly CellTest[])[];

/** An example that no row answers, in words; undefined: there is none. */
export function findGap(columns: readonly AnalysedColumn[], rows: Rows): string | undefined {
  const pieces = columns.map((column, index) => piecesOf(column, cellsOf(rows, index)));
  // What is left of the rows after some columns decides all that follows, so each such rest is looked at once.
  const complete = new Set<string>();
  const gapFrom = (index: number, left: readonly number[]): readonly string[] | undefined => {
    const key = `${index}:${left.join()}`;
    if (left.length === 0 || index === columns.length || complete.has(key)) {
      return left.length === 0 ? [] : undefined;
    }
    for (const piece of pieces[index] ?? []) {
      const passing = left.filter((row) => passes(rows[row]?.[index], piece));
      const gap = gapFrom(index + 1, passing);
      if (gap !== undefined) {
        return [`${columns[index]?.name} ${pieceText(piece)}`, ...gap];
      }
    }
    complete.add(key);
    return undefined;
  };
  const gap = gapFrom(0, [...rows.keys()]);
  return gap === undefined || gap.length > 0 ? gap?.join(', ') : 'anything';
}

/** Pairs of rows, from 0, that both answer something. */
export function findOverlaps(columns: readonly AnalysedColumn[], rows: Rows): readonly (readonly [number, number])[] {
  const pieces = columns.map((column, index) => piecesOf(column, cellsOf(rows, index)));
  const overlap = (left: readonly CellTest[], right: readonly CellTest[]) =>
    pieces.every((of, index) => of.some((piece) => passes(left[index], piece) && passes(right[index], piece)));
  return rows.flatMap((left, first) =>
    rows
      .slice(first + 1)
      .flatMap((right, offset): (readonly [number, number])[] =>
        overlap(left, right) ? [[first, first + 1 + offset]] : [],
      ),
  );
}

/** Whether the cell lets anything of the column's domain pass. */
export function canFire(column: AnalysedColumn, cell: CellTest): boolean {
  return piecesOf(column, [cell]).some((piece) => passes(cell, piece));
}

/** Values that the test names and that lie outside of the domain. */
export function valuesOutside(domain: readonly CellTest[], test: CellTest): readonly (string | boolean)[] {
  return test.kind === 'values' ? test.values.filter((value) => !isIn(domain, { kind: 'value', value })) : [];
}

function isIn(domain: readonly CellTest[], piece: Piece): boolean {
  return domain.every((test) => passes(test, piece));
}

function cellsOf(rows: Rows, column: number): readonly CellTest[] {
  return rows.flatMap((row) => row[column] ?? []);
}

/** Of what the column can hold, in order: on each piece every one of the cells says the same. */
export function piecesOf(column: AnalysedColumn, cells: readonly CellTest[]): readonly Piece[] {
  return allPieces(column.type, [...column.domain, ...cells]).filter((piece) => isIn(column.domain, piece));
}

function allPieces(type: ColumnType, tests: readonly CellTest[]): readonly Piece[] {
  switch (type) {
    case 'boolean':
      return [
        { kind: 'value', value: true },
        { kind: 'value', value: false },
      ];
    case 'string': {
      const named = new Set(tests.flatMap((test) => (test.kind === 'values' ? test.values : [])));
      return [...[...named].map((value): Piece => ({ kind: 'value', value })), { kind: 'other-text' }];
    }
    case 'number':
      return numberPieces(tests.flatMap((test) => (test.kind === 'ranges' ? test.ranges : [])));
  }
}

function numberPieces(ranges: readonly Range[]): readonly Piece[] {
  const limits = [...new Set(ranges.flatMap(({ from, to }) => [from, to]))].filter(Number.isFinite);
  const inOrder = limits.sort((left, right) => left - right);
  const below: Piece = { kind: 'between', from: -Infinity, to: inOrder[0] ?? Infinity };
  return [
    below,
    ...inOrder.flatMap((value, index): Piece[] => [
      { kind: 'value', value },
      { kind: 'between', from: value, to: inOrder[index + 1] ?? Infinity },
    ]),
  ];
}

function passes(test: CellTest | undefined, piece: Piece): boolean {
  switch (test?.kind) {
    case 'any':
      return true;
    case 'values':
      return test.values.some((value) => piece.kind === 'value' && piece.value === value) !== test.negated;
    case 'ranges':
      return test.ranges.some((range) => covers(range, piece)) !== test.negated;
    case undefined:
      return false;
  }
}

function covers(range: Range, piece: Piece): boolean {
  if (piece.kind === 'between') {
    return range.from <= piece.from && piece.to <= range.to;
  }
  if (piece.kind === 'other-text' || typeof piece.value !== 'number') {
    return false;
  }
  const { value } = piece;
  return (
    (range.from < value || (range.from === value && range.fromIncluded)) &&
    (value < range.to || (value === range.to && range.toIncluded))
  );
}

export function pieceText(piece: Piece): string {
  switch (piece.kind) {
    case 'value':
      return JSON.stringify(piece.value);
    case 'other-text':
      return 'any other text';
    case 'between':
      return (
        [piece.from === -Infinity ? '' : `above ${piece.from}`, piece.to === Infinity ? '' : `below ${piece.to}`]
          .filter((words) => words !== '')
          .join(' and ') || 'any number'
      );
  }
}
