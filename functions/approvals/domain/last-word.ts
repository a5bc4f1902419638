/** What somebody decided last about an approval, or did with their task that settled it (已办). Pure. */
import type { ApprovalState, Remark } from './approval-state.ts';
import { OPERATORS } from './plan.ts';

export interface LastWord {
  readonly level: number;
  /** As it is called in {@link ApprovalState}: an action of the plan, or the kind of a remark. */
  readonly action: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Employee id of whose task it was by the rules, where it was another's. */
  readonly onBehalfOf?: string;
  /** It counts no more. */
  readonly isVoid: boolean;
}

/** Remarks that answer what was asked. A comment or a question leaves the task where it is. */
const ANSWERS: ReadonlySet<Remark['kind']> = new Set(['opinion', 'sent-back', 'returned']);

/**
 * By employee id. What was taken back is to be decided anew, and what stands from an earlier version was decided there: neither
 * is a word about this approval. Operators answer for the installation, not for themselves.
 */
export function lastWords({ decisions, remarks }: ApprovalState): ReadonlyMap<string, LastWord> {
  const words = [
    ...decisions
      .filter(({ voided, keptFrom }) => voided !== 'taken-back' && keptFrom === undefined)
      .map(({ voided, ...decision }) => ({ ...decision, isVoid: voided !== undefined })),
    ...remarks
      .filter(({ kind }) => ANSWERS.has(kind))
      .map(({ kind, ...remark }) => ({ ...remark, action: kind, isVoid: false })),
  ]
    .filter(({ employeeId }) => employeeId !== OPERATORS)
    .toSorted((one, other) => one.at.localeCompare(other.at));
  return new Map(words.map((word) => [word.employeeId, word]));
}

export function lastWordOf(state: ApprovalState, employeeId: string): LastWord | undefined {
  return lastWords(state).get(employeeId);
}
