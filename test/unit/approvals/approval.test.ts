import { describe, expect, it } from 'vitest';
import { decideApproval, newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalCommand, ApprovalContext } from '../../../functions/approvals/domain/approval-commands.ts';
import { OPERATORS } from '../../../functions/approvals/domain/plan.ts';
import { currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { approve, hoursLater, level, OPENED_AT, opened, plan, play, run } from './approvals.ts';

const OPEN_SECOND = { kind: 'open', waitId: 'w-2', openedAt: OPENED_AT } as const;
const ACTIVE = { active: true, approvalLimit: '5000' } as const;

describe('an approval', () => {
  it('cannot be made without levels, or with a level that nobody can decide', () => {
    expect(() => newApproval(plan({ levels: [] }))).toThrow(RangeError);
    expect(() => newApproval(plan({ levels: [level('Manager', [])] }))).toThrow(RangeError);
  });

  it('opens its first level with approvers and a deadline', () => {
    const result = run(newApproval(plan()), { kind: 'open', waitId: 'w-1', openedAt: OPENED_AT });

    const deadline = hoursLater(72).toISOString();
    expect(result).toMatchObject({
      events: [{ type: 'LevelOpened', level: 0, waitId: 'w-1', approverIds: ['M'], deadline }],
      state: { status: 'open', level: 0, open: { waitId: 'w-1', deadline, reminded: false, escalated: false } },
    });
  });

  it('goes on to the next level after the first, and ends approved after the last', () => {
    const first = run(opened(), approve('M'), { sequence: 7 });
    expect(first).toMatchObject({
      events: [{ type: 'DecisionMade', level: 0, employeeId: 'M', via: 'link', outcome: 'next-level' }],
      state: { status: 'pending', level: 1, decisions: [{ level: 0, employeeId: 'M', sequence: 7 }] },
    });
    const second = play(opened(), approve('M'), OPEN_SECOND);

    const last = run(second, approve('H', { level: 1 }));

    expect(last).toMatchObject({
      events: [
        { type: 'DecisionMade', level: 1, employeeId: 'H', outcome: 'approved' },
        { type: 'ApprovalClosed', level: 1, outcome: 'approved', cause: 'decision' },
      ],
      state: { status: 'closed', outcome: 'approved', closedAt: hoursLater(1).toISOString() },
    });
    expect(last).not.toHaveProperty('state.open');
  });

  it('ends at once when somebody says no, with their reason', () => {
    const result = run(opened(), approve('M', { action: 'reject', comment: 'too dear' }));

    expect(result).toMatchObject({
      state: { status: 'closed', outcome: 'rejected', decisions: [{ action: 'reject' }] },
    });
  });

  it('lets somebody say no to an amount that they could not say yes to', () => {
    const last = opened({ levels: [level('Manager', ['M'])] });
    const poor = { decider: { employeeId: 'M', active: true } };

    expect(run(last, approve('M'), poor)).toMatchObject({ refusal: 'over-authority' });
    expect(run(last, approve('M', { action: 'reject', comment: 'no' }), poor)).toMatchObject({ kind: 'events' });
  });

  it('asks for authority at the last level only, and to the cent', () => {
    const poor = { employeeId: 'M', active: true, approvalLimit: '1' };
    expect(run(opened(), approve('M'), { decider: poor })).toMatchObject({ kind: 'events' });

    const last = opened({ levels: [level('Manager', ['M'])], amount: '5000.00' });
    const limit = (approvalLimit: string) => ({ decider: { employeeId: 'M', active: true, approvalLimit } });
    expect(run(last, approve('M'), limit('5000'))).toMatchObject({ kind: 'events' });
    expect(run(last, approve('M'), limit('4999.99'))).toMatchObject({ refusal: 'over-authority' });
  });

  it('asks every level before a difference of an invoice is accepted, and the first can refuse it', () => {
    const levels = [level('Buyer', ['B']), level('Accountant', ['A'])];
    const mismatch = opened({ subject: 'invoice-mismatch', levels });
    const accept = approve('B', { action: 'accept', comment: 'agreed with the supplier' });

    expect(run(mismatch, accept)).toMatchObject({ state: { status: 'pending', level: 1 } });
    expect(run(mismatch, approve('B', { action: 'cancel' }))).toMatchObject({ state: { outcome: 'cancelled' } });
  });

  it('lets the operators decide without an amount or a limit', () => {
    const operator = opened({ subject: 'operator', amount: '0', levels: [level('Operator', [OPERATORS])] });
    const decider = { employeeId: OPERATORS, active: true };

    expect(run(operator, approve(OPERATORS, { action: 'retry' }), { decider })).toMatchObject({
      state: { outcome: 'retry' },
    });
  });
});

describe('a decision does not count', () => {
  const cases: readonly [
    string,
    string,
    Partial<Parameters<typeof plan>[0]>,
    ApprovalCommand,
    Partial<ApprovalContext>,
  ][] = [
    ['from somebody who is not asked', 'not-your-task', {}, approve('X'), {}],
    ['on a level that is not open yet', 'not-your-task', {}, approve('H', { level: 1 }), {}],
    ['on one’s own request', 'own-request', { requesterId: 'M' }, approve('M'), {}],
    [
      'from somebody who did something else in the process',
      'segregation-of-duties',
      { excluded: [{ employeeId: 'M', reason: 'approved the order' }] },
      approve('M'),
      {},
    ],
    ['above the amount of a link', 'sign-in-required', { linkLimit: '3999.99' }, approve('M'), {}],
    [
      'above the amount of a link while somebody else is signed in',
      'sign-in-as-approver',
      { linkLimit: '3999.99' },
      approve('M', { signedInAs: 'H' }),
      {},
    ],
    ['on another version of the document', 'stale-version', {}, approve('M', { documentVersion: 2 }), {}],
    ['after the deadline', 'expired', {}, approve('M'), { now: new Date(hoursLater(72).getTime() + 1) }],
    [
      'from somebody who left',
      'inactive-person',
      {},
      approve('M'),
      { decider: { ...ACTIVE, employeeId: 'M', active: false } },
    ],
    [
      'from somebody else than the directory says',
      'inactive-person',
      {},
      approve('M'),
      { decider: { ...ACTIVE, employeeId: 'H' } },
    ],
    [
      'without the reason that it needs',
      'comment-required',
      {},
      approve('M', { action: 'reject', comment: ' \n' }),
      {},
    ],
    ['as an action that is not offered', 'unknown-action', {}, approve('M', { action: 'accept' }), {}],
  ];

  it.each(cases)('%s: %s', (_, refusal, changes, command, context) => {
    expect(run(opened(changes), command, context)).toMatchObject({ kind: 'refused', refusal });
  });

  it('from nobody that the directory knows: inactive-person', () => {
    expect(decideApproval(opened(), approve('M'), { now: hoursLater(1) })).toMatchObject({
      refusal: 'inactive-person',
    });
  });

  it('before the level is opened: not-your-task', () => {
    expect(run(newApproval(plan()), approve('M'))).toMatchObject({ refusal: 'not-your-task' });
  });

  it('on a level that was decided: already-decided', () => {
    const second = play(opened(), approve('M'), OPEN_SECOND);

    expect(run(second, approve('M'))).toMatchObject({ refusal: 'already-decided' });
  });

  it('on an approval that ended: withdrawn, already-decided, or expired', () => {
    const ended = (command: ApprovalCommand) => run(play(opened(), command), approve('M'));

    expect(ended({ kind: 'withdraw' })).toMatchObject({ refusal: 'withdrawn' });
    expect(ended({ kind: 'cancel', outcome: 'cancelled-in-erp' })).toMatchObject({ refusal: 'already-decided' });
    expect(ended({ kind: 'expire' })).toMatchObject({ refusal: 'expired' });
  });

  it('counts until the deadline, the last instant included', () => {
    expect(run(opened(), approve('M'), { now: hoursLater(72) })).toMatchObject({ kind: 'events' });
  });

  it('takes a link up to its limit, the limit included, and other channels above it', () => {
    expect(run(opened({ linkLimit: '4000' }), approve('M', { signedInAs: 'H' }))).toMatchObject({ kind: 'events' });
    for (const via of ['signed-in', 'operator-tool'] as const) {
      expect(run(opened({ linkLimit: '1' }), approve('M', { via }))).toMatchObject({ kind: 'events' });
    }
  });
});

describe('an open level', () => {
  it('takes its deadline from whoever counts its hours', () => {
    const hoursAfter = (from: string, hours: number) => new Date(new Date(from).getTime() + hours * 7_200_000);
    const command = { kind: 'open', waitId: 'w-1', openedAt: OPENED_AT } as const;

    expect(decideApproval(newApproval(plan()), command, { now: hoursLater(0), hoursAfter })).toMatchObject({
      state: { open: { deadline: hoursLater(144).toISOString() } },
    });
  });

  it('is opened once per wait, and moves to a new wait with a new deadline', () => {
    const state = opened();
    const again = { kind: 'open', waitId: 'w-1', openedAt: hoursLater(5).toISOString() } as const;
    expect(run(state, again)).toEqual({ kind: 'events', events: [], state });

    const reminded = play(state, { kind: 'remind' }, { kind: 'escalate' });
    const moved = run(reminded, { ...again, waitId: 'w-9' });

    const deadline = hoursLater(77).toISOString();
    expect(moved).toMatchObject({
      events: [{ type: 'LevelReopened', level: 0, waitId: 'w-9', replacedWaitId: 'w-1', deadline }],
      state: { open: { waitId: 'w-9', deadline, reminded: false, escalated: false } },
    });
    // Who came in stays; the new wait rings from its first reminder and escalation on.
    const waiting = moved.kind === 'events' ? moved.state : state;
    expect(currentApprovers(waiting)).toEqual(['M', 'H']);
    expect(run(waiting, { kind: 'remind' })).toMatchObject({ events: [{ type: 'LevelReminded', step: 1 }] });
    expect(run(waiting, { kind: 'escalate' })).toMatchObject({ events: [{ type: 'LevelEscalated', step: 1 }] });
  });

  it('reminds its approvers once', () => {
    const reminded = run(opened(), { kind: 'remind' });

    expect(reminded).toMatchObject({ events: [{ type: 'LevelReminded', level: 0, approverIds: ['M'] }] });
    expect(run(play(opened(), { kind: 'remind' }), { kind: 'remind' })).toMatchObject({ events: [] });
  });

  it('brings in the next person once when it is escalated, who may decide then', () => {
    const escalated = play(opened(), { kind: 'escalate' });

    expect(currentApprovers(escalated)).toEqual(['M', 'H']);
    expect(run(escalated, { kind: 'escalate' })).toMatchObject({ events: [] });
    expect(run(escalated, approve('H'))).toMatchObject({ state: { level: 1, status: 'pending' } });
    expect(run(opened(), approve('H'))).toMatchObject({ refusal: 'not-your-task' });
  });

  it('does not carry who was brought in to the next level', () => {
    const second = play(opened(), { kind: 'escalate' }, approve('M'), OPEN_SECOND);

    expect(currentApprovers(second)).toEqual(['H']);
    expect(second.open).toMatchObject({ reminded: false, escalated: false });
  });

  it.each([
    ['nobody', {}, undefined],
    ['the requester', {}, 'R'],
    ['somebody excluded', { excluded: [{ employeeId: 'H', reason: 'approved the order' }] }, 'H'],
    ['somebody who is asked already', {}, 'M'],
  ])('is escalated without a new approver when the next would be %s', (_, changes, escalateTo) => {
    const only = level('Manager', ['M'], escalateTo === undefined ? {} : { escalateTo });
    const result = run(opened({ ...changes, levels: [only] }), { kind: 'escalate' });

    expect(result).toMatchObject({ events: [{ type: 'LevelEscalated', level: 0 }] });
    expect(result).toMatchObject({ events: [{ addedIds: [] }], state: { status: 'open', open: { escalated: true } } });
  });

  it('expires unapproved', () => {
    expect(run(opened(), { kind: 'expire' })).toMatchObject({
      events: [{ type: 'ApprovalClosed', level: 0, outcome: 'expired', cause: 'expiry' }],
      state: { status: 'closed', outcome: 'expired', decisions: [] },
    });
  });

  it('does nothing at a reminder, an escalation or an expiry between two levels', () => {
    const pending = play(opened(), approve('M'));

    for (const kind of ['remind', 'escalate', 'expire'] as const) {
      expect(run(pending, { kind })).toEqual({ kind: 'events', events: [], state: pending });
    }
  });

  it('ends with the process, between two levels as well', () => {
    const pending = play(opened(), approve('M'));

    expect(run(pending, { kind: 'withdraw' })).toMatchObject({
      events: [{ type: 'ApprovalClosed', outcome: 'withdrawn', cause: 'withdrawal' }],
    });
    expect(run(pending, { kind: 'cancel', outcome: 'cancelled-in-erp' })).toMatchObject({
      events: [{ type: 'ApprovalClosed', outcome: 'cancelled-in-erp', cause: 'cancellation' }],
    });
  });
});
