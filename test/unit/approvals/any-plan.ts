/** Any plan of an approval, the people in it, and what must hold when it ends well. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Decider } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import {
  ACTIONS,
  type ApprovalLevel,
  type ApprovalPlan,
  type LevelMode,
  needsAuthority,
} from '../../../functions/approvals/domain/plan.ts';
import { level, plan } from './approvals.ts';

/** Employee ids. */
export const PEOPLE = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;
/** Some may commit to any amount, some to little, some to nothing; G has left. */
const LIMITS: { readonly [id: string]: string | undefined } = { A: '99999', B: '99999', C: '99999', D: '100' };
/** Employee ids. */
export const people = fc.constantFrom(...PEOPLE);

const modes = (count: number): fc.Arbitrary<LevelMode> =>
  fc.oneof(
    // Once more by itself: what only a claim can lead to would be met too seldom.
    fc.constant<LevelMode>({ kind: 'claim' }),
    fc.constantFrom<LevelMode>({ kind: 'any' }, { kind: 'claim' }, { kind: 'all' }, { kind: 'in-turn' }),
    fc.integer({ min: 1, max: count }).map((needed): LevelMode => ({ kind: 'quorum', needed })),
    fc
      .tuple(fc.integer({ min: 1, max: count }), people)
      .map(([needed, heavy]): LevelMode => ({ kind: 'weighted', needed, weights: { [heavy]: 2 } })),
  );

/** What levels are made of. */
export const levels = fc.array(
  fc.uniqueArray(people, { minLength: 1, maxLength: 4 }).chain((approverIds) =>
    fc.record({
      approverIds: fc.constant(approverIds),
      mode: modes(approverIds.length),
      escalateTo: fc.option(people),
      isParallel: fc.constantFrom(false, false, true),
      keepsVotes: fc.constantFrom(true, true, false),
      isChosen: fc.constantFrom(true, false, false),
    }),
  ),
  { minLength: 1, maxLength: 4 },
);

export type LevelDraft = typeof levels extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

export function levelsFrom(drafts: readonly LevelDraft[]): readonly ApprovalLevel[] {
  return drafts.map(({ approverIds, mode, escalateTo, isParallel, keepsVotes, isChosen }, index) =>
    level(`Level ${index}`, approverIds, {
      mode,
      // The rules leave one person to be chosen only where one decides for all.
      ...(isChosen && (mode.kind === 'any' || mode.kind === 'claim') ? { rule: 'previous@post:anybody' } : {}),
      isParallel: index > 0 && isParallel,
      ...(keepsVotes ? { keepsVotes } : {}),
      ...(escalateTo === null ? {} : { escalateTo }),
    }),
  );
}

/** Levels of every kind, beside and after each other. */
export const plans: fc.Arbitrary<ApprovalPlan> = fc
  .record({
    subject: fc.constantFrom('order', 'payment', 'invoice-mismatch'),
    levels,
    requesterId: fc.oneof({ weight: 5, arbitrary: fc.constant('R') }, people),
    excluded: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.tuple(people)),
    linkLimit: fc.constantFrom('100000', '100000', '100000', '100000', '1'),
  })
  .map(({ levels: all, excluded, ...rest }) =>
    plan({
      ...rest,
      document: { ...plan().document, supplier: 'SUP-1', costCentre: 'CC-1' },
      actions: ACTIONS[rest.subject],
      excluded: excluded.map((employeeId) => ({ employeeId, reason: 'did something else' })),
      levels: levelsFrom(all),
    }),
  );

/** Everybody as the directory knows them. */
export function directory(employeeId: string): Decider {
  const limit = LIMITS[employeeId];
  return { employeeId, active: employeeId !== 'G', ...(limit === undefined ? {} : { approvalLimit: limit }) };
}

/** Nothing is approved without decisions, and no money without authority. */
export function expectEveryLevelDecided({ plan: approval, decisions }: ApprovalState): void {
  const counted = decisions.filter(({ voided }) => voided === undefined);
  for (const index of approval.levels.keys()) {
    expect(counted.some((decision) => decision.level === index && decision.action !== 'reject')).toBe(true);
  }
  if (needsAuthority(approval.subject)) {
    const last = Math.max(...counted.map(({ round }) => round));
    const committing = counted.filter(({ round, action }) => round === last && action === 'approve');
    expect(committing.some(({ employeeId }) => Number(LIMITS[employeeId] ?? 0) >= Number(approval.amount))).toBe(true);
  }
}
