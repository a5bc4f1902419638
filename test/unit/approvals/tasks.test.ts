import { describe, expect, it } from 'vitest';
import { decideApproval, newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalState, PersonCommand, Wish } from '../../../functions/approvals/domain/approval-state.ts';
import { type ApprovalPlan, type LevelMode, OPERATORS } from '../../../functions/approvals/domain/plan.ts';
import { currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { hoursLater, level, openNext, plan, run, wish } from './approvals.ts';

const yes = { kind: 'decide', action: 'accept', comment: 'because' } as const;
const no = { kind: 'decide', action: 'cancel', comment: 'because' } as const;
const task = (kind: 'claim' | 'release' | 'recall' | 'take-back'): Wish => ({ kind, comment: '' });
const add = (to: string, where: 'before' | 'beside' | 'after'): Wish => ({
  kind: 'add-signer',
  to,
  where,
  comment: '',
});

function approval(mode: LevelMode = { kind: 'any' }, more: Partial<ApprovalPlan> = {}): ApprovalState {
  const levels = [level('First', ['A', 'B'], { mode }), level('Second', ['C'])];
  return openNext(newApproval(plan({ subject: 'invoice-mismatch', levels, ...more })));
}

/** What a person does must count. */
function counted(state: ApprovalState, command: PersonCommand): ApprovalState {
  const result = run(state, command);
  if (result.kind === 'refused') {
    throw new Error(`${command.by} ${command.kind}: ${result.refusal}`);
  }
  return result.state;
}

/** People act one after the other; each must count. */
function acted(state: ApprovalState, ...deeds: readonly (readonly [by: string, wanted: Wish])[]): ApprovalState {
  return deeds.reduce((current, [by, wanted]) => counted(current, wish(current, by, wanted)), state);
}

const asked = currentApprovers;
const refusalOf = (state: ApprovalState, by: string, wanted: Wish) => {
  const result = run(state, wish(state, by, wanted));
  return result.kind === 'refused' ? result.refusal : undefined;
};

describe('a claim', () => {
  it('takes the task from the others, and a release gives it back', () => {
    const claimed = acted(approval({ kind: 'claim' }), ['B', task('claim')]);
    expect(asked(claimed)).toEqual(['B']);
    expect(refusalOf(claimed, 'A', task('claim'))).toBe('taken-by-another');
    expect(refusalOf(claimed, 'B', task('claim'))).toBe('not-possible-here');
    expect(acted(claimed, ['B', yes])).toMatchObject({ status: 'pending', level: 1 });

    expect(asked(acted(claimed, ['B', task('release')]))).toEqual(['A', 'B']);
  });

  it('is nothing on a level that knows none', () => {
    expect(refusalOf(approval(), 'A', task('claim'))).toBe('not-possible-here');
    expect(refusalOf(approval(), 'A', task('release'))).toBe('not-possible-here');
  });
});

describe('a transfer', () => {
  it('makes the task somebody else’s, who decides for who had it first', () => {
    const moved = acted(approval(), ['A', { kind: 'transfer', to: 'X', comment: 'on leave' }]);
    expect(asked(moved)).toEqual(['X', 'B']);
    expect(refusalOf(moved, 'A', yes)).toBe('not-your-task');

    expect(acted(moved, ['X', yes]).decisions).toMatchObject([{ employeeId: 'X', onBehalfOf: 'A' }]);
  });

  it.each(['R', 'B', 'Y'])('is refused to %s: the requester, who is asked already, who did something else', (to) => {
    const state = approval({ kind: 'any' }, { excluded: [{ employeeId: 'Y', reason: 'approved the order' }] });

    expect(refusalOf(state, 'A', { kind: 'transfer', to, comment: '' })).toBe('unfit-person');
  });

  it('is refused to who has left, is unknown, or after it went round too often', () => {
    const state = approval();
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
  const state = () => acted(approval({ kind: 'all' }), ['A', { kind: 'delegate', to: 'X', comment: 'is it dear?' }]);

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
    const added = acted(approval(), ['A', add('X', 'before')]);
    expect(asked(added)).toEqual(['X']);
    expect(refusalOf(added, 'A', yes)).toBe('not-your-turn');

    expect(asked(acted(added, ['X', yes]))).toEqual(['A']);
    expect(acted(added, ['X', no])).toMatchObject({ outcome: 'cancelled' });
  });

  it('beside: both sign, in whatever order', () => {
    const added = acted(approval(), ['A', add('X', 'beside')]);
    expect(asked(added)).toEqual(['A', 'X']);

    expect(acted(added, ['X', yes], ['A', yes])).toMatchObject({ level: 1 });
    expect(asked(acted(added, ['A', yes]))).toEqual(['X']);
  });

  it('after: is asked once the one who added has said yes', () => {
    const added = acted(approval(), ['A', add('X', 'after')]);
    expect(asked(added)).toEqual(['A']);
    expect(refusalOf(added, 'X', yes)).toBe('not-your-turn');

    expect(acted(added, ['A', yes], ['X', yes])).toMatchObject({ level: 1 });
  });

  it('keeps the others of a level where one decides from deciding past the signer', () => {
    const added = acted(approval(), ['A', add('X', 'before')]);

    expect(refusalOf(added, 'B', yes)).toBe('taken-by-another');
  });

  it('can add signers of their own, and goes with them when removed, unless one has decided', () => {
    const added = acted(approval(), ['A', add('X', 'before')], ['X', add('Y', 'beside')]);
    const remove: Wish = { kind: 'remove-signer', signer: 'X', comment: '' };
    expect(asked(added)).toEqual(['X', 'Y']);

    expect(asked(acted(added, ['A', remove]))).toEqual(['A', 'B']);
    expect(refusalOf(acted(added, ['Y', yes]), 'A', remove)).toBe('already-decided');
    expect(refusalOf(added, 'A', { ...remove, signer: 'Y' })).toBe('unfit-person');
  });

  it('is one of thirty at most', () => {
    const ids = Array.from({ length: 29 }, (_, index) => `S${index}`);
    const full = approval({ kind: 'all' }, { levels: [level('Many', ['A', ...ids], { mode: { kind: 'all' } })] });

    expect(refusalOf(full, 'A', add('X', 'beside'))).toBe('too-many-signers');
  });
});

describe('escalation', () => {
  const levels = [level('First', ['A', 'B'], { mode: { kind: 'all' }, escalateTo: 'H' }), level('Second', ['C'])];

  it('brings in who stands above, and they decide for those who have not', () => {
    const said = acted(approval({ kind: 'all' }, { levels }), ['A', yes]);
    const escalated = run(said, { kind: 'escalate' });
    const state = escalated.kind === 'events' ? escalated.state : said;
    expect(asked(state)).toEqual(['B', 'H']);
    for (const wanted of [add('X', 'before'), { kind: 'transfer', to: 'X', comment: '' }] as const) {
      expect(refusalOf(state, 'H', wanted)).toBe('not-possible-here');
    }

    expect(acted(state, ['H', yes])).toMatchObject({ level: 1 });
    expect(acted(state, ['H', no])).toMatchObject({ outcome: 'cancelled' });
  });
});

describe('a return to an earlier level', () => {
  const second = () => openNext(acted(approval({ kind: 'all' }), ['A', yes], ['B', yes]));
  const back: Wish = { kind: 'return-to-level', target: 0, comment: 'look again' };

  it('asks there again, and what was decided counts no more', () => {
    const state = second();
    const returned = run(state, wish(state, 'C', back));

    expect(returned).toMatchObject({ answer: 'next-level', state: { status: 'pending', level: 0 } });
    const again = openNext(returned.kind === 'events' ? returned.state : state);
    expect(asked(again)).toEqual(['A', 'B']);
    expect(again.decisions.map(({ voided }) => voided)).toEqual(['returned', 'returned']);
    expect(run(again, { ...wish(again, 'A', yes), round: 1 })).toMatchObject({ refusal: 'already-decided' });
  });

  it('needs an earlier level and a reason', () => {
    expect(refusalOf(second(), 'C', { ...back, target: 1 })).toBe('no-such-level');
    expect(refusalOf(approval(), 'A', back)).toBe('no-such-level');
    expect(refusalOf(second(), 'C', { ...back, comment: '' })).toBe('comment-required');
  });
});

describe('a decision taken back', () => {
  it('on an open level is as if it had not been made', () => {
    const state = acted(approval({ kind: 'all' }), ['A', yes], ['A', task('take-back')]);

    expect(asked(state)).toEqual(['A', 'B']);
    expect(state.decisions).toMatchObject([{ voided: 'taken-back' }]);
    expect(refusalOf(state, 'A', task('take-back'))).toBe('nothing-to-take-back');
  });

  it('is refused once somebody acted because of it', () => {
    const turn = acted(approval({ kind: 'in-turn' }), ['A', yes], ['B', add('X', 'before')]);
    const signed = acted(approval({ kind: 'all' }), ['A', add('X', 'after')], ['A', yes], ['X', yes]);
    const before = acted(approval({ kind: 'all' }), ['A', add('X', 'before')], ['X', yes], ['A', yes]);

    for (const [state, by] of [
      [turn, 'A'],
      [signed, 'A'],
      [before, 'X'],
    ] as const) {
      expect(refusalOf(state, by, task('take-back'))).toBe('nothing-to-take-back');
    }
  });

  it('opens its level again while nobody has acted on the next one', () => {
    const first = approval({ kind: 'all' });
    const decided = acted(first, ['A', yes], ['B', yes]);
    const command = wish(first, 'B', task('take-back'));
    const early = run(decided, command);
    expect(early).toMatchObject({ state: { status: 'pending', level: 0 } });
    expect(early).not.toHaveProperty('answer');

    const next = openNext(decided);
    const late = run(next, command);
    expect(late).toMatchObject({ answer: 'next-level', state: { status: 'pending', level: 0 } });
    const again = openNext(late.kind === 'events' ? late.state : next);
    expect(asked(again)).toEqual(['B']);

    expect(run(next, wish(first, 'A', task('take-back')))).toMatchObject({ refusal: 'nothing-to-take-back' });
    const busy = acted(next, ['C', add('X', 'before')]);
    expect(run(busy, command)).toMatchObject({ refusal: 'nothing-to-take-back' });
  });

  it('can be taken back as well by who said yes before, when somebody else had the level opened again', () => {
    const first = approval({ kind: 'all' });
    const decided = acted(first, ['A', yes], ['B', yes]);
    const again = openNext(counted(decided, wish(first, 'B', task('take-back'))));

    const both = counted(again, wish(first, 'A', task('take-back')));

    expect(both.decisions).toMatchObject([{ voided: 'taken-back' }, { voided: 'taken-back' }]);
    expect(asked(both)).toEqual(['A', 'B']);
  });

  it('is too late after the deadline of the level that is open now', () => {
    const first = approval({ kind: 'all' });
    const said = acted(first, ['A', yes]);
    const next = openNext(acted(said, ['B', yes]));
    const late = { now: hoursLater(73) };

    expect(run(said, wish(first, 'A', task('take-back')), late)).toMatchObject({ refusal: 'expired' });
    expect(run(next, wish(first, 'B', task('take-back')), late)).toMatchObject({ refusal: 'expired' });
  });

  it('needs more than a link above the amount that a link may decide', () => {
    const first = approval({ kind: 'all' }, { linkLimit: '1' });
    const said = counted(first, { ...wish(first, 'A', yes), via: 'operator-tool' });

    expect(refusalOf(said, 'A', task('take-back'))).toBe('sign-in-required');
  });

  it.each([
    ['opens its level again', 'any'],
    ['was made on an open level', 'all'],
  ] as const)('is refused when it %s and this went on too often: nothing goes back and forth for ever', (_, kind) => {
    let state = approval({ kind });
    const thereAndBack = () => run(acted(state, ['A', yes]), wish(state, 'A', task('take-back')));
    let result = thereAndBack();
    for (let times = 0; times < 1_000 && result.kind === 'events'; times += 1) {
      state = result.state.status === 'pending' ? openNext(result.state) : result.state;
      result = thereAndBack();
    }

    expect(result).toMatchObject({ refusal: 'handed-on-too-often' });
  });

  it('is too late when the approval has ended', () => {
    const first = approval({ kind: 'any' });
    const ended = acted(first, ['A', no]);

    expect(run(ended, wish(first, 'A', task('take-back')))).toMatchObject({ refusal: 'nothing-to-take-back' });
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
  const state = approval();
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
  let state = approval();
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
  const state = approval({ kind: 'in-turn' });

  expect(run(state, wish(state, 'B', { kind: 'comment', comment: 'too dear' }))).toMatchObject({
    events: [{ type: 'CommentMade', employeeId: 'B' }],
    state: { ...state, remarks: [{ kind: 'comment', level: 0, employeeId: 'B' }] },
  });
  expect(refusalOf(state, 'B', { kind: 'comment', comment: ' ' })).toBe('comment-required');
});
