import { describe, expect, it } from 'vitest';
import { approvalMails } from '../../../functions/approvals/approval-mails.ts';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalCommand, Decider } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalResult } from '../../../functions/approvals/domain/approval-events.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import { judgedPeople } from '../../../functions/approvals/domain/out-of-reach.ts';
import type { ApprovalLevel } from '../../../functions/approvals/domain/plan.ts';
import { currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { approve, level, OPENED_AT, plan, run, wish } from './approvals.ts';

const TWO_OF_THREE = { mode: { kind: 'quorum', needed: 2 } } as const;

/** A can commit the company to the amount, and so can H, who stands above. */
const LIMITS: { readonly [person: string]: string } = { A: '5000', H: '5000' };

interface Company {
  /** Who has left. */
  readonly gone?: readonly string[];
  readonly limits?: typeof LIMITS;
}

function peopleOf({ gone = [], limits = LIMITS }: Company = {}): ReadonlyMap<string, Decider> {
  return new Map(
    ['A', 'B', 'C', 'D', 'H'].map((employeeId) => {
      const { [employeeId]: approvalLimit } = limits;
      const limit = approvalLimit === undefined ? {} : { approvalLimit };
      return [employeeId, { employeeId, active: !gone.includes(employeeId), ...limit }];
    }),
  );
}

/** As the use-cases do: with all who are judged, as the directory knows them. */
function tried(state: ApprovalState, command: ApprovalCommand, company: Company = {}): ApprovalResult {
  const people = peopleOf(company);
  const known = (id: string | undefined) => people.get(id ?? '') ?? { employeeId: id ?? '', active: false };
  return run(state, command, {
    people,
    ...('by' in command ? { decider: known(command.by) } : {}),
    ...('to' in command ? { target: known(command.to) } : {}),
  });
}

function done(state: ApprovalState, command: ApprovalCommand, company: Company = {}): ApprovalState {
  const result = tried(state, command, company);
  if (result.kind === 'refused') {
    throw new Error(result.message);
  }
  return result.state;
}

const OPEN: ApprovalCommand = { kind: 'open', waitId: 'w-1', openedAt: OPENED_AT };
const REJECT = { action: 'reject', comment: 'too dear' } as const;

function unopened(more: Partial<ApprovalLevel> = {}): ApprovalState {
  return newApproval(
    plan({ levels: [level('Board', ['A', 'B', 'C'], { ...TWO_OF_THREE, escalateTo: 'H', ...more })] }),
  );
}

const board = (more: Partial<ApprovalLevel> = {}) => done(unopened(more), OPEN);

describe('a quorum that those who are left cannot reach', () => {
  it('for want of somebody whose limit covers the amount goes to who stands above, who is told and decides it', () => {
    const before = board();
    const result = tried(before, approve('A', REJECT));
    const after = done(before, approve('A', REJECT));

    expect(result).toMatchObject({
      events: [
        { type: 'DecisionMade', outcome: 'undecided' },
        { type: 'LevelOutOfReach', level: 0, lack: 'authority', addedIds: ['H'] },
      ],
      state: { status: 'open' },
    });
    expect(result).not.toHaveProperty('answer');
    expect(currentApprovers(after)).toEqual(['B', 'C', 'H']);
    expect(approvalMails(before, after, result.kind === 'events' ? result.events : [])).toMatchObject([
      { mail: { to: 'H', template: 'decision-out-of-reach' } },
    ]);
    expect(done(after, approve('H'))).toMatchObject({ outcome: 'approved' });
  });

  it('ends as rejected, with the reason, where nobody above is left; whoever is still asked is told so', () => {
    const before = done(board(), approve('B'));
    const result = tried(before, approve('A', REJECT), { gone: ['H'] });

    expect(result).toMatchObject({
      events: [
        { type: 'DecisionMade', outcome: 'rejected' },
        { type: 'LevelOutOfReach', lack: 'authority', addedIds: [] },
        { type: 'ApprovalClosed', outcome: 'rejected', cause: 'out-of-reach' },
      ],
      answer: 'rejected',
      state: { status: 'closed', outcome: 'rejected' },
    });
    const { state, events } = result.kind === 'events' ? result : { state: before, events: [] };
    expect(approvalMails(before, state, events)).toMatchObject([
      { mail: { to: 'C', template: 'task-gone', facts: { outcome: 'rejected' } } },
    ]);
  });

  it('because too few are here when it opens goes to who stands above, or ends', () => {
    expect(tried(unopened(), OPEN, { gone: ['B', 'C'] })).toMatchObject({
      events: [{ type: 'LevelOpened' }, { type: 'LevelOutOfReach', lack: 'voices', addedIds: ['H'] }],
      state: { status: 'open' },
    });
    expect(tried(unopened(), OPEN, { gone: ['B', 'C', 'H'] })).toMatchObject({
      events: [{ type: 'LevelOpened' }, { type: 'LevelOutOfReach', addedIds: [] }, { type: 'ApprovalClosed' }],
      state: { status: 'closed', outcome: 'rejected' },
      answer: 'rejected',
    });
  });

  it('because a signer turned the voice that could commit the company into a no goes to who stands above', () => {
    const mode = { kind: 'weighted', needed: 2, weights: { A: 2, B: 1, C: 1 } } as const;
    const open = board({ mode });
    const asked = done(open, wish(open, 'A', { kind: 'add-signer', to: 'D', where: 'before', comment: 'look' }));
    const oneYes = done(asked, approve('B'));

    expect(tried(oneYes, approve('D', REJECT))).toMatchObject({
      events: [
        { type: 'DecisionMade', outcome: 'undecided' },
        { type: 'LevelOutOfReach', lack: 'authority', addedIds: ['H'] },
      ],
      state: { status: 'open' },
    });
  });

  it('by weights is found as well', () => {
    const mode = { kind: 'weighted', needed: 3, weights: { A: 2, B: 1, C: 1 } } as const;

    expect(tried(unopened({ mode }), OPEN, { gone: ['B'] })).toMatchObject({ events: [{ type: 'LevelOpened' }] });
    expect(tried(unopened({ mode }), OPEN, { gone: ['A'] })).toMatchObject({
      events: [{}, { type: 'LevelOutOfReach', lack: 'voices', addedIds: ['H'] }],
    });
  });

  it('waits for nobody who added a signer that has left, once the one who added them has decided', () => {
    const add = (state: ApprovalState, where: 'before' | 'after') =>
      done(state, wish(state, 'B', { kind: 'add-signer', to: 'D', where, comment: '' }));
    const company = { gone: ['C', 'D'], limits: { ...LIMITS, B: '5000' } };

    expect(tried(add(board(), 'before'), approve('A'), company)).toMatchObject({ events: [{ type: 'DecisionMade' }] });
    expect(tried(done(add(board(), 'after'), approve('B')), approve('A'), company)).toMatchObject({
      events: [{ type: 'DecisionMade' }, { type: 'LevelOutOfReach', lack: 'voices', addedIds: ['H'] }],
    });
  });

  it('is not reached by the limit of a signer who was added', () => {
    const company = { limits: { ...LIMITS, D: '5000' } };
    const signed = done(
      board(),
      wish(board(), 'B', { kind: 'add-signer', to: 'D', where: 'before', comment: '' }),
      company,
    );

    expect(tried(signed, approve('A', REJECT), company)).toMatchObject({
      events: [{}, { type: 'LevelOutOfReach', lack: 'authority', addedIds: ['H'] }],
    });
  });

  it('is not made by a gift: the transfer or hand-over is refused where nobody could come in', () => {
    const state = board();
    const gift = wish(state, 'A', { kind: 'transfer', to: 'D', comment: '' });
    const handOver = { kind: 'hand-over', from: 'A', to: 'D', by: 'Lin' } as const;

    for (const command of [gift, handOver]) {
      expect(tried(state, command, { gone: ['H'] })).toMatchObject({ refusal: 'unfit-person' });
      expect(tried(state, command)).toMatchObject({ events: [{}, { type: 'LevelOutOfReach', addedIds: ['H'] }] });
    }
  });

  it('is not made by a yes: it is refused where nobody could come in whose limit covers the amount', () => {
    const levels = [level('Board', ['B', 'C'], TWO_OF_THREE), level('Either', ['A', 'D'], { isParallel: true })];
    const state = done(newApproval(plan({ levels })), OPEN);

    const poor = approve('D', { level: 1, round: 1 });
    expect(tried(state, poor)).toMatchObject({ refusal: 'over-authority' });
    expect(done(state, approve('A', { level: 1, round: 1 })).status).toBe('open');
  });

  it('is not thought of where a question commits the company to nothing, or the level is not the last', () => {
    const noLimits = { limits: {} };
    const leave = newApproval(plan({ subject: 'leave', levels: [level('Board', ['A', 'B', 'C'], TWO_OF_THREE)] }));
    const first = newApproval(plan({ levels: [level('Board', ['A', 'B', 'C'], TWO_OF_THREE), level('Head', ['H'])] }));

    for (const state of [leave, first]) {
      expect(tried(state, OPEN, noLimits)).toMatchObject({
        events: [{ type: 'LevelOpened' }],
        state: { status: 'open' },
      });
    }
  });

  it('asks the directory of nobody where one decides for all', () => {
    expect(judgedPeople(newApproval(plan()))).toEqual([]);
    expect(judgedPeople(board())).toEqual(['A', 'B', 'C', 'H']);
  });
});
