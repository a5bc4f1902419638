import { describe, expect, it } from 'vitest';
import { approvalMails } from '../../../functions/approvals/approval-mails.ts';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { RerouteCommand } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import type { ApprovalLevel } from '../../../functions/approvals/domain/plan.ts';
import { peopleInvolved } from '../../../functions/approvals/domain/re-route.ts';
import { currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { approve, hoursLater, level, opened, openNext, plan, play, run, wish } from './approvals.ts';

const MANAGER = level('Manager', ['M'], { escalateTo: 'H' });
const HEAD = level('Department head', ['H'], { escalateTo: 'C' });

function reroute(...levels: readonly ApprovalLevel[]): RerouteCommand {
  return { kind: 're-route', levels, routing: [], linkLimit: '100000', directoryVersion: 2, operator: 'Lin' };
}

/** The way as it is, with another amount up to which a link alone decides. */
function limited(linkLimit: string): RerouteCommand {
  return { ...reroute(MANAGER, HEAD), linkLimit };
}

function reroutedBy(state: ApprovalState, command: RerouteCommand, gone: readonly string[] = []): ApprovalState {
  const result = run(state, command, { gone: new Set(gone) });
  if (result.kind === 'refused') {
    throw new Error(result.message);
  }
  return result.state;
}

describe('a re-route', () => {
  it('changes nothing where the way is the same, whatever the hours', () => {
    const state = opened();

    const result = run(state, reroute({ ...MANAGER, remindAfterHours: 1 }, HEAD));
    expect(result).toEqual({ kind: 'events', events: [], state });
  });

  it('asks the open level again, of whom the rules name now; the old link counts no more', () => {
    const result = run(opened(), reroute(level('Manager', ['N'], { escalateTo: 'H' }), HEAD));

    expect(result).toMatchObject({
      events: [
        {
          type: 'TaskRerouted',
          level: 0,
          levels: [{ approverIds: ['N'] }, { approverIds: ['H'] }],
          isAskedAgain: true,
          directoryVersion: 2,
          operator: 'Lin',
        },
      ],
      answer: 'next-level',
    });
    const state = openNext(result.kind === 'events' ? result.state : opened());
    expect(currentApprovers(state)).toEqual(['N']);
    expect(run(state, approve('M'))).toMatchObject({ refusal: 'already-decided' });
    expect(play(state, approve('N', { round: 2 })).level).toBe(1);
  });

  it('leaves the open level alone where only later ones change', () => {
    const state = opened();

    const result = run(state, reroute(MANAGER, level('Department head', ['J'])));
    expect(result).toMatchObject({ events: [{ isAskedAgain: false }], state: { open: state.open } });
    expect(result).not.toHaveProperty('answer');
    expect(result).toMatchObject({ state: { plan: { levels: [MANAGER, { approverIds: ['J'] }] } } });
  });

  it('leaves what was decided, and goes on after it', () => {
    const state = openNext(play(opened(), approve('M')));
    const cfo = level('Finance', ['F']);

    const moved = reroutedBy(state, reroute(level('Manager', ['N']), HEAD, cfo));
    expect(moved.plan.levels.map(({ name, approverIds }) => [name, ...approverIds])).toEqual([
      ['Manager', 'M'],
      ['Department head', 'H'],
      ['Finance', 'F'],
    ]);
    expect(moved.open).toEqual(state.open);
  });

  it('approves nothing by itself where the rules ask for less than was decided: their last level is asked once more', () => {
    const state = openNext(play(opened(), approve('M')));

    const moved = reroutedBy(state, reroute(MANAGER));
    expect(moved).toMatchObject({ status: 'pending', level: 1 });
    expect(moved.plan.levels.slice(1)).toMatchObject([{ name: 'Manager', approverIds: ['M'] }]);
  });

  it('asks everybody of an open level again when one of them has gone; voices that were given count no more', () => {
    const both = level('Both', ['A', 'B'], { mode: { kind: 'all' } });
    const begun = play(opened({ levels: [both] }), approve('A'));

    const moved = reroutedBy(begun, reroute(level('Both', ['A', 'N'], { mode: { kind: 'all' } })), ['B']);
    expect(moved).toMatchObject({ status: 'pending', decisions: [{ employeeId: 'A', voided: 're-routed' }] });
    const asked = openNext(moved);
    expect(currentApprovers(asked)).toEqual(['A', 'N']);
    const signed = play(asked, approve('N', { round: 2 }));
    expect(signed.status).toBe('open');
    expect(play(signed, approve('A', { round: 2 })).outcome).toBe('approved');
  });

  it('tells who is asked no more, and leaves who is asked again to the mail of the new question', () => {
    const before = opened({ levels: [level('Group', ['A', 'B'])] });
    const result = run(before, reroute(level('Group', ['A', 'N'])));

    const mails = result.kind === 'events' ? approvalMails(before, result.state, result.events) : [];
    expect(mails).toMatchObject([
      { mail: { to: 'B', template: 'task-gone', facts: { outcome: 'TaskRerouted', nowWith: 'A N' } } },
    ]);
  });

  it('brings a task back that was transferred to somebody who has gone', () => {
    const state = opened();
    const given = play(state, wish(state, 'M', { kind: 'transfer', to: 'X', comment: '' }));
    expect(peopleInvolved(given)).toContain('X');

    expect(run(given, reroute(MANAGER, HEAD), { gone: new Set() })).toMatchObject({ events: [] });
    expect(currentApprovers(openNext(reroutedBy(given, reroute(MANAGER, HEAD), ['X'])))).toEqual(['M']);
  });

  it('leaves what an operator handed over with whom it was given to, as long as they are here', () => {
    const handed = play(opened(), { kind: 'hand-over', from: 'H', to: 'X', by: 'Lin' });

    expect(run(handed, reroute(MANAGER, HEAD), { gone: new Set() })).toMatchObject({ events: [] });
    const back = reroutedBy(handed, reroute(MANAGER, HEAD), ['X']);
    expect(back.plan.levels[1]).toMatchObject({ approverIds: ['H'] });
  });

  it('changes who comes in by escalation, without asking anybody again', () => {
    const moved = reroutedBy(opened(), reroute({ ...MANAGER, escalateTo: 'J' }, HEAD));

    expect(moved.status).toBe('open');
    expect(play(moved, { kind: 'escalate' }).open?.seats.map(({ employeeId }) => employeeId)).toEqual(['M', 'J']);
  });

  it('takes a lower limit of links to open tasks: the link decides no more, it is recorded, and who is asked is told', () => {
    const before = opened();
    expect(run(before, approve('M'))).toMatchObject({ kind: 'events' });

    const result = run(before, limited('3999.99'));
    const after = reroutedBy(before, limited('3999.99'));

    expect(result).toMatchObject({
      events: [
        {
          type: 'LinkLimitChanged',
          level: 0,
          before: '100000',
          linkLimit: '3999.99',
          operator: 'Lin',
          signInIds: ['M'],
        },
      ],
    });
    expect(result).not.toHaveProperty('answer');
    expect(run(after, approve('M'))).toMatchObject({ refusal: 'sign-in-required' });
    expect(run(after, approve('M', { via: 'signed-in' }))).toMatchObject({ kind: 'events' });
    expect(approvalMails(before, after, result.kind === 'events' ? result.events : [])).toEqual([
      {
        kind: 'mail',
        mail: { to: 'M', template: 'decision-sign-in', approvalId: 'order-1', level: 0, facts: { title: 'Paper' } },
      },
    ]);
  });

  it('tells nobody of a limit that changes nothing about the amount, or that a link is enough again', () => {
    for (const linkLimit of ['4000', '200000']) {
      expect(run(opened(), limited(linkLimit))).toMatchObject({
        events: [{ type: 'LinkLimitChanged', linkLimit, signInIds: [] }],
      });
    }
    const raised = reroutedBy(opened({ linkLimit: '1' }), limited('4000'));
    expect(run(raised, approve('M'))).toMatchObject({ kind: 'events' });
  });

  it('takes the same limit in other digits for the same', () => {
    const state = opened();
    expect(run(state, limited('100000.00'))).toEqual({ kind: 'events', events: [], state });
  });

  it('leaves who is asked again because the way changed to the mail of the new question, whatever the limit', () => {
    const before = opened();
    const result = run(before, { ...reroute(level('Manager', ['M', 'N']), HEAD), linkLimit: '1' });

    expect(result).toMatchObject({
      events: [{ type: 'TaskRerouted' }, { type: 'LinkLimitChanged', signInIds: [] }],
      state: { plan: { linkLimit: '1' } },
    });
    expect(result.kind === 'events' ? approvalMails(before, result.state, result.events) : undefined).toEqual([]);
  });

  it.each([
    ['that is closed', () => play(opened(), { kind: 'withdraw' })],
    ['of the operators', () => openNext(newApproval(plan({ subject: 'operator' })))],
  ])('does nothing to an approval %s', (_, make) => {
    const state = make();
    expect(run(state, reroute(level('Other', ['N'])))).toEqual({ kind: 'events', events: [], state });
  });

  it('does not give an approval more time whose time is over', () => {
    const state = opened();
    const late = run(state, reroute(level('Other', ['N'])), { now: hoursLater(73) });
    expect(late).toEqual({ kind: 'events', events: [], state });
  });
});

describe('a question that other purchases make a larger one', () => {
  const together = { amount: '9000', limit: '5000', windowDays: 30, processIds: ['P-2'] };
  const larger = (...levels: readonly ApprovalLevel[]): RerouteCommand => ({ ...reroute(...levels), together });

  it('is for the sum from then on, shows it, and goes on where nobody has said yes to less', () => {
    const result = run(opened(), larger(MANAGER, HEAD));

    expect(result).toMatchObject({
      events: [{ type: 'AmountRaised', before: '4000.00', splitAmount: '9000', splitWith: ['P-2'], signInIds: [] }],
      state: {
        status: 'open',
        plan: { amount: '9000', document: { notes: [{ value: expect.stringContaining('P-2') }] } },
      },
    });
  });

  it('is asked again on the open level where somebody has said yes to less', () => {
    const both = level('Manager', ['A', 'B'], { mode: { kind: 'all' } });
    const voted = play(openNext(newApproval(plan({ levels: [both] }))), approve('A'));

    const result = run(voted, larger(both));

    expect(result).toMatchObject({
      events: [{ type: 'AmountRaised' }, { type: 'TaskRerouted', isAskedAgain: true }],
      state: { status: 'pending', decisions: [{ employeeId: 'A', voided: 're-routed' }] },
      answer: 'next-level',
    });
  });

  it('asks whoever could answer by a link, and can no more, to sign in', () => {
    const state = opened(plan({ linkLimit: '5000' }));

    const result = run(state, { ...larger(MANAGER, HEAD), linkLimit: '5000' });

    expect(result).toMatchObject({ events: [{ type: 'AmountRaised', signInIds: ['M'] }] });
    const mails = result.kind === 'events' ? approvalMails(state, result.state, result.events) : [];
    expect(mails).toMatchObject([{ mail: { to: 'M', template: 'decision-sign-in' } }]);
  });

  it('tells whoever is asked no more that they are judged together, and who decides that', () => {
    const state = opened();
    const result = run(state, larger(level('Manager', ['N'])));

    const mails = result.kind === 'events' ? approvalMails(state, result.state, result.events) : [];
    expect(mails).toMatchObject([
      { mail: { to: 'M', template: 'task-gone', facts: { outcome: 'AmountRaised', nowWith: 'N' } } },
    ]);
  });

  it('is never lowered', () => {
    const state = opened();
    const result = run(state, { ...larger(MANAGER, HEAD), together: { ...together, amount: '100' } });

    expect(result).toEqual({ kind: 'events', events: [], state });
  });
});
