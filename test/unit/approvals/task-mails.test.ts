/** By which mail somebody hears that they have something to do: it says why, where more is behind it than the order of the levels. */
import { describe, expect, it } from 'vitest';
import { approvalMails } from '../../../functions/approvals/approval-mails.ts';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalCommand, Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import { acted, counted, invoiceQuestion, task, yes } from './acting.ts';
import { level, OPENED_AT, openNext, plan, run, wish } from './approvals.ts';

const ALL = { kind: 'all' } as const;
const OPEN: ApprovalCommand = { kind: 'open', waitId: 'w-next', openedAt: OPENED_AT };
const ask = (to: string): Wish => ({ kind: 'delegate', to, comment: 'what do you think?' });
const opinion: Wish = { kind: 'give-back', comment: 'fine by me' };
const back = (target = 0): Wish => ({ kind: 'return-to-level', target, comment: 'look again' });

/** To whom a command leads to which mail, with who is named in it. */
function mailsBy(before: ApprovalState, command: ApprovalCommand) {
  const result = run(before, command);
  const effects = result.kind === 'events' ? approvalMails(before, result.state, result.events) : [];
  return effects.flatMap((effect) => {
    if (effect.kind !== 'mail' || !effect.mail.template.startsWith('decision-')) {
      return [];
    }
    const { title: _title, ...who } = effect.mail.facts;
    return [[effect.mail.to, effect.mail.template, who] as const];
  });
}

const by = (state: ApprovalState, who: string, wanted: Wish) => mailsBy(state, wish(state, who, wanted));

describe('a reminder', () => {
  it('asks whoever gives an opinion for the opinion, and the others for their decision', () => {
    const state = acted(invoiceQuestion(ALL), ['A', ask('D')]);
    const reminders = [
      ['D', 'decision-opinion-reminder', {}],
      ['B', 'decision-reminder', {}],
    ];

    expect(mailsBy(state, { kind: 'remind' })).toEqual(reminders);
    expect(mailsBy(state, { kind: 'urge', by: 'R', eventId: 'e-1' })).toEqual(reminders);
  });
});

describe('an opinion that was given', () => {
  it('is told to whoever asked for it, with who gave it', () => {
    const state = acted(invoiceQuestion(ALL), ['A', ask('D')]);

    expect(by(state, 'D', opinion)).toEqual([['A', 'decision-advised', { opinionOf: 'D' }]]);
  });

  it('is nothing that others of the group had asked for', () => {
    const state = acted(invoiceQuestion(), ['A', ask('D')]);

    expect(by(state, 'D', opinion)).toEqual([
      ['A', 'decision-advised', { opinionOf: 'D' }],
      ['B', 'decision-requested', {}],
    ]);
  });

  it('is not said where it was recalled', () => {
    const state = acted(invoiceQuestion(ALL), ['A', ask('D')]);

    expect(by(state, 'A', task('recall'))).toEqual([['A', 'decision-requested', {}]]);
  });
});

describe('a level to which it was sent back', () => {
  const returned = (mode: Parameters<typeof invoiceQuestion>[0]) => {
    const deeds =
      mode?.kind === 'any'
        ? ([['A', yes]] as const)
        : ([
            ['A', yes],
            ['B', yes],
          ] as const);
    return acted(openNext(acted(invoiceQuestion(mode), ...deeds)), ['C', back()]);
  };

  it('hears that when it opens again, and who sent it back', () => {
    expect(mailsBy(returned(ALL), OPEN)).toEqual([
      ['A', 'decision-returned', { sentBackBy: 'C' }],
      ['B', 'decision-returned', { sentBackBy: 'C' }],
    ]);
  });

  it('hears it also where somebody’s turn comes later', () => {
    const again = openNext(returned({ kind: 'in-turn' }));

    expect(by(again, 'A', yes)).toEqual([['B', 'decision-returned', { sentBackBy: 'C' }]]);
  });

  it('is asked plainly the first time, and where a decision was taken back since', () => {
    const again = acted(openNext(returned({ kind: 'any' })), ['A', yes]);

    expect(mailsBy(newApproval(plan()), OPEN)).toEqual([['M', 'decision-requested', {}]]);
    const takenBack = counted(again, wish(again, 'A', task('take-back'), 0));
    expect(mailsBy(takenBack, OPEN)).toEqual([
      ['A', 'decision-requested', {}],
      ['B', 'decision-requested', {}],
    ]);
  });

  it('hears it between as well; whoever sent it back does not hear it of themselves', () => {
    const levels = [level('First', ['A']), level('Second', ['B']), level('Third', ['C', 'D'], { mode: ALL })];
    const first = openNext(newApproval(plan({ subject: 'invoice-mismatch', levels })));
    const second = openNext(acted(first, ['A', yes]));
    const third = acted(openNext(acted(second, ['B', yes])), ['D', yes], ['C', back()]);

    expect(mailsBy(third, OPEN)).toEqual([['A', 'decision-returned', { sentBackBy: 'C' }]]);
    const between = acted(openNext(third), ['A', yes]);
    expect(mailsBy(between, OPEN)).toEqual([['B', 'decision-returned', { sentBackBy: 'C' }]]);
    const last = acted(openNext(between), ['B', yes]);
    expect(mailsBy(last, OPEN)).toEqual([
      ['C', 'decision-requested', {}],
      ['D', 'decision-returned', { sentBackBy: 'C' }],
    ]);
  });

  it('names whoever sent it back last, and nobody of a return below it', () => {
    const levels = [level('First', ['A']), level('Second', ['B']), level('Third', ['C'])];
    const first = openNext(newApproval(plan({ subject: 'invoice-mismatch', levels })));
    const third = openNext(acted(openNext(acted(first, ['A', yes])), ['B', yes]));
    const twice = acted(openNext(acted(third, ['C', back(1)])), ['B', back()]);

    expect(mailsBy(twice, OPEN)).toEqual([['A', 'decision-returned', { sentBackBy: 'B' }]]);
  });
});
