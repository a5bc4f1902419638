/** Says in words which requests would take another way under other tables. */

import { BusinessRuleError } from '../runtime/errors.ts';
import { readCell } from './cell.ts';
import { evaluateTable, type TableValue } from './evaluate-table.ts';
import type { CompiledTable, InputColumn } from './table.ts';
import { type AnalysedColumn, type Piece, piecesOf, pieceText } from './table-analysis.ts';

type Answer = readonly { readonly [output: string]: string | boolean }[];

/** Requests that no row of either table tells apart, and what changes for them. */
interface Stretch {
  /** By column; undefined: whatever it holds. */
  readonly pieces: readonly (Piece | undefined)[];
  readonly change: string;
  /** The last piece of the last column: of amounts, neighbours become one stretch. */
  readonly end: Piece | undefined;
}

/** How far a comparison may go. */
export interface Limit {
  /** Kinds of requests of one table. */
  readonly requests: number;
  readonly isTimeOver: () => boolean;
}

const NO_LIMIT: Limit = { requests: Number.POSITIVE_INFINITY, isTimeOver: () => false };

/**
 * One line per kind of request whose answer differs; none when all go the same way. Undefined: there are more than `requests`
 * kinds that the rows tell apart, or time is over before all are tried.
 */
export function wayChanges(before: CompiledTable, after: CompiledTable): readonly string[];
export function wayChanges(before: CompiledTable, after: CompiledTable, limit: Limit): readonly string[] | undefined;
export function wayChanges(
  before: CompiledTable,
  after: CompiledTable,
  { requests, isTimeOver }: Limit = NO_LIMIT,
): readonly string[] | undefined {
  const inputs = columnsOfBoth(before, after);
  if (inputs === undefined) {
    return ['the tables ask for different things'];
  }
  const columns = analysed(inputs).sort((one, other) => rankOf(one) - rankOf(other));
  const pieces = columns.map((column) =>
    piecesOf(
      column,
      [before, after].flatMap((table) => testsOf(table, column.name)),
    ),
  );
  if (pieces.reduce((count, list) => count * list.length, 1) > requests) {
    return undefined;
  }
  let stretches: readonly Stretch[] = [];
  for (const request of product(pieces)) {
    if (isTimeOver()) {
      return undefined;
    }
    const change = changeFor(before, after, columns, request);
    const stretch = { pieces: request, change, end: request.at(-1) };
    stretches = joined(stretches, stretch, columns.at(-1)?.type === 'number');
  }
  const changed = stretches.filter(({ change }) => change !== '');
  return pieces.reduce(withoutColumn, changed).map((stretch) => `${requestText(columns, stretch)}: ${stretch.change}`);
}

/** Kinds of requests that the column alone tells apart become one, where all of them change alike. */
function withoutColumn(
  stretches: readonly Stretch[],
  pieces: readonly Piece[],
  column: number,
  columns: readonly (readonly Piece[])[],
): readonly Stretch[] {
  const isLast = column === columns.length - 1;
  if (isLast && pieces.some(({ kind }) => kind === 'between')) {
    return stretches;
  }
  const alike = new Map<string, Stretch[]>();
  for (const stretch of stretches) {
    const others = stretch.pieces.map((piece, index) => (index === column ? undefined : piece));
    const key = JSON.stringify([others, isLast ? undefined : stretch.end, stretch.change]);
    alike.set(key, [...(alike.get(key) ?? []), stretch]);
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined || group.length < pieces.length
      ? group
      : [{ ...first, pieces: first.pieces.with(column, undefined) }];
  });
}

function requestText(columns: readonly AnalysedColumn[], stretch: Stretch): string {
  const told = columns.flatMap(({ name }, index) =>
    stretch.pieces[index] === undefined ? [] : [`${name} ${textOf(stretch, index)}`],
  );
  return told.length === 0 ? 'every request' : told.join(', ');
}

/** A table tells nothing apart by a column that it has not. Undefined: they ask for things of one name and two types. */
function columnsOfBoth(before: CompiledTable, after: CompiledTable): readonly InputColumn[] | undefined {
  const further = after.inputs.filter(({ name }) => before.inputs.every((input) => input.name !== name));
  const isOther = ({ name, type }: InputColumn) =>
    after.inputs.some((input) => input.name === name && input.type !== type);
  return before.inputs.some(isOther) ? undefined : [...before.inputs, ...further];
}

