/** What the yes of somebody who stands in is worth for an amount, where several voices together make up the last level. */
import { describe, expect, it } from 'vitest';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalCommand, Decider, Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import type { ApprovalLevel, LevelMode } from '../../../functions/approvals/domain/plan.ts';
import { currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { reasonOf, takeOver } from '../../../functions/approvals/domain/substitutes.ts';
import { level, OPENED_AT, plan, run, wish } from './approvals.ts';

const OPEN = { kind: 'open', waitId: 'w-1', openedAt: OPENED_AT } as const;
const YES = { kind: 'decide', action: 'approve', comment: '' } as const;
const ALL: LevelMode = { kind: 'all' };
const ONE_OF_THEM: LevelMode = { kind: 'quorum', needed: 1 };

/** Of 4,000 that are asked for, A and H may commit to everything, and so may the colleague Y; nobody else to anything. */
const LIMITS: { readonly [employeeId: string]: string } = { A: '5000', H: '5000', Y: '5000' };

interface Company {
  readonly limits?: { readonly [employeeId: string]: string };
  readonly gone?: readonly string[];
}

function personOf({ limits = LIMITS, gone = [] }: Company, employeeId: string): Decider {
  const { [employeeId]: approvalLimit } = limits;
  const limit = approvalLimit === undefined ? {} : { approvalLimit };
  return { employeeId, active: !gone.includes(employeeId), ...limit };
}

function tried(state: ApprovalState, command: ApprovalCommand, company: Company = {}, standIn?: readonly string[]) {
  const person = (id: string) => personOf(company, id);
  const [away, to] = standIn ?? [];
  return run(state, command, {
    people: new Map(['A', 'B', 'C', 'H', 'T', 'X', 'Y'].map((id) => [id, person(id)])),
    ...(away === undefined || to === undefined ? {} : { substitutes: new Map([[away, [person(to)]]]) }),
    ...('by' in command ? { decider: person(command.by) } : {}),
    ...('to' in command ? { target: person(command.to) } : {}),
  });
}

function done(...given: Parameters<typeof tried>): ApprovalState {
  const result = tried(...given);
  if (result.kind === 'refused') {
    throw new Error(result.message);
  }
  return result.state;
}

function unopened(mode: LevelMode, approverIds: readonly string[] = ['A', 'B'], more: Partial<ApprovalLevel> = {}) {
  return newApproval(plan({ levels: [level('Last', approverIds, { mode, ...more })] }));
}

const takenBy = (state: ApprovalState, employeeId: string, away: string, company: Company = {}) =>
  takeOver(state, 0, personOf(company, employeeId), {
    away: new Set([away]),
    now: new Date(OPENED_AT),
    people: new Map(['A', 'B', 'C', 'H'].map((id) => [id, personOf(company, id)])),
  });

describe('a voice on the last level, while whose it is is away', () => {
  it('is not given to who lacks the limit that nobody else there has, and is given where somebody else has one', () => {
    expect(currentApprovers(done(unopened(ALL), OPEN, {}, ['A', 'X']))).toEqual(['A', 'B']);
    expect(currentApprovers(done(unopened(ALL), OPEN, {}, ['A', 'Y']))).toEqual(['Y', 'B']);
    expect(currentApprovers(done(unopened(ALL), OPEN, {}, ['B', 'X']))).toEqual(['A', 'X']);
    expect(currentApprovers(done(unopened(ALL, ['A', 'H']), OPEN, {}, ['A', 'X']))).toEqual(['X', 'H']);
  });

  it('is given to only one of two who lack the limit, where the other voice is the last that has one', () => {
    const people = new Map(['A', 'H', 'X', 'T'].map((id) => [id, personOf({}, id)]));
    const substitutes = new Map([
      ['A', [personOf({}, 'X')]],
      ['H', [personOf({}, 'T')]],
    ]);
    const result = run(unopened(ALL, ['A', 'H']), OPEN, { people, substitutes });

    expect(result.kind === 'events' ? currentApprovers(result.state) : []).toEqual(['X', 'H']);
  });

  it('is taken over by nobody who lacks the limit; they are refused by name, and told who may', () => {
    const state = done(unopened(ALL), OPEN);
    const taken = takenBy(state, 'X', 'A');
    const refused = tried(state, wish(state, 'X', YES));

    expect(taken).toMatchObject({ state, events: [], refusal: { refusal: 'substitute-over-authority', may: ['A'] } });
    expect(refused.kind === 'refused' ? reasonOf(taken, refused) : refused).toMatchObject({
      refusal: 'substitute-over-authority',
      message: expect.stringContaining('A'),
    });
    expect(takenBy(state, 'Y', 'A').events).toHaveLength(1);
    expect(takenBy(state, 'X', 'B').events).toHaveLength(1);
  });

  it('goes to who is above somebody who has left by their own limit, not by that of who has left', () => {
    const company = { gone: ['B'] };
    const state = done(unopened(ONE_OF_THEM), OPEN, company, ['B', 'Y']);

    expect(done(state, wish(state, 'Y', YES), company)).toMatchObject({ outcome: 'approved' });
  });
});

describe('the yes of somebody who stands in', () => {
  it('counts for the amount only up to the limit of whose voice it is', () => {
    const state = done(unopened(ONE_OF_THEM), OPEN, {}, ['B', 'Y']);

    expect(tried(state, wish(state, 'Y', YES))).toMatchObject({ refusal: 'substitute-over-authority', may: ['A'] });
    expect(done(state, wish(state, 'A', YES))).toMatchObject({ outcome: 'approved' });
  });

  it('counts for the amount up to the limit of both', () => {
    const state = done(unopened(ONE_OF_THEM), OPEN, {}, ['A', 'Y']);

    expect(done(state, wish(state, 'Y', YES))).toMatchObject({ outcome: 'approved' });
  });

  it('counts beside that of somebody whose limit covers it, whoever says so first', () => {
    const state = done(unopened(ALL, ['A', 'H']), OPEN, {}, ['A', 'X']);
    const inOrder = (first: string, second: string) => {
      const half = done(state, wish(state, first, YES));
      return done(half, wish(half, second, YES));
    };

    expect(inOrder('X', 'H')).toMatchObject({ outcome: 'approved' });
    expect(inOrder('H', 'X')).toMatchObject({ outcome: 'approved' });
  });

  it('is refused once nobody else is left whose limit covers it, and whoever may is named', () => {
    const state = done(unopened(ALL, ['A', 'H']), OPEN, {}, ['A', 'X']);
    const given = done(state, wish(state, 'H', { kind: 'transfer', to: 'T', comment: '' }));

    const refused = tried(given, wish(given, 'X', YES));
    expect(refused).toMatchObject({ refusal: 'substitute-over-authority', may: ['A'] });
    expect(done(given, wish(given, 'T', YES)).status).toBe('open');
    const no: Wish = { kind: 'decide', action: 'reject', comment: 'no' };
    expect(done(given, wish(given, 'X', no))).toMatchObject({ outcome: 'rejected' });
    const back = done(given, wish(given, 'X', { kind: 'transfer', to: 'A', comment: '' }));
    expect(done(back, wish(back, 'A', YES)).decisions).toMatchObject([{ employeeId: 'A' }]);
  });

  it('is judged by the limits that count when it is given', () => {
    const state = done(unopened(ALL), OPEN, {}, ['A', 'Y']);

    const lowered = { limits: { ...LIMITS, A: '10' } };
    const half = done(state, wish(state, 'B', YES), lowered);
    expect(tried(half, wish(half, 'Y', YES), lowered)).toMatchObject({ refusal: 'substitute-over-authority' });
    expect(done(half, wish(half, 'Y', YES))).toMatchObject({ outcome: 'approved' });
  });

  it('is bound no more once they gave the task away, or it came back to whose it was', () => {
    const state = done(unopened(ONE_OF_THEM), OPEN, {}, ['B', 'X']);
    const given = done(state, wish(state, 'X', { kind: 'transfer', to: 'Y', comment: '' }));

    expect(done(given, wish(given, 'Y', YES))).toMatchObject({ outcome: 'approved' });
    const own = done(unopened(ONE_OF_THEM), OPEN, {}, ['A', 'Y']);
    const { state: back } = takenBy(own, 'A', 'Y');
    expect(done(back, wish(back, 'A', YES), { limits: { A: '5000' } })).toMatchObject({ outcome: 'approved' });
  });

  it('asks for no limit before the last level, and about what commits the company to nothing', () => {
    const first = newApproval(plan({ levels: [level('First', ['A', 'B'], { mode: ALL }), level('Last', ['H'])] }));
    const leave = newApproval(plan({ subject: 'leave', levels: [level('Last', ['A', 'B'], { mode: ALL })] }));
    for (const approval of [first, leave]) {
      const state = done(approval, OPEN, {}, ['A', 'X']);

      expect(currentApprovers(state)).toEqual(['X', 'B']);
      expect(tried(state, wish(state, 'X', YES))).toMatchObject({ kind: 'events' });
    }
  });
});
