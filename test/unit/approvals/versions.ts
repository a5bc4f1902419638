/** The next version of what was returned to its requester, and what may have been kept of the one before. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalState, Decision } from '../../../functions/approvals/domain/approval-state.ts';
import { withKeptVotes } from '../../../functions/approvals/domain/keep-votes.ts';
import type { ApprovalPlan } from '../../../functions/approvals/domain/plan.ts';

/** What the requester changed, and who has left meanwhile. */
export interface Change {
  /** By which it is judged: of this document and of others that are judged with it. */
  readonly amount: string;
  /** Of the document alone, in the company's currency. */
  readonly baseTotal: string;
  readonly supplier: string;
  readonly costCentre: string;
  /** How many of those who decided may decide no more. */
  readonly left: number;
}

export const changes: fc.Arbitrary<Change> = fc.record({
  amount: fc.constantFrom('4000.00', '4000.00', '3999.99', '4000.01'),
  baseTotal: fc.constantFrom('4000.00', '4000.00', '4000.00', '900.00', '4000.01'),
  supplier: fc.constantFrom('SUP-1', 'SUP-1', 'SUP-1', 'SUP-2'),
  costCentre: fc.constantFrom('CC-1', 'CC-1', 'CC-1', 'CC-2'),
  left: fc.constantFrom(0, 0, 0, 1),
});

/** The plan of the next version, for the same people. */
export function changed(plan: ApprovalPlan, { amount, baseTotal, supplier, costCentre }: Change): ApprovalPlan {
  return {
    ...plan,
    amount,
    documentVersion: plan.documentVersion + 1,
    document: { ...plan.document, baseTotal, supplier, costCentre },
  };
}

/** As the process makes it, and looked over by other means than those that made it. */
export function nextVersion(before: ApprovalState, change: Change): ApprovalState {
  const gone = before.decisions.slice(0, change.left).map(({ employeeId }) => employeeId);
  const mayDecide = (employeeId: string) => !gone.includes(employeeId);
  const next = withKeptVotes(newApproval(changed(before.plan, change)), before, mayDecide);
  expectRightlyKept(before, next, mayDecide);
  return next;
}

function expectRightlyKept(
  before: ApprovalState,
  next: ApprovalState,
  mayDecide: (employeeId: string) => boolean,
): void {
  const { plan, level, decisions } = next;
  const earlier = before.decisions.filter(({ voided }) => voided === undefined);
  const isWorse =
    Number(plan.amount) > Number(before.plan.amount) ||
    Number(plan.document.baseTotal) > Number(before.plan.document.baseTotal) ||
    plan.document.supplier !== before.plan.document.supplier ||
    plan.document.costCentre !== before.plan.document.costCentre;
  const passed = plan.levels.slice(0, level);

  expect(next.status).toBe('pending');
  expect(passed.every(({ keepsVotes }) => keepsVotes === true)).toBe(true);
  expect(level).toBeLessThan(plan.levels.length);
  expect(plan.levels[level]?.isParallel).toBe(false);
  expect(decisions.every((one) => earlier.some((other) => isSameWord(one, other)))).toBe(true);
  expect(decisions.every(({ employeeId }) => mayDecide(employeeId))).toBe(true);
  expect(new Set(decisions.map((one) => one.level))).toEqual(new Set(passed.keys()));
  if (isWorse) {
    expect(level).toBe(0);
  }
  if (!isWorse && earlier.every(({ employeeId }) => mayDecide(employeeId)) && keepsAll(plan, before.level)) {
    expect(level).toBe(before.level);
  }
}

function isSameWord(one: Decision, other: Decision): boolean {
  return one.employeeId === other.employeeId && one.action === other.action && one.at === other.at;
}

function keepsAll({ levels }: ApprovalPlan, until: number): boolean {
  // Whoever chooses who is asked next is asked again, to choose again.
  return levels.slice(0, until).every(({ keepsVotes }) => keepsVotes === true) && levels.every(isNamedByRules);
}

function isNamedByRules({ rule }: ApprovalPlan['levels'][number]): boolean {
  return !rule.startsWith('previous@');
}
