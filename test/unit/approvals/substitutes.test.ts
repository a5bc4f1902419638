import { describe, expect, it } from 'vitest';
import { approvalMails } from '../../../functions/approvals/approval-mails.ts';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { Decider, Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalPlan } from '../../../functions/approvals/domain/plan.ts';
import { currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { takeOver } from '../../../functions/approvals/domain/substitutes.ts';
import { level, OPENED_AT, opened, plan, play, run, wish } from './approvals.ts';

const OPEN = { kind: 'open', waitId: 'w-1', openedAt: OPENED_AT } as const;
const able = (employeeId: string, approvalLimit = '5000'): Decider => ({ employeeId, active: true, approvalLimit });

/** Opens the first level while A is away. */
function openWithout(candidates: readonly Decider[], more: Partial<ApprovalPlan> = {}) {
  const levels = [level('First', ['A', 'B'], { mode: { kind: 'all' } }), level('Second', ['C'])];
  const approval = newApproval(plan({ levels, ...more }));
  const result = run(approval, OPEN, { substitutes: new Map([['A', candidates]]) });
  if (result.kind === 'refused') {
    throw new Error(result.message);
  }
  return result;
}

describe('a level that opens while somebody is away', () => {
  it('asks who stands in for them, says so, and the decision is for who is away', () => {
    const { state, events } = openWithout([able('X')]);

    expect(events).toMatchObject([
      { type: 'LevelOpened', approverIds: ['X', 'B'] },
      { type: 'SubstituteAsked', level: 0, from: 'A', to: 'X' },
    ]);
    const decided = run(state, wish(state, 'X', { kind: 'decide', action: 'approve', comment: '' }));
    expect(decided).toMatchObject({ state: { decisions: [{ employeeId: 'X', onBehalfOf: 'A' }] } });
    expect(run(state, wish(state, 'A', { kind: 'decide', action: 'approve', comment: '' }))).toMatchObject({
      refusal: 'not-your-task',
    });
  });

  it.each([
    ['the requester', [able('R')], {}],
    ['somebody who has a voice there', [able('B')], {}],
    ['somebody who did something else', [able('Y')], { excluded: [{ employeeId: 'Y', reason: 'approved the order' }] }],
    ['somebody who has left', [{ employeeId: 'X', active: false }], {}],
  ])('is not given to %s, and takes the next, or stays where it is', (_, candidates, more) => {
    expect(currentApprovers(openWithout(candidates, more).state)).toEqual(['A', 'B']);
    expect(currentApprovers(openWithout([...candidates, able('Z')], more).state)).toEqual(['Z', 'B']);
  });

  it('asks only a substitute with authority where one person commits the company', () => {
    const levels = [level('Last', ['A'])];

    expect(currentApprovers(openWithout([able('X', '10')], { levels }).state)).toEqual(['A']);
    expect(currentApprovers(openWithout([able('X', '10'), able('Z')], { levels }).state)).toEqual(['Z']);
  });

  it('does not ask one person for two who are away', () => {
    const levels = [level('First', ['A', 'B'], { mode: { kind: 'all' } })];
    const substitutes = new Map(['A', 'B'].map((id) => [id, [able('X')]] as const));

    const opened = run(newApproval(plan({ levels })), OPEN, { substitutes });

    expect(opened.kind === 'events' ? currentApprovers(opened.state) : []).toEqual(['X', 'B']);
  });
});

describe('a level that is open already when somebody is away', () => {
  const levels = [level('First', ['A', 'B'], { mode: { kind: 'all' } }), level('Second', ['C'])];
  const now = new Date(OPENED_AT);
  const approve = { kind: 'decide', action: 'approve', comment: '' } as const;
  const takenBy = (person: Decider, state = opened({ levels }), away = ['A']) =>
    takeOver(state, state.level, person, { away: new Set(away), now });

  it('gives the voice to who stands in, who decides for them, and the other voice stays', () => {
    const { state, events } = takenBy(able('X'));

    expect(events).toEqual([{ type: 'SubstituteAsked', level: 0, from: 'A', to: 'X' }]);
    expect(currentApprovers(state)).toEqual(['X', 'B']);
    expect(run(state, wish(state, 'X', approve))).toMatchObject({
      state: { decisions: [{ employeeId: 'X', onBehalfOf: 'A' }] },
    });
    expect(run(state, wish(state, 'A', approve))).toMatchObject({ refusal: 'not-your-task' });
  });

  it.each([
    ['the requester', able('R'), {}],
    ['somebody who has a voice there', able('B'), {}],
    ['somebody who did something else', able('Y'), { excluded: [{ employeeId: 'Y', reason: 'approved the order' }] }],
    ['somebody who has left', { employeeId: 'X', active: false }, {}],
  ])('gives nothing to %s', (_, person, more) => {
    const state = opened({ levels, ...more });

    expect(takenBy(person, state)).toEqual({ state, events: [] });
  });

  it('gives nothing to who lacks the authority where one person commits the company', () => {
    const state = opened({ levels: [level('Last', ['A'])] });

    expect(takenBy(able('X', '10'), state)).toMatchObject({
      state,
      events: [],
      refusal: { refusal: 'substitute-over-authority' },
    });
    expect(takenBy(able('X'), state)).not.toHaveProperty('refusal');
    expect(takenBy(able('X'), state).events).toHaveLength(1);
  });

  it('gives nothing to who lacks the authority to decide for those who were silent', () => {
    const state = opened({ levels: [level('Last', ['B', 'C'], { escalateTo: 'A' })] });
    const escalated = play(state, { kind: 'escalate' });

    expect(takenBy(able('X', '10'), escalated)).toMatchObject({
      events: [],
      refusal: { refusal: 'substitute-over-authority' },
    });
    const { state: taken } = takenBy(able('X'), escalated);
    expect(run(taken, wish(taken, 'X', approve))).toMatchObject({ state: { outcome: 'approved' } });
  });

  it('names no lack of authority to who stands in for nobody there, or is barred anyhow', () => {
    const state = opened({ levels: [level('Last', ['A'])], excluded: [{ employeeId: 'Y', reason: 'ordered it' }] });

    expect(takenBy(able('X', '10'), state, ['B'])).not.toHaveProperty('refusal');
    expect(takenBy(able('Y', '10'), state)).not.toHaveProperty('refusal');
    expect(run(state, wish(state, 'Y', approve))).toMatchObject({ refusal: 'segregation-of-duties' });
  });

  it('gives first the voice that can decide, not one that waits for an opinion or for somebody who has begun', () => {
    const both = opened({ levels: [level('Group', ['A', 'B'], { mode: { kind: 'claim' } }), level('Second', ['C'])] });
    const claimed = play(both, wish(both, 'B', { kind: 'claim', comment: '' }));

    expect(takenBy(able('X'), claimed, ['A', 'B']).events).toMatchObject([{ from: 'B', to: 'X' }]);
    const all = opened({ levels });
    const asking = play(all, wish(all, 'A', { kind: 'delegate', to: 'Z', comment: '' }));
    expect(takenBy(able('X'), asking, ['A', 'B']).events).toMatchObject([{ from: 'B', to: 'X' }]);
  });

  it('that comes back to whose it was is decided in nobody else’s place', () => {
    const { state } = takenBy(able('X'));
    const { state: back } = takenBy(able('A'), state, ['X']);

    const [made] = play(back, wish(back, 'A', approve)).decisions;
    expect(made).toMatchObject({ employeeId: 'A' });
    expect(made).not.toHaveProperty('onBehalfOf');
  });

  it('gives one person one voice of two who are away', () => {
    expect(currentApprovers(takenBy(able('X'), opened({ levels }), ['A', 'B']).state)).toEqual(['X', 'B']);
  });

  it('gives no voice that was given, and none of a level that is over', () => {
    const before = opened({ levels });
    const decided = play(before, wish(before, 'A', approve));
    const over = play(decided, wish(decided, 'B', approve));

    expect(takenBy(able('X'), decided)).toEqual({ state: decided, events: [] });
    expect(takeOver(over, 0, able('X'), { away: new Set(['A']), now })).toEqual({ state: over, events: [] });
  });
});

describe('a signer who is away when they are added', () => {
  const add = (candidates: readonly Decider[], more: Partial<ApprovalPlan> = {}) => {
    const levels = [level('First', ['A', 'B'], { mode: { kind: 'all' } }), level('Second', ['C'])];
    const before = opened({ levels, ...more });
    const command = wish(before, 'A', { kind: 'add-signer', to: 'X', where: 'before', comment: '' });
    const result = run(before, command, { substitutes: new Map([['X', candidates]]) });
    if (result.kind === 'refused') {
      throw new Error(result.message);
    }
    return { before, ...result };
  };

  it('is stood in for at once: the substitute is asked, told, signs for them, and can be taken away again', () => {
    const { before, state, events } = add([able('S')]);

    expect(events).toMatchObject([
      { type: 'SignerAdded', to: 'X', where: 'before' },
      { type: 'SubstituteAsked', level: 0, from: 'X', to: 'S' },
    ]);
    expect(currentApprovers(state)).toEqual(['B', 'S']);
    expect(approvalMails(before, state, events)).toMatchObject([{ mail: { to: 'S', template: 'decision-requested' } }]);
    const signed = run(state, wish(state, 'S', { kind: 'decide', action: 'approve', comment: '' }));
    expect(signed).toMatchObject({ state: { decisions: [{ employeeId: 'S', onBehalfOf: 'X', isExtra: true }] } });
    const without = play(state, wish(state, 'A', { kind: 'remove-signer', signer: 'S', comment: '' }));
    expect(currentApprovers(without)).toEqual(['A', 'B']);
  });

  it.each([
    ['the requester', [able('R')], {}],
    ['whoever adds the signer', [able('A')], {}],
    ['somebody who has a voice there', [able('B')], {}],
    ['somebody who did something else', [able('Y')], { excluded: [{ employeeId: 'Y', reason: 'approved the order' }] }],
  ])('is not stood in for by %s, but by the next, or signs themselves', (_, candidates, more) => {
    expect(currentApprovers(add(candidates, more).state)).toEqual(['B', 'X']);
    expect(currentApprovers(add([...candidates, able('Z')], more).state)).toEqual(['B', 'Z']);
  });

  it('is stood in for whatever the limit: who was added does not count for the amount', () => {
    const { state } = add([able('S', '10')], { levels: [level('Last', ['A'])] });

    expect(currentApprovers(state)).toEqual(['S']);
    const signed = play(state, wish(state, 'S', { kind: 'decide', action: 'approve', comment: '' }));
    const decided = run(signed, wish(signed, 'A', { kind: 'decide', action: 'approve', comment: '' }));
    expect(decided).toMatchObject({ state: { outcome: 'approved' } });
  });
});

describe('the mails of a task that is taken over', () => {
  const gone = (wanted: Wish, mode: 'claim' | 'all') => {
    const before = opened({ levels: [level('Group', ['A', 'B'], { mode: { kind: mode } }), level('Second', ['C'])] });
    const taken = takeOver(before, 0, able('X'), { away: new Set(['A']), now: new Date(OPENED_AT) });
    const result = run(taken.state, wish(taken.state, 'X', wanted));
    const events = result.kind === 'events' ? [...taken.events, ...result.events] : [];
    const mails = result.kind === 'events' ? approvalMails(before, result.state, events) : [];
    return mails.flatMap((effect) =>
      effect.kind === 'mail' && effect.mail.template === 'task-gone'
        ? [[effect.mail.to, effect.mail.facts.outcome, effect.mail.facts.decided]]
        : [],
    );
  };

  it('tell who is away that it was taken over, and everybody else what became of it', () => {
    expect(gone({ kind: 'claim', comment: '' }, 'claim')).toEqual([
      ['A', 'SubstituteAsked', undefined],
      ['B', 'TaskClaimed', undefined],
    ]);
    expect(gone({ kind: 'return-to-requester', comment: 'Too many' }, 'all')).toEqual([
      ['A', 'SubstituteAsked', undefined],
      ['B', 'ReturnedToRequester', undefined],
    ]);
  });

  it('tell who is away who has it in the end, where the stand-in gives it on at once', () => {
    const before = opened({ levels: [level('Group', ['A', 'B'], { mode: { kind: 'all' } })] });
    const taken = takeOver(before, 0, able('X'), { away: new Set(['A']), now: new Date(OPENED_AT) });
    const result = run(taken.state, wish(taken.state, 'X', { kind: 'transfer', to: 'Y', comment: '' }));

    const after = result.kind === 'events' ? result : { state: before, events: [] };
    const mails = approvalMails(before, after.state, [...taken.events, ...after.events]);
    expect(mails).toMatchObject([
      { mail: { to: 'Y' } },
      { mail: { to: 'A', facts: { outcome: 'SubstituteAsked', nowWith: 'Y' } } },
    ]);
  });

  it('tell who is away what was decided in their place at once', () => {
    expect(gone({ kind: 'decide', action: 'approve', comment: '' }, 'all')).toEqual([
      ['A', 'SubstituteAsked', 'approve'],
    ]);
    expect(gone({ kind: 'decide', action: 'reject', comment: 'no' }, 'all')).toEqual([
      ['A', 'SubstituteAsked', 'reject'],
      ['B', 'reject', undefined],
    ]);
  });
});
