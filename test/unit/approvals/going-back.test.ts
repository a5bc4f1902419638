import { describe, expect, it } from 'vitest';
import type { Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import { currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { acted, add, counted, invoiceQuestion, no, refusalOf, task, yes } from './acting.ts';
import { hoursLater, openNext, run, wish } from './approvals.ts';

const asked = currentApprovers;

describe('a return to an earlier level', () => {
  const second = () => openNext(acted(invoiceQuestion({ kind: 'all' }), ['A', yes], ['B', yes]));
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
    expect(refusalOf(invoiceQuestion(), 'A', back)).toBe('no-such-level');
    expect(refusalOf(second(), 'C', { ...back, comment: '' })).toBe('comment-required');
  });
});

describe('a decision taken back', () => {
  it('on an open level is as if it had not been made', () => {
    const state = acted(invoiceQuestion({ kind: 'all' }), ['A', yes], ['A', task('take-back')]);

    expect(asked(state)).toEqual(['A', 'B']);
    expect(state.decisions).toMatchObject([{ voided: 'taken-back' }]);
    expect(refusalOf(state, 'A', task('take-back'))).toBe('nothing-to-take-back');
  });

  it('is refused once somebody acted because of it', () => {
    const turn = acted(invoiceQuestion({ kind: 'in-turn' }), ['A', yes], ['B', add('X', 'before')]);
    const signed = acted(invoiceQuestion({ kind: 'all' }), ['A', add('X', 'after')], ['A', yes], ['X', yes]);
    const before = acted(invoiceQuestion({ kind: 'all' }), ['A', add('X', 'before')], ['X', yes], ['A', yes]);

    for (const [state, by] of [
      [turn, 'A'],
      [signed, 'A'],
      [before, 'X'],
    ] as const) {
      expect(refusalOf(state, by, task('take-back'))).toBe('nothing-to-take-back');
    }
  });

  it.each([
    [
      'beside',
      [
        ['A', yes],
        ['X', yes],
      ],
    ],
    [
      'beside, before whom they sign with',
      [
        ['X', yes],
        ['A', yes],
      ],
    ],
    [
      'after',
      [
        ['A', yes],
        ['X', yes],
      ],
    ],
  ] as const)('of a signer %s, counts no more though whoever added them has decided', (where, deeds) => {
    const place = where === 'after' ? 'after' : 'beside';
    const signed = acted(invoiceQuestion({ kind: 'all' }), ['A', add('X', place)], ...deeds);

    const back = acted(signed, ['X', task('take-back')]);

    expect(asked(back)).toEqual(['B', 'X']);
    expect(back.decisions.filter(({ voided }) => voided === undefined)).toMatchObject([{ employeeId: 'A' }]);
    expect(acted(back, ['X', yes], ['B', yes])).toMatchObject({ level: 1 });
  });

  it('of a signer before, counts no more until whoever waited for them decides', () => {
    const signed = acted(invoiceQuestion({ kind: 'all' }), ['A', add('X', 'before')], ['X', yes]);

    expect(asked(acted(signed, ['X', task('take-back')]))).toEqual(['B', 'X']);
    expect(refusalOf(acted(signed, ['A', yes]), 'X', task('take-back'))).toBe('nothing-to-take-back');
  });

  it('is refused to a signer with whom others were complete, once somebody acted who waited for these', () => {
    const turn = acted(
      invoiceQuestion({ kind: 'in-turn' }),
      ['A', add('X', 'beside')],
      ['A', yes],
      ['X', yes],
      ['B', add('Y', 'before')],
    );
    const nested = acted(
      invoiceQuestion({ kind: 'all' }),
      ['A', add('X', 'before')],
      ['X', add('Y', 'after')],
      ['X', yes],
      ['Y', yes],
      ['A', yes],
    );

    expect(refusalOf(turn, 'X', task('take-back'))).toBe('nothing-to-take-back');
    expect(refusalOf(nested, 'Y', task('take-back'))).toBe('nothing-to-take-back');
    expect(refusalOf(nested, 'A', task('take-back'))).toBeUndefined();
  });

  it('opens its level again while nobody has acted on the next one', () => {
    const first = invoiceQuestion({ kind: 'all' });
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
    const first = invoiceQuestion({ kind: 'all' });
    const decided = acted(first, ['A', yes], ['B', yes]);
    const again = openNext(counted(decided, wish(first, 'B', task('take-back'))));

    const both = counted(again, wish(first, 'A', task('take-back')));

    expect(both.decisions).toMatchObject([{ voided: 'taken-back' }, { voided: 'taken-back' }]);
    expect(asked(both)).toEqual(['A', 'B']);
  });

  it('is too late after the deadline of the level that is open now', () => {
    const first = invoiceQuestion({ kind: 'all' });
    const said = acted(first, ['A', yes]);
    const next = openNext(acted(said, ['B', yes]));
    const late = { now: hoursLater(73) };

    expect(run(said, wish(first, 'A', task('take-back')), late)).toMatchObject({ refusal: 'expired' });
    expect(run(next, wish(first, 'B', task('take-back')), late)).toMatchObject({ refusal: 'expired' });
  });

  it('needs more than a link above the amount that a link may decide', () => {
    const first = invoiceQuestion({ kind: 'all' }, { linkLimit: '1' });
    const said = counted(first, { ...wish(first, 'A', yes), via: 'operator-tool' });

    expect(refusalOf(said, 'A', task('take-back'))).toBe('sign-in-required');
  });

  it.each([
    ['opens its level again', 'any'],
    ['was made on an open level', 'all'],
  ] as const)('is refused when it %s and this went on too often: nothing goes back and forth for ever', (_, kind) => {
    let state = invoiceQuestion({ kind });
    const thereAndBack = () => run(acted(state, ['A', yes]), wish(state, 'A', task('take-back')));
    let result = thereAndBack();
    for (let times = 0; times < 1_000 && result.kind === 'events'; times += 1) {
      state = result.state.status === 'pending' ? openNext(result.state) : result.state;
      result = thereAndBack();
    }

    expect(result).toMatchObject({ refusal: 'handed-on-too-often' });
  });

  it('is too late when the approval has ended', () => {
    const first = invoiceQuestion({ kind: 'any' });
    const ended = acted(first, ['A', no]);

    expect(run(ended, wish(first, 'A', task('take-back')))).toMatchObject({ refusal: 'nothing-to-take-back' });
  });
});
