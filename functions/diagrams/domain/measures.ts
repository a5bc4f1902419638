/** How wide each gap between blocks has to be for the lines in it, and so where everything stands. Pure. */
import type { Block } from './block.ts';
import { moved, type Point } from './laid-out.ts';
import { lanesOf, type Stretch } from './lanes.ts';
import type { Gap, Route, Upright } from './routes.ts';
import type { Sheet, Spot } from './shelves.ts';
import { sizeOf } from './text-lines.ts';

const LANE = 12;
/** Between rows a line may have a text above it. */
const ROW_LANE = 18;
const GAP_SIDE = 16;
/** Between rows, beside the lines. */
const ROW_GAP = 26;
const MARGIN = 12;

/** A piece of a line between two bends. */
export interface Piece extends Stretch {
  readonly route: Route;
  /** Which leg of the route it is. */
  readonly leg: number;
}

export interface Measures {
  readonly width: number;
  readonly height: number;
  /** Where they belong. */
  readonly blocks: readonly Pick<Block, 'id' | 'nodes' | 'flows'>[];
  /** Middle of a block. */
  readonly middle: (spot: Spot) => Point;
  /** Of an upright piece its x, of one across its y. */
  readonly at: (route: Route, leg: number) => number;
}

export function measuresOf(sheet: Sheet, routes: readonly Route[]): Measures {
  const uprights = uprightLanes(routes);
  const columns = columnsOf(sheet, routes, uprights);
  const x = (route: Route, leg: number) => {
    const piece = route.legs[leg];
    const lane = uprights.lane(route, leg);
    return piece?.kind === 'upright' ? columns.gapStart(piece.gap) + GAP_SIDE + lane * LANE : 0;
  };
  const across = acrossLanes(routes, columns.middle, x);
  const rows = rowsOf(sheet, across);
  const y = (route: Route, leg: number) => {
    const piece = route.legs[leg];
    return piece?.kind === 'across' ? rows.gapStart(piece.row) + ROW_LANE * (across.lane(route, leg) + 1) : 0;
  };
  const middle = (spot: Spot) => ({ x: columns.middle(spot), y: rows.middle(spot.row) });
  return {
    width: columns.width,
    height: rows.height,
    blocks: [...sheet.spots.values()].map((spot) => {
      const { x: dx, y: dy } = middle(spot);
      return moved(spot.block, dx, dy);
    }),
    middle,
    at: (route, leg) => (route.legs[leg]?.kind === 'upright' ? x(route, leg) : y(route, leg)),
  };
}

interface Lanes {
  readonly lane: (route: Route, leg: number) => number;
  /** How many lanes a gap has, by its key. */
  readonly count: (key: string) => number;
}

/** Lines that leave blocks lie left of those that lead into blocks, so that no two that meet look like one. */
function uprightLanes(routes: readonly Route[]): Lanes {
  const pieces = piecesOf(routes, 'upright');
  return lanesByGap(pieces, ({ route, leg }) => {
    const piece = route.legs[leg] as Upright;
    return gapKey(piece.gap);
  });
}

function acrossLanes(
  routes: readonly Route[],
  middle: (spot: Spot) => number,
  x: (route: Route, leg: number) => number,
): Lanes {
  const pieces = piecesOf(routes, 'across').map((piece): Piece => {
    const { route, leg } = piece;
    const from = leg === 0 ? middle(route.source) : x(route, leg - 1);
    return { ...piece, from, to: x(route, leg + 1) };
  });
  return lanesByGap(pieces, ({ route, leg }) => {
    const piece = route.legs[leg];
    return String(piece?.kind === 'across' ? piece.row : 0);
  });
}

function piecesOf(routes: readonly Route[], kind: 'upright' | 'across'): readonly Piece[] {
  return routes.flatMap((route) =>
    route.legs.flatMap((piece, leg): readonly Piece[] => {
      const { from, to } = piece.kind === 'upright' ? piece : { from: 0, to: 0 };
      // A line with a text has a lane of its own to write it on.
      const owner = kind === 'across' && route.flow.label.en !== '' ? route.flow.id : route.flow.from;
      return piece.kind === kind ? [{ route, leg, owner, from, to }] : [];
    }),
  );
}

