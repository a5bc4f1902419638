/** Which rows of the company's tables say who approves something: for the answer, for the record and for explanations. */
import type { FiredRules, RuledSubject } from '../approvals/domain/plan.ts';
import { explainTable, type FiredRow, type TableValue } from './evaluate-table.ts';
import { policyDigest } from './policy-digest.ts';
import type { PolicyTable } from './policy-tables.ts';
import type { CompiledRules, CompiledTable } from './table.ts';

/** What the approval levels are asked. `amount`: of the company's currency. */
export function levelQuestion(subject: RuledSubject, amount: number, costCentre: string) {
  return { subject, amount, 'cost centre': costCentre };
}

/** The rows of the approval levels that fire; none where the tables have no such table. */
export function firedLevels(
  { tables }: CompiledRules,
  question: ReturnType<typeof levelQuestion>,
): readonly FiredRow[] {
  const table = tables['approval-levels'];
  return table === undefined ? [] : explainTable(table, question);
}

/** The table as it is now, and which of its rows fire. */
export function firedRules(
  name: PolicyTable,
  table: CompiledTable,
  question: { readonly [input: string]: TableValue },
): FiredRules {
  return { table: name, digest: policyDigest(table), rows: explainTable(table, question).map(({ row }) => row) };
}
