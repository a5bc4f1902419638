import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needsAuthority } from '../../../functions/approvals/domain/plan.ts';
import { routeApproval } from '../../../functions/approvals/domain/route.ts';
import { compare } from '../../../functions/money/money.ts';
import { HEAD, input, MANAGER, POST, person } from './companies.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const id = fc.constantFrom(...IDS);
/** Anybody may report to anybody, also in circles, and have left. */
const anyCompany = fc.tuple(
  ...IDS.map((employeeId) =>
    fc
      .record({
        manager: fc.option(id, { nil: undefined }),
        active: fc.boolean(),
        limit: fc.option(fc.constantFrom('10', '100', '1000'), { nil: undefined }),
      })
      .map(({ manager, active, limit }) =>
        person(employeeId, manager, { active, ...(limit === undefined ? {} : { approvalLimit: limit }) }),
      ),
  ),
);
const anyInput = fc
  .record({
    people: anyCompany,
    head: id,
    cashiers: fc.uniqueArray(id, { maxLength: 3 }),
    requesterId: id,
    amount: fc.constantFrom('5', '50', '500'),
    subject: fc.constantFrom('order' as const, 'payment' as const, 'invoice-mismatch' as const),
    excluded: fc.uniqueArray(id, { maxLength: 2 }),
    rules: fc.array(
      fc
        .tuple(fc.constantFrom(MANAGER, HEAD, POST), fc.boolean(), fc.constantFrom('any', 'any', 'claim', 'all'))
        .map(([rule, isParallel, kind]) => ({ ...rule, isParallel, mode: { kind } as const })),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ rules, excluded, ...rest }) =>
    input(rules, { ...rest, excluded: excluded.map((employeeId) => ({ employeeId, reason: 'excluded' })) }),
  );

describe('whatever the organisation looks like, a plan', () => {
  it('asks only people who may decide, and on the last level only people whose limit covers the amount', () => {
    let plans = 0;
    fc.assert(
      fc.property(anyInput, (routed) => {
        const result = routeApproval(routed);
        if ('refusal' in result) {
          return;
        }
        plans += 1;
        const { plan } = result;
        expect(plan.levels.length).toBeGreaterThan(0);
        for (const [index, level] of plan.levels.entries()) {
          expect(level.approverIds.length).toBeGreaterThan(0);
          expect(new Set(level.approverIds).size).toBe(level.approverIds.length);
          expect(level.approverIds).not.toContain(level.escalateTo);
          for (const approver of [
            ...level.approverIds,
            ...(level.escalateTo === undefined ? [] : [level.escalateTo]),
          ]) {
            const found = routed.organisation.people.get(approver);
            expect(found?.active).toBe(true);
            expect(approver).not.toBe(routed.requesterId);
            expect(routed.excluded.map(({ employeeId }) => employeeId)).not.toContain(approver);
          }
          const covers = (id: string) =>
            compare(routed.organisation.people.get(id)?.approvalLimit ?? '-1', plan.amount) >= 0;
          const isLast = plan.levels.slice(index + 1).every(({ isParallel }) => isParallel);
          if (isLast && needsAuthority(plan.subject)) {
            const needed = level.mode.kind === 'all' ? 1 : level.approverIds.length;
            expect(level.approverIds.filter(covers).length).toBeGreaterThanOrEqual(needed);
            expect(level.escalateTo === undefined || covers(level.escalateTo)).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
    expect(plans).toBeGreaterThan(200);
  });

  it('never asks one person who decides for all on two levels in a row or beside each other, and says what is missing', () => {
    fc.assert(
      fc.property(anyInput, (routed) => {
        const result = routeApproval(routed);
        if ('refusal' in result) {
          return;
        }
        const { levels, routing } = result.plan;
        const decidesForAll = levels.map(({ mode, approverIds }) => (mode.kind === 'all' ? [] : approverIds));
        const turns = levels.map((_, index) => levels.slice(1, index + 1).filter((one) => !one.isParallel).length);
        for (const [one, ids] of decidesForAll.entries()) {
          for (const [other, others] of decidesForAll.entries()) {
            const isNear = one < other && (turns[other] ?? 0) - (turns[one] ?? 0) <= 1;
            expect(isNear ? ids.filter((id) => others.includes(id)) : []).toEqual([]);
          }
        }
        expect(levels.length + routing.filter(({ kind }) => kind === 'merged').length).toBe(routed.levelRules.length);
      }),
      { numRuns: 2000 },
    );
  });
});
