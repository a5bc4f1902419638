import { describe, expect, it } from 'vitest';
import type { ApprovalLevelRule } from '../../../functions/approvals/domain/level-rule.ts';
import { lineAbove, MAX_LINE } from '../../../functions/approvals/domain/organisation.ts';
import { type RouteInput, routeApproval } from '../../../functions/approvals/domain/route.ts';
import {
  asked,
  COMPANY,
  changed,
  DOCUMENT,
  HEAD,
  input,
  MANAGER,
  organisation,
  POST,
  person,
  planned,
  rule,
  type Situation,
} from './companies.ts';

function levelOf({ level, approvers, ...rest }: ApprovalLevelRule) {
  return { name: level, rule: approvers.map((approver) => approver.rule).join(', '), ...rest };
}

describe('routing an approval', () => {
  it('asks the manager, the head of the cost centre and the holders of a post, each with the times of the rule', () => {
    const plan = planned(input([MANAGER, HEAD, POST]));

    expect(plan.levels).toEqual([
      { ...levelOf(MANAGER), approverIds: ['lead'], escalateTo: 'head' },
      { ...levelOf(HEAD), approverIds: ['head'], escalateTo: 'chief' },
      { ...levelOf(POST), approverIds: ['cashier'], escalateTo: 'head' },
    ]);
    expect(plan).toMatchObject({ approvalId: 'A', amount: '100', linkLimit: '1000', document: DOCUMENT, routing: [] });
    expect(plan.actions.map(({ action }) => action)).toEqual(['approve', 'reject']);
  });

  it('raises a level whose only approver is the requester, excluded or inactive to the manager above, with the reason', () => {
    const own = planned(input([HEAD], { requesterId: 'head' }));
    const excluded = planned(input([POST], { excluded: [{ employeeId: 'cashier', reason: 'approved the order' }] }));
    const inactive = planned(input([MANAGER], { people: changed('lead', { active: false }) }));

    expect(own.levels[0]?.approverIds).toEqual(['chief']);
    expect(own.routing).toEqual([
      { kind: 'raised', level: 'Department head', from: 'head', to: 'chief', reason: 'is the requester' },
    ]);
    expect(excluded.routing).toEqual([
      { kind: 'raised', level: 'Cashier', from: 'cashier', to: 'head', reason: 'approved the order' },
    ]);
    expect(inactive.routing).toEqual([
      { kind: 'raised', level: 'Manager', from: 'lead', to: 'head', reason: 'is inactive' },
    ]);
  });

  it('climbs over everybody who may not decide', () => {
    const excluded = [
      { employeeId: 'lead', reason: 'x' },
      { employeeId: 'head', reason: 'y' },
    ];

    expect(asked(input([MANAGER], { excluded }))).toEqual([['Manager', 'chief']]);
  });

  it('raises the last level until a limit covers the amount, and no earlier level', () => {
    expect(asked(input([MANAGER], { amount: '1000' }))).toEqual([['Manager', 'lead']]);
    expect(planned(input([MANAGER], { amount: '1000.01' })).routing).toEqual([
      { kind: 'raised', level: 'Manager', from: 'lead', to: 'head', reason: 'has an approval limit of 1000' },
    ]);
    expect(asked(input([MANAGER, HEAD], { amount: '50000' }))).toEqual([
      ['Manager', 'lead'],
      ['Department head', 'chief'],
    ]);
  });

  it('does not ask for a limit where nothing is committed', () => {
    expect(asked(input([rule('Buyer', 'post:cashier')], { subject: 'invoice-mismatch', amount: '999999' }))).toEqual([
      ['Buyer', 'cashier'],
    ]);
  });

  it('leaves out holders of a post who may not decide while others may', () => {
    const plan = planned(input([POST], { amount: '1000', cashiers: ['accountant', 'cashier', 'clerk'] }));

    expect(plan.levels[0]?.approverIds).toEqual(['accountant', 'cashier']);
    expect(plan.routing).toEqual([
      { kind: 'replaced', level: 'Cashier', from: 'clerk', to: 'accountant', reason: 'has an approval limit of 500' },
    ]);
  });

  it('merges two levels in a row that only the same person could decide; the higher stays', () => {
    const plan = planned(input([MANAGER, HEAD, POST], { requesterId: 'lead' }));

    expect(plan.levels.map(({ name }) => name)).toEqual(['Department head', 'Cashier']);
    expect(plan.routing).toEqual([
      { kind: 'merged', level: 'Manager', to: 'head', reason: 'the same decides level "Department head"' },
    ]);
  });

  it('keeps two pairs of eyes when somebody else can take one of the levels', () => {
    const later = planned(input([HEAD, POST], { cashiers: ['head', 'accountant'] }));
    const earlier = planned(input([POST, HEAD], { cashiers: ['head', 'accountant'] }));

    expect(later.levels.map(({ approverIds }) => approverIds)).toEqual([['head'], ['accountant']]);
    expect(later.routing[0]).toMatchObject({ kind: 'replaced', level: 'Cashier', from: 'head', to: 'accountant' });
    expect(earlier.levels.map(({ approverIds }) => approverIds)).toEqual([['accountant'], ['head']]);
    expect(earlier.routing[0]).toMatchObject({ kind: 'replaced', level: 'Cashier', from: 'head', to: 'accountant' });
  });

  it('gives a vacant post to whoever stands above the level before, or to the head of the department', () => {
    const above = planned(input([MANAGER, POST], { cashiers: [] }));
    const first = planned(input([POST], { cashiers: [] }));

    expect(above.levels.map(({ approverIds }) => approverIds)).toEqual([['lead'], ['head']]);
    expect(above.routing).toEqual([{ kind: 'raised', level: 'Cashier', to: 'head', reason: 'the post is vacant' }]);
    expect(first.levels.map(({ approverIds }) => approverIds)).toEqual([['head']]);
    expect(asked(input([HEAD], { head: 'nobody' }))).toEqual([['Department head', 'lead']]);
    expect(planned(input([HEAD], { head: 'nobody' })).routing[0]?.reason).toBe('the department has no active head');
  });

  it('merges a vacant level into the one before when nobody stands above', () => {
    const plan = planned(input([MANAGER, POST], { requesterId: 'head', cashiers: [] }));

    expect(plan.levels.map(({ name, approverIds }) => [name, ...approverIds])).toEqual([['Cashier', 'chief']]);
    expect(plan.routing.map(({ kind }) => kind)).toEqual(['raised', 'merged']);
  });

  it('refuses when nobody may decide: never an approval', () => {
    const everybody = COMPANY.map(({ employeeId }) => ({ employeeId, reason: 'x' }));

    expect(routeApproval(input([MANAGER], { excluded: everybody }))).toMatchObject({ refusal: 'no-approver' });
    expect(routeApproval(input([MANAGER], { requesterId: 'chief' }))).toMatchObject({ refusal: 'no-approver' });
    expect(routeApproval(input([MANAGER], { requesterId: 'stranger' }))).toMatchObject({ refusal: 'no-approver' });
    expect(routeApproval(input([MANAGER], { amount: '100000.01' }))).toMatchObject({ refusal: 'no-approver' });
    expect(routeApproval(input([]))).toMatchObject({ refusal: 'no-approver' });
    expect(routeApproval(input([POST, HEAD], { requesterId: 'chief', cashiers: [], head: 'chief' }))).toMatchObject({
      refusal: 'no-approver',
    });
  });

  it('escalates past those who may not decide or are asked already, and to nobody at the top', () => {
    const escalation = (more: Partial<RouteInput> & Situation) => planned(input([MANAGER], more)).levels[0]?.escalateTo;

    expect(escalation({ people: changed('head', { active: false }) })).toBe('chief');
    expect(escalation({ excluded: [{ employeeId: 'head', reason: 'x' }] })).toBe('chief');
    expect(escalation({ requesterId: 'head' })).toBeUndefined();
    // At the last level the next person up needs a limit that covers the amount, too.
    expect(escalation({ amount: '900', people: changed('head', { approvalLimit: '10' }) })).toBe('chief');
  });

  it('ends where people report in a circle, or in a line that cannot be true', () => {
    const circle = [person('asker', 'b'), person('b', 'c'), person('c', 'b')];
    const line = Array.from({ length: 50 }, (_, index) => person(`p${index}`, `p${index + 1}`));

    expect(routeApproval(input([MANAGER], { people: circle }))).toMatchObject({ refusal: 'no-approver' });
    expect(lineAbove(organisation({ people: circle }), circle[0]).map(({ employeeId }) => employeeId)).toEqual([
      'b',
      'c',
    ]);
    expect(lineAbove(organisation({ people: line }), line[0])).toHaveLength(MAX_LINE);
  });
});
