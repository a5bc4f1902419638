import { describe, expect, it } from 'vitest';
import { approvalMails } from '../../../functions/approvals/approval-mails.ts';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { HandOverCommand } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import type { ApprovalPlan } from '../../../functions/approvals/domain/plan.ts';
import { currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { approve, level, openNext, plan, play, run, wish } from './approvals.ts';

const HAND_OVER: HandOverCommand = { kind: 'hand-over', from: 'A', to: 'X', by: 'Lin' };

function opened(more: Partial<ApprovalPlan> = {}): ApprovalState {
  const levels = [
    level('First', ['A', 'B'], { mode: { kind: 'all' } }),
    level('Second', ['C']),
    level('Third', ['A', 'D'], { mode: { kind: 'weighted', needed: 3, weights: { A: 2 } } }),
  ];
  return openNext(newApproval(plan({ subject: 'invoice-mismatch', levels, ...more })));
}

const able = (employeeId: string, approvalLimit = '5000') => ({ employeeId, active: true, approvalLimit });

describe('a hand-over', () => {
  it('moves what is asked now and what would be asked later, with its weight, and says so', () => {
    const result = run(opened(), HAND_OVER);

    expect(result).toMatchObject({
      events: [
        { type: 'TaskHandedOver', level: 0, from: 'A', to: 'X', operator: 'Lin' },
        { type: 'TaskHandedOver', level: 2, from: 'A', to: 'X', operator: 'Lin' },
      ],
    });
    const state = result.kind === 'events' ? result.state : opened();
    expect(currentApprovers(state)).toEqual(['X', 'B']);
    expect(state.plan.levels[2]).toMatchObject({ approverIds: ['X', 'D'], mode: { weights: { X: 2 } } });
    const decided = play(state, wish(state, 'X', { kind: 'decide', action: 'accept', comment: 'because' }));
    expect(decided.decisions).toMatchObject([{ employeeId: 'X', onBehalfOf: 'A' }]);
  });

  it('tells whoever had the task who has it now, and nobody else', () => {
    const before = opened();
    const result = run(before, HAND_OVER);

    const mails = result.kind === 'events' ? approvalMails(before, result.state, result.events) : [];
    expect(mails).toMatchObject([
      { mail: { to: 'X', template: 'decision-requested' } },
      { mail: { to: 'A', template: 'task-gone', facts: { outcome: 'TaskHandedOver', nowWith: 'X' } } },
    ]);
  });

  it('to somebody who is away asks who stands in for them now, and later levels stay to be seen', () => {
    const before = opened();
    const result = run(before, HAND_OVER, { substitutes: new Map([['X', [able('S')]]]) });

    expect(result).toMatchObject({
      events: [
        { type: 'TaskHandedOver', level: 0, from: 'A', to: 'X' },
        { type: 'TaskHandedOver', level: 2, from: 'A', to: 'X' },
        { type: 'SubstituteAsked', level: 0, from: 'X', to: 'S' },
      ],
    });
    const { state, events } = result.kind === 'events' ? result : { state: before, events: [] };
    expect(currentApprovers(state)).toEqual(['S', 'B']);
    expect(state.plan.levels[2]).toMatchObject({ approverIds: ['X', 'D'] });
    expect(approvalMails(before, state, events)).toMatchObject([
      { mail: { to: 'S', template: 'decision-requested' } },
      { mail: { to: 'A', template: 'task-gone', facts: { outcome: 'TaskHandedOver', nowWith: 'S' } } },
    ]);
    const decided = play(state, wish(state, 'S', { kind: 'decide', action: 'accept', comment: 'because' }));
    expect(decided).toMatchObject({ decisions: [{ employeeId: 'S', onBehalfOf: 'A' }] });
  });

  it('asks nobody in the place of who is away who may not decide there, or who gives the tasks', () => {
    const asked = (candidates: readonly string[], more: Partial<HandOverCommand> = {}) => {
      const substitutes = new Map([['X', candidates.map((id) => able(id))]]);
      const excluded = [{ employeeId: 'Y', reason: 'approved the order' }];
      const result = run(opened({ excluded }), { ...HAND_OVER, ...more }, { substitutes });
      return result.kind === 'events' ? currentApprovers(result.state) : [];
    };

    expect(asked(['R', 'B', 'Y', 'A'])).toEqual(['X', 'B']);
    expect(asked(['R', 'B', 'Y', 'A', 'S'])).toEqual(['S', 'B']);
    expect(asked(['K'], { by: 'K', isAdministrator: true })).toEqual(['X', 'B']);
  });

  it('asks only a substitute with authority where one person commits the company', () => {
    const state = opened({ subject: 'order', levels: [level('Last', ['A'])] });
    const asked = (limit: string) => {
      const result = run(state, HAND_OVER, { substitutes: new Map([['X', [able('S', limit)]]]) });
      return result.kind === 'events' ? currentApprovers(result.state) : [];
    };

    expect(asked('10')).toEqual(['X']);
    expect(asked('5000')).toEqual(['S']);
  });

  it('leaves nobody deciding for themselves who gets their own task back', () => {
    const given = play(opened(), { kind: 'hand-over', from: 'A', to: 'X', by: 'Lin' });
    const back = play(given, { kind: 'hand-over', from: 'X', to: 'A', by: 'Lin' });

    expect(given.open?.seats[0]).toMatchObject({ employeeId: 'X', onBehalfOf: 'A' });
    expect(back.open?.seats[0]).toMatchObject({ employeeId: 'A' });
    expect(back.open?.seats[0]).not.toHaveProperty('onBehalfOf');
  });

  it('moves an opinion that is asked for, and leaves what was decided', () => {
    const asked = play(opened(), wish(opened(), 'B', { kind: 'delegate', to: 'Z', comment: '' }));
    const said = play(asked, { ...approve('A'), action: 'accept', comment: 'because' });

    const moved = run(said, { ...HAND_OVER, from: 'Z' });
    expect(moved.kind === 'events' ? currentApprovers(moved.state) : []).toEqual(['X']);

    const decided = run(said, HAND_OVER);
    expect(decided).toMatchObject({ events: [{ level: 2 }], state: { decisions: [{ employeeId: 'A' }] } });
  });

  it('moves the voice on a level that was taken back and opens again', () => {
    const { open, ...rest } = opened();
    const state: ApprovalState = { ...rest, status: 'pending', restored: open?.seats ?? [] };

    const result = run(state, HAND_OVER);
    expect(result).toMatchObject({ events: [{ level: 0 }, { level: 2 }] });
    const moved = result.kind === 'events' ? result.state : state;
    expect(currentApprovers(openNext(moved))).toEqual(['X', 'B']);
    expect(run(state, { ...HAND_OVER, to: 'B' })).toMatchObject({ refusal: 'unfit-person' });
  });

  it('moves what escalation would bring, alone and beside tasks', () => {
    const levels = [level('First', ['B'], { escalateTo: 'A' }), level('Second', ['A', 'C'], { escalateTo: 'A' })];
    const both = run(opened({ levels }), HAND_OVER);
    expect(both).toMatchObject({
      events: [{ level: 1 }],
      state: { plan: { levels: [{ escalateTo: 'X' }, { escalateTo: 'X', approverIds: ['X', 'C'] }] } },
    });

    const alone = opened({ levels: levels.slice(0, 1) });
    expect(run(alone, HAND_OVER)).toMatchObject({
      events: [{ type: 'TaskHandedOver', level: 0 }],
      state: { plan: { levels: [{ escalateTo: 'X', approverIds: ['B'] }] } },
    });
    expect(run(alone, { ...HAND_OVER, to: 'R' })).toMatchObject({ refusal: 'unfit-person' });
  });

  it('to whom it is from is refused, be it a task or what escalation would bring: nothing would change', () => {
    const levels = [level('First', ['A'], { escalateTo: 'C' })];

    for (const from of ['A', 'C']) {
      expect(run(opened({ levels }), { ...HAND_OVER, from, to: from })).toMatchObject({ refusal: 'unfit-person' });
    }
    expect(run(opened({ levels }), { ...HAND_OVER, from: 'Z', to: 'Z' })).toMatchObject({ kind: 'events', events: [] });
  });

  it('does nothing for who is asked nothing, or when the approval has ended', () => {
    const state = opened();
    expect(run(state, { ...HAND_OVER, from: 'Q' })).toEqual({ kind: 'events', events: [], state });
    const ended = play(state, { kind: 'withdraw' });
    expect(run(ended, HAND_OVER)).toEqual({ kind: 'events', events: [], state: ended });
  });

  it.each([
    ['the requester', { to: 'R' }],
    ['somebody who is asked there already', { to: 'B' }],
    ['somebody who would be asked there later', { to: 'D' }],
    ['somebody who did something else in the process', { to: 'Y' }],
  ])('is refused to %s, whole', (_, to) => {
    const excluded = [{ employeeId: 'Y', reason: 'approved the order' }];

    expect(run(opened({ excluded }), { ...HAND_OVER, ...to })).toMatchObject({ refusal: 'unfit-person' });
  });

  it('is refused to somebody whom the directory does not know as active', () => {
    const inactive = { target: { employeeId: 'X', active: false } };

    expect(run(opened(), HAND_OVER, inactive)).toMatchObject({ refusal: 'unfit-person' });
  });
});
