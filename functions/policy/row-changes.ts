/** What becomes of a table's rows from one version to the next. */
import { diffArrays } from 'diff';
import type { CompiledTable } from './table.ts';

/** A table as people read it: texts by column, as they stand in its cells. */
export interface ReadableTable {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly string[])[];
}

/** One row, by its number from 1: before where it goes or changes, after where it is new. */
export type RowChange =
  | { readonly kind: 'new' | 'removed'; readonly row: number; readonly cells: readonly NamedCell[] }
  | { readonly kind: 'changed'; readonly row: number; readonly cells: readonly ChangedCell[] };

interface NamedCell {
  readonly name: string;
  readonly text: string;
}

interface ChangedCell {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** In the order of the rows; none when all stay as they were. `columns`: those of both. */
export function rowChanges(
  columns: ReadableTable['columns'],
  before: ReadableTable['rows'],
  after: ReadableTable['rows'],
): readonly RowChange[] {
  const parts = diffArrays(before.map(keyOf), after.map(keyOf));
  const changes: RowChange[] = [];
  let [from, to] = [0, 0];
  for (const [index, { value, added, removed }] of parts.entries()) {
    const [next, previous] = [parts[index + 1], parts[index - 1]];
    if (removed) {
      const changed = next?.added === true ? Math.min(value.length, next.value.length) : 0;
      for (let step = 0; step < value.length; step += 1) {
        const cells = before[from + step] ?? [];
        const row = from + step + 1;
        changes.push(
          step < changed
            ? { kind: 'changed', row, cells: changedCells(columns, cells, after[to + step] ?? []) }
            : { kind: 'removed', row, cells: namedCells(columns, cells) },
        );
      }
    }
    if (added) {
      const changed = previous?.removed === true ? Math.min(value.length, previous.value.length) : 0;
      for (let step = changed; step < value.length; step += 1) {
        changes.push({ kind: 'new', row: to + step + 1, cells: namedCells(columns, after[to + step] ?? []) });
      }
    }
    from += added ? 0 : value.length;
    to += removed ? 0 : value.length;
  }
  return changes;
}

/** A table of the bundles as people read it; remarks beside its rows are not in it. */
export function readableTable({ inputs, outputs, rules }: CompiledTable): ReadableTable {
  return {
    columns: [...inputs, ...outputs].map(({ name }) => ({ name })),
    rows: rules.map(({ tests, results }) => [...tests, ...results.map(String)]),
  };
}

function keyOf(row: readonly string[]): string {
  return JSON.stringify(row);
}

function changedCells(
  columns: ReadableTable['columns'],
  before: readonly string[],
  after: readonly string[],
): readonly ChangedCell[] {
  return columns.flatMap(({ name }, index) =>
    before[index] === after[index] ? [] : [{ name, before: before[index] ?? '', after: after[index] ?? '' }],
  );
}

function namedCells(columns: ReadableTable['columns'], row: readonly string[]): readonly NamedCell[] {
  return columns.map(({ name }, index) => ({ name, text: row[index] ?? '' }));
}
