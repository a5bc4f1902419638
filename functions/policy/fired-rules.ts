/** Which rows of the company's tables say who approves something: for the record and for explanations. */
import type { FiredRules } from '../approvals/domain/plan.ts';
import type { FiredRow } from './evaluate-table.ts';
import { policyDigest } from './policy-digest.ts';
import type { PolicyTable } from './policy-tables.ts';
import type { CompiledTable } from './table.ts';

/** The table as it is now, and which of its rows fired. */
export function firedRules(name: PolicyTable, table: CompiledTable, rows: readonly FiredRow[]): FiredRules {
  return { table: name, digest: policyDigest(table), rows: rows.map(({ row }) => row) };
}
