/** Which rows of the company's tables say who approves something: for the record and for explanations. */
import type { FiredRules } from '../approvals/domain/plan.ts';
import type { FiredRow } from './evaluate-table.ts';
import { policyDigest } from './policy-digest.ts';
import type { CompiledTable } from './table.ts';

/** The table as it is now, and which of its rows fired. `name`: of its file without `.dmn`, or of the form whose route it is. */
export function firedRules(name: string, table: CompiledTable, rows: readonly FiredRow[]): FiredRules {
  return { table: name, digest: policyDigest(table), rows: rows.map(({ row }) => row) };
}
