/** Who is reminded on a level, and who comes in for whom: those who are silent, and whoever is above each of them. */
import { describe, expect, it } from 'vitest';
import { approvalMails } from '../../../functions/approvals/approval-mails.ts';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type {
  ApprovalCommand,
  ApprovalContext,
  Decider,
  Wish,
} from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import type { ApprovalLevel, ApprovalPlan, LevelMode } from '../../../functions/approvals/domain/plan.ts';
import { currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { acted, add } from './acting.ts';
import { level, openNext, plan, run, wish } from './approvals.ts';

const YES = { kind: 'decide', action: 'approve', comment: '' } as const;
const NO = { kind: 'decide', action: 'reject', comment: 'no' } as const;

/** Everybody may commit to 5,000. Above A is P, above B is Q, above C is Q as well, above both the chief. */
const LINES: { readonly [employeeId: string]: readonly string[] } = {
  A: ['P', 'Chief'],
  B: ['Q', 'Chief'],
  C: ['Q', 'Chief'],
  S: ['Z'],
  P: ['Chief'],
  Q: ['Chief'],
};
const person = (employeeId: string): Decider => ({ employeeId, active: true, approvalLimit: '5000' });
const lines = new Map(
  Object.entries(LINES).map(([id, above]) => [id, [id, ...above].map(person)] as readonly [string, readonly Decider[]]),
);

function board(mode: LevelMode, more: Partial<ApprovalPlan> = {}, ofLevel: Partial<ApprovalLevel> = {}): ApprovalState {
  const levels = [level('Board', ['A', 'B', 'C'], { mode, escalateTo: 'P', ...ofLevel }), level('Last', ['L'])];
  return openNext(newApproval(plan({ levels, ...more })));
}

function told(state: ApprovalState, command: ApprovalCommand, context: Partial<ApprovalContext> = {}) {
  const result = run(state, command, { lines, ...context });
  if (result.kind === 'refused') {
    throw new Error(result.message);
  }
  return result;
}

const escalated = (state: ApprovalState, context: Partial<ApprovalContext> = {}) =>
  told(state, { kind: 'escalate' }, context);

const ALL: LevelMode = { kind: 'all' };

describe('the escalation of a level on which several sign', () => {
  it('brings in who is above each of the silent, nobody for whoever has decided, and nobody twice', () => {
    const { state, events } = escalated(acted(board(ALL), ['A', YES]));

    expect(events).toEqual([
      { type: 'LevelEscalated', level: 0, addedIds: ['Q', 'Chief'], forIds: ['B', 'C'], leftIds: [], step: 1 },
    ]);
    expect(currentApprovers(state)).toEqual(['B', 'C', 'Q', 'Chief']);
  });

  it('starts from those who are silent where the first of them has decided, in a quorum too', () => {
    const { state } = escalated(acted(board({ kind: 'quorum', needed: 2 }), ['A', YES], ['C', NO]));

    expect(currentApprovers(state)).toEqual(['B', 'Q']);
    expect(acted(state, ['Q', YES])).toMatchObject({ status: 'pending', level: 1 });
  });

  it('lets each who comes in decide for one silent voice and for no other', () => {
    const { state } = escalated(acted(board(ALL), ['A', YES]));
    const half = acted(state, ['Q', YES]);

    expect(half.status).toBe('open');
    expect(currentApprovers(half)).toEqual(['C', 'Chief']);
    expect(run(half, wish(half, 'B', YES))).toMatchObject({ refusal: 'already-decided' });
    expect(acted(half, ['C', YES])).toMatchObject({ status: 'pending', level: 1 });
    expect(acted(half, ['Chief', NO])).toMatchObject({ outcome: 'rejected' });
  });

  it('asks whoever came in no more once the silent one has decided, and again when that is taken back', () => {
    const { state } = escalated(acted(board(ALL), ['A', YES]));
    const half = acted(state, ['B', YES]);

    expect(currentApprovers(half)).toEqual(['C', 'Chief']);
    expect(run(half, wish(half, 'Q', YES))).toMatchObject({ refusal: 'already-decided' });
    expect(currentApprovers(acted(half, ['B', { kind: 'take-back', comment: '' }]))).toEqual(['B', 'C', 'Q', 'Chief']);
    const taken = acted(acted(state, ['Q', YES]), ['Q', { kind: 'take-back', comment: '' }]);
    expect(currentApprovers(taken)).toEqual(['B', 'C', 'Q', 'Chief']);
  });

  it('passes over who has approved another level, has left, is the requester or is barred, and asks who stands in', () => {
    const silent = acted(board(ALL), ['A', YES], ['C', YES]);
    const gone = new Map([...lines, ['B', [person('B'), { ...person('Q'), active: false }, person('Chief')]]]);
    const substitutes = new Map([['Q', [person('X')]]]);
    const barred = acted(board(ALL, { excluded: [{ employeeId: 'Q', reason: 'ordered it' }] }), ['A', YES], ['C', YES]);

    expect(currentApprovers(escalated(silent, { lines: gone }).state)).toEqual(['B', 'Chief']);
    expect(currentApprovers(escalated(barred).state)).toEqual(['B', 'Chief']);
    const away = escalated(silent, { substitutes });
    expect(currentApprovers(away.state)).toEqual(['B', 'X']);
    expect(away.events).toContainEqual({ type: 'SubstituteAsked', level: 0, from: 'Q', to: 'X' });
    const first = acted(openNext(newApproval(plan({ levels: [level('First', ['Q']), ...board(ALL).plan.levels] }))), [
      'Q',
      YES,
    ]);
    const second = acted(openNext(first), ['A', YES], ['C', YES]);
    expect(currentApprovers(escalated(second).state)).toEqual(['B', 'Chief']);
  });

  it('brings nobody in beside whoever stands in for them there', () => {
    const substitutes = new Map([['Q', [person('X')]]]);
    const { state } = escalated(acted(board(ALL), ['A', YES]), { substitutes });

    expect(currentApprovers(state)).toEqual(['B', 'C', 'X', 'Chief']);
  });

  it('tells the operators of the silent above whom nobody is left, and mails whoever comes in', () => {
    const before = acted(board(ALL), ['A', YES]);
    const { state, events } = escalated(before, { lines: new Map([...lines, ['C', [person('C')]]]) });

    expect(events).toMatchObject([{ addedIds: ['Q'], forIds: ['B'], leftIds: ['C'] }]);
    expect(approvalMails(before, state, events)).toMatchObject([
      { mail: { to: 'Q', template: 'decision-escalated' } },
      { mail: { to: 'operators', facts: { approvers: 'C' } } },
    ]);
  });

  it('starts from a silent signer where whose voice it is has decided', () => {
    const signed = acted(board(ALL), ['B', YES], ['C', YES], ['A', add('S', 'after')], ['A', YES]);
    const { state, events } = escalated(signed);

    expect(events).toMatchObject([{ addedIds: ['Z'], forIds: ['S'] }]);
    expect(acted(state, ['Z', YES])).toMatchObject({ status: 'pending', level: 1 });
  });

  it('keeps the order where they sign in turn: whoever came in for a later voice is asked with it', () => {
    const { state } = escalated(board({ kind: 'in-turn' }));
    expect(currentApprovers(state)).toEqual(['A', 'P']);

    const next = acted(state, ['P', YES]);
    expect(currentApprovers(next)).toEqual(['B', 'Q']);
    const third = acted(next, ['Q', YES]);
    expect(currentApprovers(third)).toEqual(['C', 'Chief']);
    const last = acted(third, ['Chief', YES]);
    expect(last).toMatchObject({ status: 'pending', level: 1 });
    const late: Wish = { kind: 'take-back', comment: '' };
    expect(run(third, wish(third, 'P', late))).toMatchObject({ refusal: 'nothing-to-take-back' });
  });

  it('goes to whoever an operator handed it over to, for whichever voice', () => {
    const state = told(board(ALL, {}, { escalateTo: 'Q' }), {
      kind: 'hand-over',
      from: 'Q',
      to: 'N',
      by: 'Lin',
    }).state;
    const handed = new Map([...lines, ['N', [person('N')]]]);

    const silent = acted(state, ['A', YES], ['C', YES]);
    expect(currentApprovers(escalated(silent, { lines: handed }).state)).toEqual(['B', 'N']);
  });

  it('is moved to nobody above whose limit would be needed and is too low', () => {
    const levels = [level('Last', ['A', 'B'], { mode: ALL })];
    const approval = openNext(newApproval(plan({ levels })));
    const limits = new Map(
      ['A', 'B', 'P', 'Q', 'Chief'].map((id) => {
        const poor = { employeeId: id, active: true };
        return [id, ['A', 'Chief'].includes(id) ? person(id) : poor];
      }),
    );
    const poorLines = new Map(
      [...lines].map(([id, line]) => [id, line.map((one) => limits.get(one.employeeId) ?? one)] as const),
    );

    const { events } = escalated(approval, { lines: poorLines, people: limits });
    expect(events).toMatchObject([{ addedIds: ['Chief', 'Q'], forIds: ['A', 'B'] }]);
  });
});

describe('the escalation of a level on which one decides for all', () => {
  it('starts from whoever has taken it up', () => {
    const claimed = acted(board({ kind: 'claim' }), ['B', { kind: 'claim', comment: '' }]);
    const { state, events } = escalated(claimed);

    expect(events).toMatchObject([{ addedIds: ['Q'], forIds: ['B'] }]);
    expect(acted(state, ['Q', YES])).toMatchObject({ status: 'pending', level: 1 });
  });
});

describe('the reminder of a level', () => {
  it('goes to everybody who is asked and silent, and to nobody who has decided', () => {
    const before = acted(board(ALL), ['A', YES], ['B', { kind: 'delegate', to: 'D', comment: '' }]);
    const { state, events } = told(before, { kind: 'remind' });

    expect(events).toEqual([{ type: 'LevelReminded', level: 0, approverIds: ['D', 'C'], step: 1 }]);
    expect(approvalMails(before, state, events).map((effect) => effect.kind === 'mail' && effect.mail.to)).toEqual([
      'D',
      'C',
    ]);
  });

  it('comes, at the latest with the escalation, to whoever was asked after it; to nobody twice', () => {
    const reminded = told(board({ kind: 'in-turn' }), { kind: 'remind' }).state;
    const before = acted(reminded, ['A', YES]);
    const { state, events } = escalated(before);

    expect(events[0]).toEqual({ type: 'LevelReminded', level: 0, approverIds: ['B'] });
    const mails = approvalMails(before, state, events).flatMap((effect) =>
      effect.kind === 'mail' ? [[effect.mail.to, effect.mail.template]] : [],
    );
    expect(mails).toEqual([
      ['Q', 'decision-escalated'],
      ['B', 'decision-reminder'],
    ]);
    expect(escalated(reminded).events).toMatchObject([{ type: 'LevelEscalated' }]);
  });
});

describe('the escalation of a level, step by step', () => {
  const high = new Map([
    ...lines,
    ['P', ['P', 'Chief', 'Board'].map(person)],
    ['A', ['A', 'P', 'Chief', 'Board'].map(person)],
  ]);
  const step = (state: ApprovalState, number: number) =>
    told(state, { kind: 'escalate', step: number }, { lines: high });

  it('goes to the next superior of who was asked last, until nobody is above; the operators are told of that once', () => {
    const first = step(board({ kind: 'any' }), 1);
    const second = step(first.state, 2);
    const third = step(second.state, 3);
    const fourth = step(third.state, 4);
    const fifth = step(fourth.state, 5);

    const escalatedTo = [first, second, third, fourth].map((one) =>
      one.events.find((event) => event.type === 'LevelEscalated'),
    );
    expect(escalatedTo).toMatchObject([
      { step: 1, addedIds: ['P'], forIds: ['A'], leftIds: [] },
      { step: 2, addedIds: ['Chief'], forIds: ['P'], leftIds: [] },
      { step: 3, addedIds: ['Board'], forIds: ['Chief'], leftIds: [] },
      { step: 4, addedIds: [], leftIds: ['Board'] },
    ]);
    expect(fifth.events).toEqual([]);
    expect(currentApprovers(fourth.state)).toEqual(['A', 'B', 'C', 'P', 'Chief', 'Board']);
    expect(acted(fourth.state, ['Board', YES])).toMatchObject({ status: 'pending', level: 1 });
  });

  it('goes up for each voice by itself where several sign, and no further for one that is given', () => {
    const { state } = step(acted(board(ALL), ['B', YES]), 1);
    expect(currentApprovers(state)).toEqual(['A', 'C', 'P', 'Q']);

    const { events } = step(acted(state, ['C', YES]), 2);

    expect(events).toMatchObject([{ type: 'LevelEscalated', step: 2, addedIds: ['Chief'], forIds: ['P'] }]);
  });

  it('does nothing for a step that was done, nor for one before it', () => {
    const { state } = step(board({ kind: 'any' }), 2);

    expect(step(state, 2).events).toEqual([]);
    expect(step(state, 1).events).toEqual([]);
  });
});

it('reminders come once each step, with its number, to those who are silent then', () => {
  const first = told(board(ALL), { kind: 'remind' });
  const second = told(acted(first.state, ['A', YES]), { kind: 'remind', step: 2 });

  expect([first, second].map(({ events }) => events)).toEqual([
    [{ type: 'LevelReminded', level: 0, approverIds: ['A', 'B', 'C'], step: 1 }],
    [{ type: 'LevelReminded', level: 0, approverIds: ['B', 'C'], step: 2 }],
  ]);
  expect(told(second.state, { kind: 'remind', step: 2 }).events).toEqual([]);
});
