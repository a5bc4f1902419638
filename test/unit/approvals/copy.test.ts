import { describe, expect, it } from 'vitest';
import { approvalMails } from '../../../functions/approvals/approval-mails.ts';
import { replaceApproval } from '../../../functions/approvals/approval-store.ts';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import { MAX_COPIES } from '../../../functions/approvals/domain/copy.ts';
import { partOf } from '../../../functions/approvals/domain/part-of.ts';
import { MAX_VOICES, OPERATORS } from '../../../functions/approvals/domain/plan.ts';
import { currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { approvalKey } from '../../../functions/process/keys.ts';
import { acted, add, invoiceQuestion, no, refusalOf, task, yes } from './acting.ts';
import { level, openNext, plan, run, wish } from './approvals.ts';

const copyTo = (to: string, comment = ''): Wish => ({ kind: 'copy', to, comment });

describe('whoever is copied', () => {
  it('stands in the approval with who copied them and when, and nothing else changes', () => {
    const state = invoiceQuestion();

    const result = run(state, wish(state, 'A', copyTo('X', 'your budget')), { sequence: 7 });

    expect(result).toEqual({
      kind: 'events',
      events: [{ type: 'TaskCopied', level: 0, employeeId: 'A', to: 'X', via: 'link' }],
      state: {
        ...state,
        copies: [{ employeeId: 'X', by: 'A', level: 0, round: 1, at: expect.any(String), sequence: 7 }],
      },
    });
  });

  it('is so once, whoever copies them again', () => {
    const state = acted(invoiceQuestion({ kind: 'all' }), ['A', copyTo('X')]);

    expect(run(state, wish(state, 'B', copyTo('X')))).toEqual({ kind: 'events', events: [], state });
  });

  it('decides nothing, adds nothing and copies nobody', () => {
    const state = acted(invoiceQuestion(), ['A', copyTo('X')]);
    const deeds: readonly Wish[] = [
      yes,
      no,
      { kind: 'comment', comment: 'no!' },
      copyTo('Z'),
      task('claim'),
      add('Z', 'beside'),
    ];

    expect(deeds.map((wanted) => refusalOf(state, 'X', wanted))).toEqual(deeds.map(() => 'copied-only'));
    expect(refusalOf(state, 'Z', yes)).toBe('not-your-task');
  });

  it('holds nothing up, and is known to the end and after it', () => {
    const ended = acted(invoiceQuestion(), ['A', copyTo('X')], ['A', no]);

    expect(ended).toMatchObject({ status: 'closed', copies: [{ employeeId: 'X' }] });
    expect(partOf(ended, 'X')).toEqual({ level: 0, round: 1, isCopy: true });
    expect(partOf(ended, 'X', 1)).toEqual({ level: 0, round: 1, isCopy: true });
    expect(partOf(ended, 'Z')).toBeUndefined();
  });

  it('may be asked later, and then has a part like everybody who is asked', () => {
    const asked = acted(invoiceQuestion(), ['A', copyTo('X')], ['A', { kind: 'transfer', to: 'X', comment: '' }]);

    expect(currentApprovers(asked)).toEqual(['X', 'B']);
    expect(partOf(asked, 'X')).toEqual({ level: 0, round: 1 });
    expect(acted(asked, ['X', yes])).toMatchObject({ level: 1 });
  });
});

describe('a copy', () => {
  it.each([
    ['somebody who has decided, while others still decide', acted(invoiceQuestion({ kind: 'all' }), ['A', yes]), 'A'],
    ['somebody whose turn is later', invoiceQuestion({ kind: 'in-turn' }), 'B'],
    ['somebody who has not claimed', invoiceQuestion({ kind: 'claim' }), 'A'],
    [
      'somebody who waits for an opinion',
      acted(invoiceQuestion(), ['A', { kind: 'delegate', to: 'D', comment: '' }]),
      'A',
    ],
  ])('may be made by %s', (_, state, by) => {
    expect(refusalOf(state, by, copyTo('X'))).toBeUndefined();
  });

  it('is no decision: a link makes it above the amount that a link may decide', () => {
    expect(refusalOf(invoiceQuestion({ kind: 'any' }, { linkLimit: '1' }), 'A', copyTo('X'))).toBeUndefined();
  });

  it.each([
    ['the requester', 'R', 'sees-it-already'],
    ['somebody who is asked', 'B', 'sees-it-already'],
    ['oneself', 'A', 'sees-it-already'],
  ])('is refused to %s', (_, to, refusal) => {
    expect(refusalOf(invoiceQuestion(), 'A', copyTo(to))).toBe(refusal);
  });

  it('is made to somebody who is asked on a later level, or did something else in the process: to know is not to decide', () => {
    const state = invoiceQuestion({ kind: 'any' }, { excluded: [{ employeeId: 'Y', reason: 'approved the order' }] });

    expect(['C', 'Y'].map((to) => refusalOf(state, 'A', copyTo(to)))).toEqual([undefined, undefined]);
  });

  it('is refused to who has left or is unknown, and the refusal repeats nothing that was typed', () => {
    const state = invoiceQuestion();
    const command = wish(state, 'A', copyTo('Grace Miller'));
    const targets = [
      { employeeId: 'Grace Miller', active: false },
      { employeeId: 'E-1', active: true },
    ];

    for (const target of targets) {
      expect(run(state, command, { target })).toMatchObject({
        refusal: 'unfit-person',
        message: expect.not.stringContaining('Grace'),
      });
    }
  });

  it('is refused from whoever has no seat, is asked for an opinion only, or had their level decided', () => {
    const asked = acted(invoiceQuestion(), ['A', { kind: 'delegate', to: 'D', comment: '' }]);
    const decided = acted(invoiceQuestion(), ['A', yes]);

    expect(['Z', 'R', 'D'].map((by) => refusalOf(asked, by, copyTo('X')))).toEqual([
      'not-your-task',
      'own-request',
      'not-your-task',
    ]);
    expect(refusalOf(openNext(decided), 'A', { ...copyTo('X') })).toBe('not-your-task');
  });

  it('is made for whoever gave an opinion, who hears of the end by it', () => {
    const opinion: Wish = { kind: 'give-back', comment: 'it fits' };
    const given = acted(invoiceQuestion(), ['A', { kind: 'delegate', to: 'D', comment: '' }], ['D', opinion]);

    expect(partOf(given, 'D')).toEqual({ level: 0, round: 1, hasSpoken: true });
    expect(partOf(given, 'D', 1)).toBeUndefined();
    expect(partOf(acted(given, ['A', copyTo('D')]), 'D')).toEqual({ level: 0, round: 1, isCopy: true });
  });

  it('is refused when there are as many as one approval tells', () => {
    const all = Array.from({ length: MAX_COPIES }, (_, index) => ['A', copyTo(`X${index}`)] as const);
    const full = acted(invoiceQuestion(), ...all);

    expect(refusalOf(full, 'A', copyTo('one more'))).toBe('too-many-copies');
    expect(refusalOf(full, 'A', copyTo('X3'))).toBeUndefined();
    expect(acted(full, ['A', yes])).toMatchObject({ level: 1 });
  });

  it('of a question to the operators is not made', () => {
    const state = openNext(newApproval(plan({ subject: 'operator', levels: [level('Operator', [OPERATORS])] })));

    expect(refusalOf(state, OPERATORS, copyTo('X'))).toBe('not-possible-here');
  });
});

it('the end of an approval with as many voices and copies as there can be fits one transaction of 100 items', () => {
  const ids = Array.from({ length: MAX_VOICES }, (_, index) => `S${index}`);
  const levels = [level('Many', ids, { mode: { kind: 'all' } })];
  const copies = Array.from({ length: MAX_COPIES }, (_, index) => ['S0', copyTo(`X${index}`)] as const);
  const before = acted(invoiceQuestion({ kind: 'all' }, { levels }), ...copies);
  const ended = run(before, wish(before, 'S0', no));
  if (ended.kind === 'refused') {
    throw new Error(ended.message);
  }

  const items = replaceApproval(
    'P2P-1',
    { key: approvalKey('P2P-1', 'order-1'), version: 1, value: before },
    ended.state,
  );
  const mails = approvalMails(before, ended.state, ended.events);

  expect(mails.filter((effect) => effect.kind === 'mail' && effect.mail.template === 'copy-news')).toHaveLength(20);
  // Beside them: the head, the link, the key of an action, the answer, the OA's message, two entries with a personal value each.
  expect(items.length + mails.length + 9).toBeLessThanOrEqual(100);
});
