import { describe, expect, it } from 'vitest';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import { withKeptVotes } from '../../../functions/approvals/domain/keep-votes.ts';
import type { ApprovalLevel } from '../../../functions/approvals/domain/plan.ts';
import { reroute } from '../../../functions/approvals/domain/re-route.ts';
import { routeApproval } from '../../../functions/approvals/domain/route.ts';
import { acted, counted, task } from './acting.ts';
import { level, openNext, plan, run, wish } from './approvals.ts';
import { asked, COMPANY, HEAD, input, person, planned, rule } from './companies.ts';

const CHOSEN = level('Buyer', ['A', 'B', 'C'], { rule: 'previous@post:buyer' });
const FIRST = level('First', ['M']);

function question(...levels: readonly ApprovalLevel[]) {
  return openNext(newApproval(plan({ subject: 'invoice-mismatch', levels })));
}

const accept = (next?: string) =>
  ({ kind: 'decide', action: 'accept', comment: 'because', ...(next === undefined ? {} : { next }) }) as const;

/** Somebody decides, when these have left whom the rules name. */
function decided(state: ApprovalState, by: string, next?: string, left: readonly string[] = []) {
  const choosable = ['A', 'B', 'C', 'D'].map((employeeId) => ({ employeeId, active: !left.includes(employeeId) }));
  return run(state, wish(state, by, accept(next)), { choosable });
}

function stateOf(result: ReturnType<typeof decided>): ApprovalState {
  if (result.kind === 'refused') {
    throw new Error(result.message);
  }
  return result.state;
}

const askedOf = (state: ApprovalState) => openNext(state).open?.seats.map(({ employeeId }) => employeeId);