function analysed(inputs: readonly InputColumn[]): AnalysedColumn[] {
  return inputs.map(({ name, type, allowed = '-' }) => {
    const reading = readCell(allowed, type);
    return { name, type, domain: 'test' in reading ? [reading.test] : [] };
  });
}

/** Amounts last, so that neighbours follow each other. */
function rankOf({ type }: AnalysedColumn): number {
  return type === 'number' ? 1 : 0;
}

function testsOf({ inputs, rules }: CompiledTable, name: string) {
  const index = inputs.findIndex((input) => input.name === name);
  return index === -1
    ? []
    : rules.flatMap(({ tests }) => {
        const reading = readCell(tests[index] ?? '-', inputs[index]?.type ?? 'string');
        return 'test' in reading ? [reading.test] : [];
      });
}

function product(lists: readonly (readonly Piece[])[]): readonly (readonly Piece[])[] {
  return lists.reduce<readonly (readonly Piece[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((piece) => [...row, piece])),
    [[]],
  );
}

function joined(found: readonly Stretch[], next: Stretch, mayJoin: boolean): readonly Stretch[] {
  const last = found.at(-1);
  const isNeighbour =
    mayJoin &&
    last?.change === next.change &&
    next.pieces.slice(0, -1).every((piece, index) => piece === last.pieces[index]);
  return isNeighbour ? [...found.slice(0, -1), { ...last, end: next.end }] : [...found, next];
}

/** Empty: nothing changes. */
function changeFor(
  before: CompiledTable,
  after: CompiledTable,
  columns: readonly AnalysedColumn[],
  request: readonly Piece[],
): string {
  const values = Object.fromEntries(columns.map(({ name }, index) => [name, sampleOf(request[index])]));
  const [old, now] = [answerOf(before, values), answerOf(after, values)];
  const [first, ...others] = new Set([...before.outputs, ...after.outputs].map(({ name }) => name));
  const isSame = (name: string) => JSON.stringify(valuesOf(old, name)) === JSON.stringify(valuesOf(now, name));
  const changed = first === undefined || !isSame(first) ? [first ?? ''] : others.filter((name) => !isSame(name));
  return changed.map((name) => `${name} ${listed(old, name)} becomes ${listed(now, name)}`).join('; ');
}

function answerOf(table: CompiledTable, values: { readonly [input: string]: TableValue }): Answer {
  try {
    const asked = table.inputs.map(({ name }) => [name, values[name] ?? '']);
    return evaluateTable(table, Object.fromEntries(asked));
  } catch (error) {
    if (error instanceof BusinessRuleError) {
      return [];
    }
    throw error;
  }
}

/** A column that the table has not says nothing, as an empty cell does. */
function valuesOf(answer: Answer, name: string): readonly string[] {
  return answer.map((row) => String(row[name] ?? '-'));
}

function listed(answer: Answer, name: string): string {
  return answer.length === 0 ? 'nothing' : valuesOf(answer, name).join(', ');
}

/** Some value of the piece: no row tells it from the others. */
function sampleOf(piece: Piece | undefined): TableValue {
  switch (piece?.kind) {
    case 'value':
      return piece.value;
    case 'between': {
      const { from, to } = piece;
      const middle = (from + to) / 2;
      return Number.isFinite(middle) ? middle : endless(from, to);
    }
    default:
      return 'any other text';
  }
}

function endless(from: number, to: number): number {
  return Number.isFinite(from) ? from + 1 : Math.min(to, 1) - 1;
}

function textOf({ pieces, end }: Stretch, index: number): string {
  const [first, last] = [pieces[index], index === pieces.length - 1 ? end : pieces[index]];
  if (first === undefined || last === undefined || first === last) {
    return first === undefined ? 'anything' : pieceText(first);
  }
  return [lowerText(first), upperText(last)].filter((text) => text !== '').join(' ') || 'any number';
}

function lowerText(piece: Piece): string {
  if (piece.kind === 'value') {
    return `from ${piece.value}`;
  }
  return piece.kind === 'between' && Number.isFinite(piece.from) ? `above ${piece.from}` : '';
}

function upperText(piece: Piece): string {
  if (piece.kind === 'value') {
    return `up to ${piece.value}`;
  }
  return piece.kind === 'between' && Number.isFinite(piece.to) ? `below ${piece.to}` : '';
}
