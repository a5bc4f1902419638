/** What becomes of a table's rows, in words for whoever imports them. */
import { diffArrays } from 'diff';
import type { Column, Row } from './table-rows.ts';

/** One line a row that is added, removed or changed; none when all stays as it was. */
export function changesOf(
  columns: readonly Column[],
  before: readonly Row[],
  after: readonly Row[],
): readonly string[] {
  const parts = diffArrays(before.map(keyOf), after.map(keyOf));
  const lines: string[] = [];
  let [from, to] = [0, 0];
  for (const [index, { value, added, removed }] of parts.entries()) {
    const [next, previous] = [parts[index + 1], parts[index - 1]];
    if (removed) {
      const changed = next?.added === true ? Math.min(value.length, next.value.length) : 0;
      for (let step = 0; step < value.length; step += 1) {
        const row = before[from + step] ?? [];
        lines.push(
          step < changed
            ? `row ${from + step + 1}: ${cellChanges(columns, row, after[to + step] ?? [])}`
            : `row ${from + step + 1} is removed: ${textOf(columns, row)}`,
        );
      }
    }
    if (added) {
      const changed = previous?.removed === true ? Math.min(value.length, previous.value.length) : 0;
      for (let step = changed; step < value.length; step += 1) {
        lines.push(`row ${to + step + 1} is new: ${textOf(columns, after[to + step] ?? [])}`);
      }
    }
    from += added ? 0 : value.length;
    to += removed ? 0 : value.length;
  }
  return lines;
}

function keyOf(row: Row): string {
  return JSON.stringify(row);
}

function cellChanges(columns: readonly Column[], before: Row, after: Row): string {
  return columns
    .flatMap(({ name }, index) =>
      before[index] === after[index] ? [] : [`${name} ${before[index] || 'empty'} becomes ${after[index] || 'empty'}`],
    )
    .join(', ');
}

function textOf(columns: readonly Column[], row: Row): string {
  return columns.map(({ name }, index) => `${name} ${row[index] || 'empty'}`).join(', ');
}