function lanesByGap(pieces: readonly Piece[], keyOf: (piece: Piece) => string): Lanes {
  const lanes = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const key of new Set(pieces.map(keyOf))) {
    const those = pieces.filter((piece) => keyOf(piece) === key);
    const leaving = those.filter(({ route, leg }) => leg === 0 && !route.isFromBorder);
    const entering = those.filter((piece) => !leaving.includes(piece));
    const first = lanesOf(leaving);
    const second = lanesOf(entering);
    const size = 1 + Math.max(-1, ...first.values());
    for (const [{ route, leg }, lane] of [
      ...first,
      ...[...second].map(([piece, lane]) => [piece, size + lane] as const),
    ]) {
      lanes.set(pieceKey(route, leg), lane);
      counts.set(key, Math.max(counts.get(key) ?? 0, lane + 1));
    }
  }
  return {
    lane: (route, leg) => lanes.get(pieceKey(route, leg)) ?? 0,
    count: (key) => counts.get(key) ?? 0,
  };
}

const pieceKey = ({ flow }: Route, leg: number) => `${flow.id} ${leg}`;
const gapKey = ({ shelf, column }: Gap) => `${shelf} ${column}`;

/** Columns have the same middle for all blocks in them. */
function columnsOf({ spots, columnCounts }: Sheet, routes: readonly Route[], lanes: Lanes) {
  const margin = MARGIN + LANE * lanes.count(gapKey({ shelf: -1, column: 0 }));
  const starts = new Map<string, number>();
  const middles = new Map<string, number>();
  let width = 0;
  for (const [shelf, count] of columnCounts.entries()) {
    let x = margin;
    for (let column = 0; column <= count; column += 1) {
      const key = gapKey({ shelf, column });
      starts.set(key, x);
      const used = lanes.count(key);
      // Nothing leads into the first column of a shelf but from the margin.
      x += used === 0 ? (column === 0 || column === count ? 0 : 2 * GAP_SIDE) : 2 * GAP_SIDE + (used - 1) * LANE;
      const blocks = [...spots.values()].filter((spot) => spot.shelf === shelf && spot.column === column);
      const left = Math.max(0, ...blocks.map(({ block }) => block.left), ...labelRooms(routes, shelf, column));
      middles.set(key, x + left);
      x += left + Math.max(0, ...blocks.map(({ block }) => block.right));
    }
    width = Math.max(width, x);
  }
  const startOf = (gap: Gap) => (gap.shelf === -1 ? MARGIN - GAP_SIDE : (starts.get(gapKey(gap)) ?? 0));
  return {
    width: width + MARGIN,
    gapStart: startOf,
    middle: ({ shelf, column }: Pick<Spot, 'shelf' | 'column'>) => middles.get(gapKey({ shelf, column })) ?? 0,
  };
}

/** Texts that stand before a block, on the last piece of a line to it. */
function labelRooms(routes: readonly Route[], shelf: number, column: number): readonly number[] {
  return routes
    .filter(({ legs, target }) => legs.length === 1 && target.shelf === shelf && target.column === column)
    .map(({ flow, target }) => {
      const { width } = sizeOf(flow.label, 120);
      return width === 0 ? 0 : width + 14 + target.block.body.width / 2;
    });
}

function rowsOf({ spots, firstRows }: Sheet, lanes: Lanes) {
  const count = firstRows.at(-1) ?? 0;
  const starts: number[] = [];
  const middles: number[] = [];
  let y = MARGIN;
  for (let row = 0; row <= count; row += 1) {
    starts[row] = y;
    const used = lanes.count(String(row));
    const isOuter = row === 0 || row === count;
    y += ROW_LANE * used + (used === 0 && isOuter ? 0 : ROW_GAP);
    const blocks = [...spots.values()].filter((spot) => spot.row === row);
    const up = Math.max(0, ...blocks.map(({ block }) => block.up));
    middles[row] = y + up;
    y += up + Math.max(0, ...blocks.map(({ block }) => block.down));
  }
  return {
    height: y + MARGIN,
    gapStart: (row: number) => starts[row] ?? 0,
    middle: (row: number) => middles[row] ?? 0,
  };
}
