import { describe, expect, it } from 'vitest';
import { routeApproval } from '../../../functions/approvals/domain/route.ts';
import type { ApprovalLevelRule } from '../../../functions/policy/port.ts';
import { asked, COMPANY, HEAD, input, MANAGER, organisation, person, planned, rule } from './companies.ts';

describe('a level on which everybody signs', () => {
  const all = (approvers: string, more: Partial<ApprovalLevelRule> = {}) =>
    rule('Signers', approvers, { mode: { kind: 'all' }, ...more });

  it('asks everybody whom its rules name, in their order, with their weights', () => {
    const mode = { kind: 'weighted', needed: 3 } as const;
    const plan = planned(input([all('manager, department-head*2', { mode })]));

    expect(plan.levels).toMatchObject([
      {
        rule: 'manager, department-head',
        approverIds: ['lead', 'head'],
        mode: { ...mode, weights: { lead: 1, head: 2 } },
      },
    ]);
  });

  it('gives each voice that its person cannot have to somebody above, who is not asked twice', () => {
    const excluded = [{ employeeId: 'lead', reason: 'approved the order' }];
    const plan = planned(input([all('manager, department-head, post:cashier')], { excluded }));

    expect(plan.levels[0]?.approverIds).toEqual(['head', 'chief', 'cashier']);
    expect(plan.routing).toEqual([
      { kind: 'raised', level: 'Signers', from: 'lead', to: 'head', reason: 'approved the order' },
      { kind: 'raised', level: 'Signers', from: 'head', to: 'chief', reason: 'is asked already' },
    ]);
  });

  it('is refused when more people would be asked at once than one transaction can tell', () => {
    const crowd = (size: number) => {
      const cashiers = Array.from({ length: size }, (_, index) => person(`c${index}`, 'head'));
      return routeApproval(
        input([all('post:cashier'), HEAD], {
          people: [...COMPANY, ...cashiers],
          cashiers: cashiers.map(({ employeeId }) => employeeId),
        }),
      );
    };

    expect(crowd(30)).toHaveProperty('plan');
    expect(crowd(31)).toMatchObject({ refusal: 'too-many-approvers' });
  });

  it('is refused when a voice is left that nobody can have', () => {
    expect(routeApproval(input([all('manager, manager-2, manager-3, department-head')]))).toMatchObject({
      refusal: 'no-approver',
    });
    expect(routeApproval(input([all('manager', { mode: { kind: 'quorum', needed: 2 } })]))).toMatchObject({
      refusal: 'no-approver',
    });
  });

  it('has somebody whose limit covers the amount when it is the last, if need be from above', () => {
    const plan = planned(input([all('manager, post:cashier')], { amount: '9000' }));

    expect(plan.levels[0]?.approverIds).toEqual(['lead', 'head']);
    expect(asked(input([all('department-head, post:cashier')], { amount: '9000' }))).toEqual([
      ['Signers', 'head', 'cashier'],
    ]);
    expect(routeApproval(input([all('manager')], { amount: '100000.01' }))).toMatchObject({ refusal: 'no-approver' });
  });

  it('keeps its signers though they are asked on the level before as well', () => {
    expect(asked(input([MANAGER, all('manager, department-head')]))).toEqual([
      ['Manager', 'lead'],
      ['Signers', 'lead', 'head'],
    ]);
  });
});

describe('the rules for approvers', () => {
  const people = [...COMPANY, person('keeper', 'head', { posts: ['keeper'], departmentId: 'E' })];

  it.each([
    ['manager-2', 'head'],
    ['chain', 'lead, head'],
    ['person:accountant', 'accountant'],
    ['manager-2, person:accountant', 'head, accountant'],
  ])('%s names %s', (approvers, names) => {
    const mismatch = { subject: 'invoice-mismatch', amount: '5000' } as const;

    expect(asked(input([rule('Level', approvers)], mismatch))).toEqual([['Level', ...names.split(', ')]]);
  });

  it('a chain asks all managers up to the first whose limit covers the amount', () => {
    const chain = rule('Line', 'chain', { mode: { kind: 'in-turn' } });

    expect(asked(input([chain], { amount: '900' }))).toEqual([['Line', 'lead']]);
    expect(asked(input([chain], { amount: '50000' }))).toEqual([['Line', 'lead', 'head', 'chief']]);
    expect(routeApproval(input([chain], { amount: '100000.01' }))).toMatchObject({ refusal: 'no-approver' });
  });

  it('a post within the cost centre names only holders of its department', () => {
    const there = organisation({ people, cashiers: ['cashier', 'keeper'] });
    const at = (departmentId: string) => ({
      subject: 'invoice-mismatch' as const,
      organisation: { ...there, departmentId },
    });
    const here = rule('Here', 'post:cashier@cost-centre');

    expect(asked(input([here], at('E')))).toEqual([['Here', 'keeper']]);
    expect(asked(input([here], at('D')))).toEqual([['Here', 'cashier']]);
    // Nobody holds it there: the head of the department is asked.
    expect(asked(input([here], at('F')))).toEqual([['Here', 'head']]);
  });

  it('open beside each other as the table says, and the first never beside nothing', () => {
    const beside = { ...HEAD, isParallel: true };

    expect(planned(input([beside])).levels.map(({ isParallel }) => isParallel)).toEqual([false]);
    expect(planned(input([MANAGER, beside])).levels.map(({ isParallel }) => isParallel)).toEqual([false, true]);
    // Both are last: each needs somebody who may commit the company.
    expect(asked(input([MANAGER, beside], { amount: '5000' }))).toEqual([
      ['Manager', 'head'],
      ['Department head', 'head'],
    ]);
  });
});
