/**
 * The way of each line between blocks: through the gaps between columns (`up and down`) and between rows (`across`), where no
 * block stands, so that a line crosses lines at most. Pure.
 */
import type { Flow } from './flowchart.ts';
import type { Sheet, Spot } from './shelves.ts';

/** In a gap between columns: before `column` of a shelf; the margin left of all shelves is that of shelf -1. */
export interface Gap {
  readonly shelf: number;
  readonly column: number;
}

/** Levels are what a line in a gap between columns goes through: 2n above row n, 2n + 1 through its middle. */
export interface Upright {
  readonly kind: 'upright';
  readonly gap: Gap;
  readonly from: number;
  readonly to: number;
}

/** Above a row. */
export interface Across {
  readonly kind: 'across';
  readonly row: number;
}

export interface Route {
  readonly flow: Flow;
  readonly source: Spot;
  readonly target: Spot;
  /** From the lower edge, since it comes from an event on the border. */
  readonly isFromBorder: boolean;
  /** In turn one of each kind; none: it goes straight. */
  readonly legs: readonly (Upright | Across)[];
}

const MARGIN: Gap = { shelf: -1, column: 0 };

export function routesOf(sheet: Sheet, flows: readonly Flow[], blockOf: (id: string) => string): readonly Route[] {
  return flows.flatMap((flow) => {
    const [source, target] = [sheet.spots.get(blockOf(flow.from)), sheet.spots.get(flow.to)];
    if (source === undefined || target === undefined) {
      throw new Error(`${flow.id} has an end that is not on the sheet`);
    }
    const isFromBorder = blockOf(flow.from) !== flow.from;
    const legs = isFromBorder ? fromBorder(sheet, source, target) : fromSide(sheet, source, target);
    return { flow, source, target, isFromBorder, legs };
  });
}

function fromSide(sheet: Sheet, source: Spot, target: Spot): Route['legs'] {
  if (isStraight(sheet, source, target)) {
    return [];
  }
  const out: Gap = { shelf: source.shelf, column: source.column + 1 };
  const [middle, end] = [2 * source.row + 1, 2 * target.row + 1];
  if (source.shelf === target.shelf && target.column === out.column) {
    return [{ kind: 'upright', gap: out, from: middle, to: end }];
  }
  const row = firstAcross(sheet, source, target);
  return [{ kind: 'upright', gap: out, from: middle, to: 2 * row }, ...fromAcross(sheet, row, source, target)];
}

function fromBorder(sheet: Sheet, source: Spot, target: Spot): Route['legs'] {
  return fromAcross(sheet, source.row + 1, source, target);
}

/** On along the gap above `row`, and into the target from its left. */
function fromAcross(sheet: Sheet, row: number, source: Spot, target: Spot): Route['legs'] {
  const into: Gap = { shelf: target.shelf, column: target.column };
  const last = (from: number): Route['legs'] => [
    { kind: 'across', row: from },
    { kind: 'upright', gap: into, from: 2 * from, to: 2 * target.row + 1 },
  ];
  const [first = 0, next = 0] = sheet.firstRows.slice(target.shelf);
  const isBeside = row >= first && row <= next;
  if (source.shelf === target.shelf || isBeside) {
    return last(row);
  }
  const beside = target.shelf > source.shelf ? first : next;
  return [{ kind: 'across', row }, { kind: 'upright', gap: MARGIN, from: 2 * row, to: 2 * beside }, ...last(beside)];
}

/** The gap between rows that a line takes first: that beside the target, or the edge of its own shelf. */
function firstAcross({ firstRows }: Sheet, source: Spot, target: Spot): number {
  if (source.shelf === target.shelf) {
    const isBack = target.column <= source.column;
    return target.row > source.row || (target.row === source.row && isBack) ? target.row : target.row + 1;
  }
  return firstRows[target.shelf > source.shelf ? source.shelf + 1 : source.shelf] ?? 0;
}

function isStraight({ spots }: Sheet, source: Spot, target: Spot): boolean {
  const isAhead = source.shelf === target.shelf && source.row === target.row && source.column < target.column;
  return (
    isAhead &&
    ![...spots.values()].some(
      ({ row, column }) => row === source.row && column > source.column && column < target.column,
    )
  );
}
