import { describe, expect, it } from 'vitest';
import { decideApproval, newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import { OPERATORS } from '../../../functions/approvals/domain/plan.ts';
import { currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { acted, add, invoiceQuestion, no, refusalOf, task, yes } from './acting.ts';
import { hoursLater, level, openNext, plan, run, wish } from './approvals.ts';

const asked = currentApprovers;

describe('a claim', () => {
  it('takes the task from the others, and a release gives it back', () => {
    const claimed = acted(invoiceQuestion({ kind: 'claim' }), ['B', task('claim')]);
    expect(asked(claimed)).toEqual(['B']);
    expect(refusalOf(claimed, 'A', task('claim'))).toBe('taken-by-another');
    expect(refusalOf(claimed, 'B', task('claim'))).toBe('not-possible-here');
    expect(acted(claimed, ['B', yes])).toMatchObject({ status: 'pending', level: 1 });

    expect(asked(acted(claimed, ['B', task('release')]))).toEqual(['A', 'B']);
  });

  it('is nothing on a level that knows none', () => {
    expect(refusalOf(invoiceQuestion(), 'A', task('claim'))).toBe('not-possible-here');
    expect(refusalOf(invoiceQuestion(), 'A', task('release'))).toBe('not-possible-here');
  });
});

describe('a transfer', () => {
  it('makes the task somebody else’s, who decides for who had it first', () => {
    const moved = acted(invoiceQuestion(), ['A', { kind: 'transfer', to: 'X', comment: 'on leave' }]);
    expect(asked(moved)).toEqual(['X', 'B']);
    expect(refusalOf(moved, 'A', yes)).toBe('not-your-task');

    expect(acted(moved, ['X', yes]).decisions).toMatchObject([{ employeeId: 'X', onBehalfOf: 'A' }]);
  });

  it('leaves nobody deciding for themselves when the task comes back, nor for whoever only passed it on', () => {
    const give = (to: string): Wish => ({ kind: 'transfer', to, comment: '' });
    const back = acted(invoiceQuestion(), ['A', give('X')], ['X', give('A')]);

    expect(back.open?.seats[0]).not.toHaveProperty('onBehalfOf');
    expect(acted(back, ['A', yes]).decisions[0]).not.toHaveProperty('onBehalfOf');
    expect(acted(back, ['A', give('V')], ['V', yes]).decisions).toMatchObject([{ employeeId: 'V', onBehalfOf: 'A' }]);
  });

  it.each(['R', 'B', 'Y'])('is refused to %s: the requester, who is asked already, who did something else', (to) => {
    const state = invoiceQuestion({ kind: 'any' }, { excluded: [{ employeeId: 'Y', reason: 'approved the order' }] });

    expect(refusalOf(state, 'A', { kind: 'transfer', to, comment: '' })).toBe('unfit-person');
  });

  it('is refused to who has left, is unknown, or after it went round too often', () => {
    const state = invoiceQuestion();
    const command = wish(state, 'A', { kind: 'transfer', to: 'X', comment: '' });
    expect(run(state, command, { target: { employeeId: 'X', active: false } })).toMatchObject({
      refusal: 'unfit-person',
    });
    expect(run(state, command, { target: { employeeId: 'Z', active: true } })).toMatchObject({
      refusal: 'unfit-person',
    });
    const round = ['A', 'V', 'W', 'X', 'Y', 'Z'].map((by, index, all) => [by, all[index + 1] ?? 'U'] as const);
    const tired = acted(
      state,
      ...round.slice(0, 5).map(([by, to]): [string, Wish] => [by, { kind: 'transfer', to, comment: '' }]),
    );
    expect(refusalOf(tired, 'Z', { kind: 'transfer', to: 'U', comment: '' })).toBe('handed-on-too-often');
  });
});

describe('an opinion', () => {
  const state = () =>
    acted(invoiceQuestion({ kind: 'all' }), ['A', { kind: 'delegate', to: 'X', comment: 'is it dear?' }]);

  it('is waited for, given in words, and decides nothing', () => {
    expect(asked(state())).toEqual(['X', 'B']);
    expect(refusalOf(state(), 'A', yes)).toBe('with-delegate');
    expect(refusalOf(state(), 'X', yes)).toBe('not-your-task');
    expect(refusalOf(state(), 'X', { kind: 'give-back', comment: ' ' })).toBe('comment-required');

    const given = acted(state(), ['X', { kind: 'give-back', comment: 'a fair price' }]);

    expect(given.decisions).toEqual([]);
    expect(asked(given)).toEqual(['A', 'B']);
  });

  it('is no longer waited for when it is recalled', () => {
    const recalled = acted(state(), ['A', task('recall')]);

    expect(asked(recalled)).toEqual(['A', 'B']);
    expect(refusalOf(recalled, 'X', { kind: 'give-back', comment: 'late' })).toBe('not-your-task');
    expect(refusalOf(recalled, 'A', task('recall'))).toBe('not-possible-here');
  });
});

describe('a signer who is added', () => {
  it('before: the one who added waits, and a no ends it', () => {
    const added = acted(invoiceQuestion(), ['A', add('X', 'before')]);
    expect(asked(added)).toEqual(['X']);
    expect(refusalOf(added, 'A', yes)).toBe('not-your-turn');

    expect(asked(acted(added, ['X', yes]))).toEqual(['A']);
    expect(acted(added, ['X', no])).toMatchObject({ outcome: 'cancelled' });
  });

  it('beside: both sign, in whatever order', () => {
    const added = acted(invoiceQuestion(), ['A', add('X', 'beside')]);
    expect(asked(added)).toEqual(['A', 'X']);

    expect(acted(added, ['X', yes], ['A', yes])).toMatchObject({ level: 1 });
    expect(asked(acted(added, ['A', yes]))).toEqual(['X']);
  });

  it('after: is asked once the one who added has said yes', () => {
    const added = acted(invoiceQuestion(), ['A', add('X', 'after')]);
    expect(asked(added)).toEqual(['A']);
    expect(refusalOf(added, 'X', yes)).toBe('not-your-turn');

    expect(acted(added, ['A', yes], ['X', yes])).toMatchObject({ level: 1 });
  });

  it('keeps the others of a level where one decides from deciding past the signer', () => {
    const added = acted(invoiceQuestion(), ['A', add('X', 'before')]);

    expect(refusalOf(added, 'B', yes)).toBe('taken-by-another');
  });

  it('can add signers of their own, and goes with them when removed, unless one has decided', () => {
    const added = acted(invoiceQuestion(), ['A', add('X', 'before')], ['X', add('Y', 'beside')]);
    const remove: Wish = { kind: 'remove-signer', signer: 'X', comment: '' };
    expect(asked(added)).toEqual(['X', 'Y']);

    expect(asked(acted(added, ['A', remove]))).toEqual(['A', 'B']);
    expect(refusalOf(acted(added, ['Y', yes]), 'A', remove)).toBe('already-decided');
    expect(refusalOf(added, 'A', { ...remove, signer: 'Y' })).toBe('unfit-person');
  });

  it('is one of thirty at most', () => {
    const ids = Array.from({ length: 29 }, (_, index) => `S${index}`);
    const full = invoiceQuestion(
      { kind: 'all' },
      { levels: [level('Many', ['A', ...ids], { mode: { kind: 'all' } })] },
    );

    expect(refusalOf(full, 'A', add('X', 'beside'))).toBe('too-many-signers');
  });
});

describe('escalation', () => {
  const levels = [level('First', ['A', 'B'], { mode: { kind: 'all' }, escalateTo: 'H' }), level('Second', ['C'])];

  it('brings in who stands above, and they decide for who has not', () => {
    const said = acted(invoiceQuestion({ kind: 'all' }, { levels }), ['A', yes]);
    const line = ['B', 'H'].map((employeeId) => ({ employeeId, active: true }));
    const escalated = run(said, { kind: 'escalate' }, { lines: new Map([['B', line]]) });
    const state = escalated.kind === 'events' ? escalated.state : said;
    expect(asked(state)).toEqual(['B', 'H']);
    for (const wanted of [add('X', 'before'), { kind: 'transfer', to: 'X', comment: '' }] as const) {
      expect(refusalOf(state, 'H', wanted)).toBe('not-possible-here');
    }

    expect(acted(state, ['H', yes])).toMatchObject({ level: 1 });
    expect(acted(state, ['H', no])).toMatchObject({ outcome: 'cancelled' });
  });
});

it('a question to the operators is not handed on to anybody else', () => {
  const levels = [level('Operator', [OPERATORS])];
  const state = openNext(newApproval(plan({ subject: 'operator', levels })));
  const away: readonly Wish[] = [
    { kind: 'transfer', to: 'X', comment: '' },
    { kind: 'delegate', to: 'X', comment: '' },
    add('X', 'beside'),
  ];

  expect(away.map((wanted) => refusalOf(state, OPERATORS, wanted))).toEqual(away.map(() => 'not-possible-here'));
});

it('what was typed for a person who is unknown is not repeated in the refusal, which stands in the record for good', () => {
  const state = invoiceQuestion();
  const typed = 'Grace Miller, who is ill';
  const wanted: readonly Wish[] = [
    { kind: 'transfer', to: typed, comment: '' },
    { kind: 'remove-signer', signer: typed, comment: '' },
  ];

  for (const one of wanted) {
    const result = decideApproval(state, wish(state, 'A', one), {
      now: hoursLater(1),
      decider: { employeeId: 'A', active: true },
    });
    expect(result).toMatchObject({ refusal: 'unfit-person', message: expect.not.stringContaining('Grace') });
  }
});

it('comments and opinions end after so many: what is kept of an approval has bounds', () => {
  let state = invoiceQuestion();
  const say = () => run(state, wish(state, 'A', { kind: 'comment', comment: 'and another thing' }));
  let result = say();
  for (let times = 0; times < 1_000 && result.kind === 'events'; times += 1) {
    state = result.state;
    result = say();
  }

  expect(result).toMatchObject({ refusal: 'too-many-remarks' });
  expect(refusalOf(state, 'A', { kind: 'delegate', to: 'X', comment: '' })).toBe('too-many-remarks');
  expect(acted(state, ['A', yes])).toMatchObject({ level: 1 });
});

it('a comment is kept and decides nothing; an empty one is none', () => {
  const state = invoiceQuestion({ kind: 'in-turn' });

  expect(run(state, wish(state, 'B', { kind: 'comment', comment: 'too dear' }))).toMatchObject({
    events: [{ type: 'CommentMade', employeeId: 'B' }],
    state: { ...state, remarks: [{ kind: 'comment', level: 0, employeeId: 'B' }] },
  });
  expect(refusalOf(state, 'B', { kind: 'comment', comment: ' ' })).toBe('comment-required');
});
