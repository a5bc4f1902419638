/** What a table says of a document: each of its lines is a question of its own, and what any of them brings up counts. */
import { type LineQuestion, questionsOf } from '../approvals/domain/scope.ts';
import { explainTable, type FiredRow, type TableValue } from './evaluate-table.ts';
import type { ScopeQuestion } from './port.ts';
import type { CompiledTable } from './table.ts';

/** A row, and for which lines it fires. */
export interface DocumentRow extends FiredRow {
  readonly firedFor: readonly LineQuestion[];
}

/** What became of one question. */
interface LineAnswer {
  readonly question: LineQuestion;
  readonly rows: readonly FiredRow[];
}

/**
 * One answer for each question; columns that the table has not are not asked about.
 * @param values - of the other columns of the table
 * @throws as {@link explainTable}
 */
export function answersForLines(
  table: CompiledTable,
  { costCentre, ...scope }: ScopeQuestion,
  values: { readonly [input: string]: TableValue },
): readonly LineAnswer[] {
  const has = new Set(table.inputs.map(({ name }) => name));
  return questionsOf(scope).map((question) => {
    const { category, currency, legalEntity } = question;
    const told = { 'cost centre': costCentre, category, currency, 'legal entity': legalEntity };
    const asked = Object.fromEntries(Object.entries(told).filter(([name]) => has.has(name)));
    return { question, rows: explainTable(table, { ...values, ...asked }) };
  });
}

/** Every row that fires for a line, each once, in the order of the table. */
export function rowsOfDocument(answers: readonly LineAnswer[]): readonly DocumentRow[] {
  const byRow = new Map<number, DocumentRow>();
  for (const { question, rows } of answers) {
    for (const { row, results } of rows) {
      byRow.set(row, { row, results, firedFor: [...(byRow.get(row)?.firedFor ?? []), question] });
    }
  }
  return [...byRow.values()].sort((one, other) => one.row - other.row);
}

/** What a question was about, for people; empty where it says nothing. */
export function lineText({ category, currency, legalEntity }: LineQuestion): string {
  const of = category === '' ? [] : [category];
  return [...of, currency, legalEntity].filter((text) => text !== '').join(', ');
}
