/** What a table as a whole gets wrong, by its hit policy: inputs without an answer, rows that contradict or never answer. */
import type { FieldIssue } from '../runtime/errors.ts';
import type { CellTest } from './cell.ts';
import { compareRanks, type HitPolicy } from './hit-policy.ts';
import { type CompiledRule, type OutputColumn, placesOf } from './table.ts';
import { type AnalysedColumn, findGap, findOverlaps } from './table-analysis.ts';

/** A table whose cells are all right by themselves. */
export interface ReadTable {
  readonly address: string;
  readonly hitPolicy: HitPolicy;
  readonly columns: readonly AnalysedColumn[];
  readonly tests: readonly (readonly CellTest[])[];
  readonly rules: readonly CompiledRule[];
  readonly outputs: readonly OutputColumn[];
  /** A program relies on an answer whatever it asks. */
  readonly isAsked: boolean;
}

export function coverageIssues(table: ReadTable): readonly FieldIssue[] {
  const { address, hitPolicy, columns, tests } = table;
  const mustAnswer = hitPolicy === 'UNIQUE' || hitPolicy === 'ANY' || table.isAsked;
  const gap = mustAnswer ? findGap(columns, tests) : undefined;
  return [
    ...(gap === undefined
      ? []
      : [{ field: address, problem: `no row answers ${gap}`, remedy: 'add a row, or widen one' }]),
    ...contradictions(table),
    ...hiddenRows(table),
  ];
}

function contradictions({ address, hitPolicy, columns, tests, rules }: ReadTable): readonly FieldIssue[] {
  if (hitPolicy !== 'UNIQUE' && hitPolicy !== 'ANY') {
    return [];
  }
  const isSame = (first: number, second: number) =>
    rules[first]?.results.every((result, column) => result === rules[second]?.results[column]);
  const isUnique = hitPolicy === 'UNIQUE';
  return findOverlaps(columns, tests)
    .filter(([first, second]) => isUnique || !isSame(first, second))
    .map(([first, second]) => ({
      field: address,
      problem: `rows ${first + 1} and ${second + 1} fire together${isUnique ? '' : ' and give different results'}`,
      remedy: isUnique
        ? 'a UNIQUE table needs rows that exclude each other'
        : 'in an ANY table rows that fire together need the same results',
    }));
}

/** Rows for which another always answers: in a FIRST table one before, in a PRIORITY table one that is put before. */
function hiddenRows({ address, hitPolicy, columns, tests, rules, outputs }: ReadTable): readonly FieldIssue[] {
  if (hitPolicy !== 'FIRST' && hitPolicy !== 'PRIORITY') {
    return [];
  }
  const places = rules.map(({ results }) => (hitPolicy === 'PRIORITY' ? placesOf(outputs, results) : []));
  return tests.flatMap((row, index) => {
    const stronger = tests.filter((_, other) => {
      const order = compareRanks(places[other] ?? [], places[index] ?? []);
      return order < 0 || (order === 0 && other < index);
    });
    const within = columns.map((column, position) => ({
      ...column,
      domain: [...column.domain, row[position] ?? { kind: 'any' as const }],
    }));
    return stronger.length > 0 && findGap(within, stronger) === undefined
      ? [
          {
            field: `${address}, row ${index + 1}`,
            problem: 'the row never answers: others always come before it',
            remedy: 'move it up, or remove it',
          },
        ]
      : [];
  });
}
