import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Choices } from '../../../functions/approvals/domain/chosen.ts';
import type { ApprovalLevelRule } from '../../../functions/approvals/domain/level-rule.ts';
import { routeApproval } from '../../../functions/approvals/domain/route.ts';
import { asked, COMPANY, changed, HEAD, input, planned, rule } from './companies.ts';

const REVIEW = rule('Review', 'choice:buyer');
const choose = (buyer: string): { readonly choices: Choices } => ({ choices: { approvers: { buyer } } });
const refusal = (...given: Parameters<typeof input>) => {
  const result = routeApproval(input(...given));
  return 'issue' in result ? `${result.issue.field}: ${result.issue.problem}` : result;
};

describe('an approver whom the request names', () => {
  it('is asked: whom the requester chose, or whom a field of the form holds', () => {
    expect(asked(input([REVIEW, HEAD], choose('clerk')))).toEqual([
      ['Review', 'clerk'],
      ['Department head', 'head'],
    ]);
    const choices = { fields: { owner: 'accountant' } };
    expect(asked(input([rule('Owner', 'field:owner')], { choices }))).toEqual([['Owner', 'accountant']]);
  });

  it('stands in the plan, so that a new way of the rules asks them again', () => {
    expect(planned(input([REVIEW, HEAD], choose('clerk'))).choices).toEqual({ approvers: { buyer: 'clerk' } });
  });

  it.each<[string, readonly ApprovalLevelRule[], Parameters<typeof input>[1], string]>([
    ['nobody', [REVIEW, HEAD], {}, 'nobody is named, and the rules for approvals ask for somebody'],
    ['what every object has', [rule('R', 'choice:constructor'), HEAD], { choices: { approvers: {} } }, 'nobody is'],
    ['somebody unknown', [REVIEW, HEAD], choose('ghost'), 'ghost is not in the directory'],
    ['themself', [REVIEW, HEAD], choose('asker'), 'asker is the requester'],
    [
      'somebody who has left',
      [REVIEW, HEAD],
      { ...choose('clerk'), people: changed('clerk', { active: false }) },
      'clerk is inactive',
    ],
    [
      'somebody who approved the order',
      [REVIEW, HEAD],
      { ...choose('clerk'), excluded: [{ employeeId: 'clerk', reason: 'approved the order' }] },
      'clerk approved the order',
    ],
    [
      'somebody without the post',
      [rule('Review', 'choice:buyer@post:cashier'), HEAD],
      choose('clerk'),
      'clerk does not hold the post cashier',
    ],
    [
      'somebody whose limit is too low for the last word',
      [REVIEW],
      { ...choose('clerk'), amount: '900' },
      'clerk has an',
    ],
    [
      'the same beside others who could decide',
      [rule('Review', 'choice:buyer, department-head')],
      { ...choose('clerk'), amount: '900' },
      'clerk has an',
    ],
    [
      'somebody too poor where everybody signs, and nobody of them may commit to the amount',
      [rule('Review', 'choice:buyer', { mode: { kind: 'all' } })],
      { ...choose('clerk'), amount: '100000.01' },
      'clerk has an approval limit of 500',
    ],
    [
      'who signs there already',
      [rule('Review', 'manager, choice:buyer', { mode: { kind: 'all' } }), HEAD],
      choose('lead'),
      'lead is asked already',
    ],
  ])('is refused by the name of the field, and nobody comes in the place of %s', (_, rules, more, problem) => {
    expect(refusal(rules, more)).toMatch(new RegExp(`^requisition\\.approvers\\.(buyer|constructor): ${problem}`, 'u'));
  });

  it('says what to write instead', () => {
    expect(routeApproval(input([rule('R', 'field:owner@post:cashier'), HEAD]))).toMatchObject({
      refusal: 'wrong-choice',
      issue: {
        field: 'requisition.fields.owner',
        remedy:
          'write the employee id of a holder of the post cashier who may decide, other than the requester, and file it again',
      },
    });
  });

  it('is never replaced on their level, whoever is chosen and however the level decides', () => {
    const ids = [...COMPANY.map(({ employeeId }) => employeeId), 'ghost', undefined];
    const approvers = fc.constantFrom(
      'choice:buyer',
      'choice:buyer, manager',
      'post:cashier, choice:buyer@post:cashier',
    );
    const mode = fc.constantFrom<ApprovalLevelRule['mode']>({ kind: 'any' }, { kind: 'all' }, { kind: 'in-turn' });
    fc.assert(
      fc.property(
        fc.constantFrom(...ids),
        approvers,
        mode,
        fc.boolean(),
        fc.constantFrom('100', '900', '9000', '90000', '900000'),
        (buyer, named, how, isFollowed, amount) => {
          const chosen = buyer === undefined ? {} : choose(buyer);
          const levels = [rule('Review', named, { mode: how }), ...(isFollowed ? [rule('Chief', 'person:chief')] : [])];
          const result = routeApproval(input(levels, { amount, ...chosen }));
          if ('plan' in result) {
            const approverIds = result.plan.levels[0]?.approverIds;
            expect(approverIds).toContain(buyer);
            expect(buyer).not.toBe('asker');
            expect(result.plan.routing.filter(({ kind, from }) => kind !== 'merged' && from === buyer)).toEqual([]);
          } else {
            expect(['wrong-choice', 'no-approver']).toContain(result.refusal);
          }
        },
      ),
    );
  });
});
