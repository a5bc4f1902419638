/** One person approves one level, whatever way a second one reaches them. */
import { describe, expect, it } from 'vitest';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { Decider, Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import { withKeptVotes } from '../../../functions/approvals/domain/keep-votes.ts';
import type { ApprovalLevel } from '../../../functions/approvals/domain/plan.ts';
import { currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { takeOver } from '../../../functions/approvals/domain/substitutes.ts';
import { acted, add, no, refusalOf, yes } from './acting.ts';
import { level, OPENED_AT, openNext, plan, play, run, wish } from './approvals.ts';

const LEVELS = [level('First', ['M']), level('Second', ['H'])];
const to = (kind: 'transfer' | 'delegate', whom: string): Wish => ({ kind, to: whom, comment: '' });
const person = (employeeId: string): Decider => ({ employeeId, active: true, approvalLimit: '5000' });

function asked(levels: readonly ApprovalLevel[] = LEVELS): ApprovalState {
  return openNext(newApproval(plan({ subject: 'invoice-mismatch', levels })));
}

/** The first level is approved, and the next one opens while these are away. */
function second(levels: readonly ApprovalLevel[] = LEVELS, away: Readonly<Record<string, string>> = {}): ApprovalState {
  return openWhileAway(acted(asked(levels), ['M', yes]), away);
}

function openWhileAway(state: ApprovalState, away: Readonly<Record<string, string>>): ApprovalState {
  const substitutes = new Map(Object.entries(away).map(([id, other]) => [id, [person(other)]] as const));
  const result = run(state, { kind: 'open', waitId: `w-${state.round + 1}`, openedAt: OPENED_AT }, { substitutes });
  return result.kind === 'events' ? result.state : state;
}

describe('whoever has approved one level', () => {
  it('is not asked on another as the substitute of somebody who is away: the task stays where it is', () => {
    expect(currentApprovers(second(LEVELS, { H: 'X' }))).toEqual(['X']);
    expect(currentApprovers(second(LEVELS, { H: 'M' }))).toEqual(['H']);
  });

  it('takes nothing over on another, and is told why by name', () => {
    const taken = takeOver(second(), 1, person('M'), { away: new Set(['H']), now: new Date(OPENED_AT) });

    expect(taken).toMatchObject({ events: [], refusal: { refusal: 'decided-before' } });
  });

  it('is given nothing on another by a transfer or a hand-over, nor added as a signer; an opinion they may give', () => {
    const state = second();

    expect(refusalOf(state, 'H', to('transfer', 'M'))).toBe('decided-before');
    expect(refusalOf(state, 'H', add('M', 'beside'))).toBe('decided-before');
    expect(run(state, { kind: 'hand-over', from: 'H', to: 'M', by: 'Lin' })).toMatchObject({
      refusal: 'decided-before',
    });
    expect(refusalOf(state, 'H', to('delegate', 'M'))).toBeUndefined();
  });

  it('does not come in by escalation on another: whoever is next above does, and nobody where nobody is left', () => {
    const state = second([level('First', ['M']), level('Second', ['H'], { escalateTo: 'M' })]);
    const above = (ids: readonly string[]) =>
      run(state, { kind: 'escalate' }, { lines: new Map([['M', ids.map(person)]]) });

    expect(above(['M', 'C'])).toMatchObject({ events: [{ type: 'LevelEscalated', addedIds: ['C'] }] });
    expect(above(['M'])).toMatchObject({ events: [{ type: 'LevelEscalated', addedIds: [] }] });
  });

  it('is refused by name when they have such a voice already, and may say no with it', () => {
    const state = second();
    const seats = state.open?.seats.map((seat) => ({ ...seat, employeeId: 'M', onBehalfOf: 'H' })) ?? [];
    const given: ApprovalState = state.open === undefined ? state : { ...state, open: { ...state.open, seats } };

    expect(refusalOf(given, 'M', yes)).toBe('decided-before');
    expect(run(given, wish(given, 'M', no))).toMatchObject({ state: { outcome: 'cancelled' } });
  });

  it('decides their own level again after they took it back, or it was sent back', () => {
    const done = acted(asked(), ['M', yes]);
    const taken = play(done, { ...wish(done, 'M', { kind: 'take-back', comment: '' }), level: 0 });
    const sent = acted(openNext(done), ['H', { kind: 'return-to-level', target: 0, comment: 'Why?' }]);

    expect(refusalOf(openNext(taken), 'M', yes)).toBeUndefined();
    expect(refusalOf(openNext(sent), 'M', yes)).toBeUndefined();
  });

  it('has done so for the next version as well, where their vote was kept', () => {
    const levels = [level('First', ['M'], { keepsVotes: true }), level('Second', ['H'])];
    const first = openNext(newApproval(plan({ levels })));
    const next = openNext(acted(first, ['M', { kind: 'decide', action: 'approve', comment: '' }]));
    const returned = acted(next, ['H', { kind: 'return-to-requester', comment: 'Fewer' }]);
    const again = withKeptVotes(newApproval(plan({ levels, documentVersion: 2 })), returned, () => true);

    expect(again).toMatchObject({ level: 1, decisions: [{ employeeId: 'M', keptFrom: 1 }] });
    expect(currentApprovers(openWhileAway(again, { H: 'M' }))).toEqual(['H']);
  });

  it('may be asked elsewhere once their approval counts no more', () => {
    const back = openNext(acted(second(), ['H', { kind: 'return-to-level', target: 0, comment: 'Why?' }]));
    const other = acted(acted(back, ['M', to('transfer', 'X')]), ['X', yes]);

    expect(currentApprovers(openWhileAway(other, { H: 'M' }))).toEqual(['M']);
    expect(refusalOf(openWhileAway(other, { H: 'M' }), 'M', yes)).toBeUndefined();
  });
});

describe('one person on several levels', () => {
  it('whom the rules put there decides them, and so does whoever has the voices of that person', () => {
    const levels = [level('First', ['M']), level('Second', ['H']), level('Third', ['M'])];
    const own = acted(openNext(acted(asked(levels), ['M', yes])), ['H', yes]);
    expect(refusalOf(openNext(own), 'M', yes)).toBeUndefined();

    const handed = play(asked(levels), { kind: 'hand-over', from: 'M', to: 'X', by: 'Lin' });
    const others = acted(openNext(acted(handed, ['X', yes])), ['H', yes]);
    expect(refusalOf(openNext(others), 'X', yes)).toBeUndefined();
  });

  it('of different people is refused by a hand-over, before anything gets stuck', () => {
    const away = openWhileAway(newApproval(plan({ subject: 'invoice-mismatch', levels: LEVELS })), { M: 'H' });
    expect(currentApprovers(away)).toEqual(['H']);

    expect(run(away, { kind: 'hand-over', from: 'H', to: 'X', by: 'Lin' })).toMatchObject({ refusal: 'unfit-person' });
  });

  it('is not brought about by whoever gives a task away: not to somebody who is to decide a later level', () => {
    expect(refusalOf(asked(), 'M', to('transfer', 'H'))).toBe('unfit-person');
    expect(run(asked(), { kind: 'hand-over', from: 'M', to: 'H', by: 'Lin' })).toMatchObject({
      refusal: 'unfit-person',
    });
    const group = [level('First', ['M']), level('Second', ['H', 'X'])];
    expect(refusalOf(asked(group), 'M', to('transfer', 'H'))).toBeUndefined();
  });

  it('who gave their task away and signed it as one who was added leaves a later level to the others', () => {
    const levels = [level('First', ['M']), level('Second', ['H', 'M'])];
    const given = acted(asked(levels), ['M', to('transfer', 'X')], ['X', add('M', 'before')], ['M', yes], ['X', yes]);
    const state = openNext(given);

    expect(refusalOf(state, 'M', yes)).toBe('decided-before');
    expect(refusalOf(state, 'H', yes)).toBeUndefined();
  });

  it('who stood in for somebody leaves their own level to the others who decide it, and is not offered to claim it', () => {
    const stood = (levels: readonly ApprovalLevel[]) =>
      openNext(
        acted(openWhileAway(newApproval(plan({ subject: 'invoice-mismatch', levels })), { M: 'H' }), ['H', yes]),
      );
    const group = stood([level('First', ['M']), level('Second', ['H', 'X'])]);
    expect(refusalOf(group, 'H', yes)).toBe('decided-before');
    expect(refusalOf(group, 'X', yes)).toBeUndefined();

    const claimed = stood([level('First', ['M']), level('Second', ['H', 'X'], { mode: { kind: 'claim' } })]);
    expect(refusalOf(claimed, 'H', { kind: 'claim', comment: '' })).toBe('decided-before');

    // As routing would make one level of two that nobody else can decide.
    expect(refusalOf(stood(LEVELS), 'H', yes)).toBeUndefined();
  });

  it('that are open together gets no second voice there', () => {
    const beside = asked([level('First', ['M']), level('Second', ['H'], { isParallel: true, escalateTo: 'M' })]);

    expect(run(beside, wish(beside, 'H', to('transfer', 'M'), 1))).toMatchObject({ refusal: 'unfit-person' });
    expect(run(beside, { kind: 'escalate' })).toMatchObject({ events: [{ addedIds: [] }] });
    const away = takeOver(beside, 1, person('M'), { away: new Set(['H']), now: new Date(OPENED_AT) });
    expect(away.events).toEqual([]);
    const approval = newApproval(
      plan({ levels: [level('First', ['A']), level('Second', ['B'], { isParallel: true })] }),
    );
    expect(currentApprovers(openWhileAway(approval, { A: 'X', B: 'X' }))).toEqual(['X', 'B']);
  });

  it('who could be chosen for the next level is chosen only where nobody else could', () => {
    const buyers = (ids: readonly string[]) => [
      level('First', ['M']),
      level('Second', ['N']),
      level('Buyer', ids, { rule: 'previous@post:buyer' }),
    ];
    const chosen = (ids: readonly string[]) => {
      const first = openWhileAway(newApproval(plan({ subject: 'invoice-mismatch', levels: buyers(ids) })), { M: 'B' });
      const state = openNext(acted(first, ['B', yes]));
      return run(state, wish(state, 'N', yes));
    };

    expect(chosen(['B', 'X'])).toMatchObject({ events: [{ next: 'X' }] });
    expect(chosen(['B'])).toMatchObject({ events: [{ next: 'B' }] });
  });
});
