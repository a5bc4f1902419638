import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineAbove, MAX_LINE, type Organisation } from '../../../functions/approvals/domain/organisation.ts';
import { type DecisionDocument, needsAuthority } from '../../../functions/approvals/domain/plan.ts';
import { type RouteInput, routeApproval } from '../../../functions/approvals/domain/route.ts';
import type { Person } from '../../../functions/directory/port.ts';
import { compare } from '../../../functions/money/money.ts';
import type { ApprovalLevelRule } from '../../../functions/policy/port.ts';

const DOCUMENT: DecisionDocument = {
  title: 'Paper',
  currency: 'CNY',
  total: '100',
  baseTotal: '100',
  baseCurrency: 'CNY',
  lines: [],
  notes: [],
};

function person(employeeId: string, managerId: string | undefined, more: Partial<Person> = {}): Person {
  return {
    employeeId,
    name: employeeId,
    email: `${employeeId}@meridian.example`,
    locale: 'en',
    ...(managerId === undefined ? {} : { managerId }),
    departmentId: 'D',
    posts: [],
    active: true,
    ...more,
  };
}

/** asker -> lead -> head -> chief; clerk and cashier report to head, accountant to chief. */
const COMPANY = [
  person('chief', undefined, { approvalLimit: '100000' }),
  person('head', 'chief', { approvalLimit: '10000' }),
  person('lead', 'head', { approvalLimit: '1000' }),
  person('asker', 'lead'),
  person('clerk', 'head', { approvalLimit: '500' }),
  person('cashier', 'head', { approvalLimit: '5000' }),
  person('accountant', 'chief', { approvalLimit: '20000' }),
];

function rule(level: string, approver: string, more: Partial<ApprovalLevelRule> = {}): ApprovalLevelRule {
  const approvers = approver.split(', ').map((one) => {
    const [name = '', weight = '1'] = one.split('*');
    return { rule: name, weight: Number(weight) };
  });
  const times = { remindAfterHours: 1, escalateAfterHours: 2, expireAfterHours: 3 };
  return { level, approvers, mode: { kind: 'any' }, isParallel: false, ...times, ...more };
}

const MANAGER = rule('Manager', 'manager');
const HEAD = rule('Department head', 'department-head');
const POST = rule('Cashier', 'post:cashier');

interface Situation {
  readonly people?: readonly Person[];
  readonly head?: string;
  readonly cashiers?: readonly string[];
}

function organisation({ people = COMPANY, head = 'head', cashiers = ['cashier'] }: Situation = {}): Organisation {
  const byId = new Map(people.map((one) => [one.employeeId, one]));
  const active = (id: string) => {
    const found = byId.get(id);
    return found?.active === true ? [found] : [];
  };
  const [departmentHead] = active(head);
  return {
    people: byId,
    holders: new Map([['cashier', cashiers.flatMap(active)]]),
    ...(departmentHead === undefined ? {} : { departmentHead }),
  };
}

function input(levelRules: readonly ApprovalLevelRule[], more: Partial<RouteInput> & Situation = {}): RouteInput {
  const { people, head, cashiers, ...rest } = more;
  return {
    approvalId: 'A',
    subject: 'order',
    documentVersion: 1,
    requesterId: 'asker',
    amount: '100',
    linkLimit: '1000',
    excluded: [],
    document: DOCUMENT,
    levelRules,
    organisation: organisation({
      ...(people === undefined ? {} : { people }),
      ...(head === undefined ? {} : { head }),
      ...(cashiers === undefined ? {} : { cashiers }),
    }),
    ...rest,
  };
}

function planned(routed: RouteInput) {
  const result = routeApproval(routed);
  if ('refusal' in result) {
    throw new Error(result.message);
  }
  return result.plan;
}

function asked(routed: RouteInput) {
  return planned(routed).levels.map((level) => [level.name, ...level.approverIds]);
}

function changed(employeeId: string, change: Partial<Person>): readonly Person[] {
  return COMPANY.map((one) => (one.employeeId === employeeId ? { ...one, ...change } : one));
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

function levelOf({ level, approvers, ...rest }: ApprovalLevelRule) {
  return { name: level, rule: approvers.map((approver) => approver.rule).join(', '), ...rest };
}

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
    rules: fc.array(fc.constantFrom(MANAGER, HEAD, POST), { minLength: 1, maxLength: 4 }),
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
            if (index === plan.levels.length - 1 && needsAuthority(plan.subject)) {
              expect(compare(found?.approvalLimit ?? '-1', plan.amount)).toBeGreaterThanOrEqual(0);
            }
          }
        }
      }),
      { numRuns: 2000 },
    );
    expect(plans).toBeGreaterThan(200);
  });

  it('never asks one person on two levels in a row, and says of each level that is missing why', () => {
    fc.assert(
      fc.property(anyInput, (routed) => {
        const result = routeApproval(routed);
        if ('refusal' in result) {
          return;
        }
        const { levels, routing } = result.plan;
        for (const [index, level] of levels.entries()) {
          const before = levels[index - 1]?.approverIds ?? [];
          expect(level.approverIds.filter((approver) => before.includes(approver))).toEqual([]);
        }
        expect(levels.length + routing.filter(({ kind }) => kind === 'merged').length).toBe(routed.levelRules.length);
      }),
      { numRuns: 2000 },
    );
  });
});

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
