import { describe, expect, it } from 'vitest';
import type { ApprovalLevelRule } from '../../../functions/approvals/domain/level-rule.ts';
import { routeApproval } from '../../../functions/approvals/domain/route.ts';
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

  const mismatch = { subject: 'invoice-mismatch' } as const;
  const beside = { isParallel: true } as const;

  it('keep two pairs of eyes on levels that open together, before them and after them', () => {
    const group = (level: string, more = {}) => rule(level, 'post:cashier', more);
    const cashiers = { ...mismatch, cashiers: ['cashier', 'clerk', 'accountant'] };
    const one = rule('One', 'person:cashier');

    expect(asked(input([one, group('Beside', beside)], cashiers))).toEqual([
      ['One', 'cashier'],
      ['Beside', 'clerk', 'accountant'],
    ]);
    expect(asked(input([one, rule('Two', 'person:clerk', beside), group('After')], cashiers))).toEqual([
      ['One', 'cashier'],
      ['Two', 'clerk'],
      ['After', 'accountant'],
    ]);
    expect(asked(input([group('Before'), one, rule('Two', 'person:clerk', beside)], cashiers))).toEqual([
      ['Before', 'accountant'],
      ['One', 'cashier'],
      ['Two', 'clerk'],
    ]);
  });

  it('make one level of two that open together and only one person could decide, in the place of the first', () => {
    const own = (level: string, more = {}) => rule(level, 'person:cashier', more);
    const plan = planned(
      input([MANAGER, own('One'), rule('Two', 'person:clerk', beside), own('Three', beside)], mismatch),
    );

    expect(plan.levels.map(({ name, isParallel }) => [name, isParallel])).toEqual([
      ['Manager', false],
      ['Two', false],
      ['Three', true],
    ]);
    expect(plan.routing).toEqual([
      { kind: 'merged', level: 'One', to: 'cashier', reason: 'the same decides level "Three"' },
    ]);
    // What was merged away stood between two levels of one person.
    expect(
      asked(input([own('A'), rule('B', 'person:clerk'), own('C'), rule('D', 'person:clerk', beside)], mismatch)),
    ).toEqual([
      ['C', 'cashier'],
      ['D', 'clerk'],
    ]);
  });

  it.each(['all', 'in-turn', 'quorum', 'weighted'] as const)(
    'keep a voice on both levels for whoever decides one of them alone and signs the other with others (%s)',
    (kind) => {
      const mode = kind === 'all' || kind === 'in-turn' ? { kind } : { kind, needed: 2 };
      const alone = rule('Alone', 'person:cashier');
      const signed = rule('Signed', 'person:cashier, person:clerk', { mode });

      expect(asked(input([alone, signed], mismatch))).toEqual([
        ['Alone', 'cashier'],
        ['Signed', 'cashier', 'clerk'],
      ]);
    },
  );

  it('share out the same several people of two levels in a row, so that two of them decide', () => {
    const cashiers = { ...mismatch, cashiers: ['accountant', 'cashier', 'clerk'] };
    const plan = planned(input([rule('One', 'post:cashier'), rule('Two', 'post:cashier')], cashiers));

    expect(plan.levels.map(({ approverIds }) => approverIds)).toEqual([['accountant'], ['cashier', 'clerk']]);
    expect(plan.routing).toEqual([
      { kind: 'replaced', level: 'One', from: 'cashier', to: 'accountant', reason: 'is asked on level "Two"' },
      { kind: 'replaced', level: 'One', from: 'clerk', to: 'accountant', reason: 'is asked on level "Two"' },
      { kind: 'replaced', level: 'Two', from: 'accountant', to: 'cashier', reason: 'is asked on level "One"' },
    ]);
  });

  it('let everybody sign on levels that open together, and take nobody from a level for which they were chosen', () => {
    const all = { mode: { kind: 'all' } } as const;
    const choices = { approvers: { who: 'cashier' } };

    expect(
      asked(
        input([rule('One', 'person:cashier', all), rule('Two', 'person:cashier', { ...all, ...beside })], mismatch),
      ),
    ).toEqual([
      ['One', 'cashier'],
      ['Two', 'cashier'],
    ]);
    expect(
      asked(
        input([rule('Chosen', 'choice:who'), rule('Two', 'person:cashier, person:clerk', beside)], {
          ...mismatch,
          choices,
        }),
      ),
    ).toEqual([
      ['Chosen', 'cashier'],
      ['Two', 'clerk'],
    ]);
  });

  it('open beside each other as the table says, and the first never beside nothing', () => {
    const headBeside = { ...HEAD, isParallel: true };

    expect(planned(input([headBeside])).levels.map(({ isParallel }) => isParallel)).toEqual([false]);
    expect(planned(input([MANAGER, headBeside])).levels.map(({ isParallel }) => isParallel)).toEqual([false, true]);
    // Both are last: each needs somebody who may commit the company, and only one person may.
    expect(asked(input([MANAGER, headBeside], { amount: '5000' }))).toEqual([['Department head', 'head']]);
  });
});