describe('an approver whom the one before chooses', () => {
  it('is asked alone, and the record says who was chosen', () => {
    const result = decided(question(FIRST, CHOSEN), 'M', 'B');

    expect(result).toMatchObject({ events: [{ type: 'DecisionMade', outcome: 'next-level', next: 'B' }] });
    expect(askedOf(stateOf(result))).toEqual(['B']);
  });

  it.each([
    ['nobody is chosen', undefined, [], 'choose-next'],
    ['somebody is chosen whom the rules do not name', 'D', [], 'unfit-person'],
    ['whoever is chosen has left', 'B', ['B'], 'unfit-person'],
    ['everybody who could be chosen has left', undefined, ['A', 'B', 'C'], 'nobody-to-choose'],
    ['whoever is chosen has left, as all the others', 'B', ['A', 'B', 'C'], 'nobody-to-choose'],
  ])('is not asked, and nothing is decided, where %s', (_, next, left, refusal) => {
    expect(decided(question(FIRST, CHOSEN), 'M', next, left)).toMatchObject({ kind: 'refused', refusal });
  });

  it('is not asked unsaid where they are the only one whom the rules name and have left', () => {
    const sole = level('Buyer', ['B'], { rule: 'previous@post:buyer' });

    expect(decided(question(FIRST, sole), 'M', undefined, ['B'])).toMatchObject({ refusal: 'nobody-to-choose' });
    expect(askedOf(stateOf(decided(question(FIRST, sole), 'M')))).toEqual(['B']);
  });

  it('is the one who is left, unsaid, where the others have left', () => {
    expect(askedOf(stateOf(decided(question(FIRST, CHOSEN), 'M', undefined, ['A', 'C'])))).toEqual(['B']);
  });

  it('needs no choice of whoever says no', () => {
    const state = question(FIRST, CHOSEN);

    expect(run(state, wish(state, 'M', { kind: 'decide', action: 'cancel', comment: '' }))).toMatchObject({
      state: { outcome: 'cancelled' },
    });
  });

  it('is chosen by whoever says the last yes, and nobody chooses themselves', () => {
    const both = level('Both', ['A', 'M'], { mode: { kind: 'all' } });
    const one = stateOf(decided(question(both, CHOSEN), 'M'));

    expect(one.status).toBe('open');
    expect(decided(one, 'A', 'A')).toMatchObject({ refusal: 'unfit-person' });
    expect(askedOf(stateOf(decided(one, 'A', 'C')))).toEqual(['C']);
  });

  it('is the only one who can be, without a word', () => {
    const pair = level('Buyer', ['M', 'B'], { rule: 'previous@post:buyer' });

    expect(decided(question(FIRST, pair), 'M')).toMatchObject({ events: [{ next: 'B' }] });
  });

  it('is chosen anew among all, once the choice was taken back or the level before is asked again', () => {
    const chosen = stateOf(decided(question(FIRST, CHOSEN), 'M', 'B'));
    const again = openNext(counted(chosen, wish(chosen, 'M', task('take-back'), 0)));
    const back = openNext(acted(openNext(chosen), ['B', { kind: 'return-to-level', target: 0, comment: 'because' }]));

    expect(askedOf(stateOf(decided(again, 'M', 'C')))).toEqual(['C']);
    expect(askedOf(stateOf(decided(back, 'M', 'A')))).toEqual(['A']);
  });

  it('is on the first of the levels that open together; on the others all are asked', () => {
    const beside = { ...CHOSEN, name: 'Second buyer', approverIds: ['D', 'E'], isParallel: true };

    expect(askedOf(stateOf(decided(question(FIRST, CHOSEN, beside), 'M', 'B')))).toEqual(['B', 'D', 'E']);
  });

  it('stays chosen when the rules lead the same way, and gives way to all when they name others', () => {
    const chosen = openNext(stateOf(decided(question(FIRST, CHOSEN), 'M', 'B')));
    const to = (...approverIds: readonly string[]) =>
      reroute(
        chosen,
        {
          kind: 're-route',
          levels: [FIRST, { ...CHOSEN, approverIds }],
          routing: [],
          linkLimit: chosen.plan.linkLimit,
          directoryVersion: 2,
          operator: 'Lin',
        },
        { now: new Date(chosen.open?.openedAt ?? '') },
      );

    expect(to('A', 'B', 'C').events).toEqual([]);
    expect(askedOf(to('A', 'C').state)).toEqual(['A', 'C']);
  });

  it('is chosen again for the next version, by a level whose votes would be kept otherwise', () => {
    const keeps = { keepsVotes: true } as const;
    const levels = [level('Zero', ['Z'], keeps), { ...FIRST, ...keeps }, CHOSEN];
    const first = openNext(newApproval(plan({ subject: 'order', levels })));
    const yes = { kind: 'decide', action: 'approve', comment: '' } as const;
    const second = openNext(acted(first, ['Z', yes]));
    const third = openNext(stateOf(run(second, wish(second, 'M', { ...yes, next: 'B' }))));
    const returned = acted(third, ['B', { kind: 'return-to-requester', comment: 'because' }]);
    const next = newApproval(plan({ subject: 'order', levels, documentVersion: 2 }));

    expect(withKeptVotes(next, returned, () => true)).toMatchObject({ level: 1, decisions: [{ employeeId: 'Z' }] });
  });
});

describe('the way of a request on which the approver before chooses', () => {
  const CASHIER = rule('Cashier', 'previous@post:cashier');
  const cashiers = (ids: readonly string[]) => ({
    people: [...COMPANY, ...ids.map((id) => person(id, 'head'))],
    cashiers: ids,
  });

  it('has all holders of the post who may decide, and a stand-in for a post that is vacant', () => {
    const excluded = [{ employeeId: 'c2', reason: 'did something else' }];

    expect(
      asked(input([HEAD, CASHIER], { ...cashiers(['c1', 'c2', 'c3']), excluded, subject: 'invoice-mismatch' })),
    ).toEqual([
      ['Department head', 'head'],
      ['Cashier', 'c1', 'c3'],
    ]);
    expect(planned(input([HEAD, CASHIER], { ...cashiers([]), subject: 'invoice-mismatch' })).routing).toMatchObject([
      { kind: 'raised', level: 'Cashier', reason: 'the post is vacant' },
    ]);
  });

  it('is refused where nobody of the post may commit the company to the amount', () => {
    expect(routeApproval(input([HEAD, CASHIER], { ...cashiers(['c1']), amount: '999999999' }))).toMatchObject({
      refusal: 'no-approver',
    });
  });
});
