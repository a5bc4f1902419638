import { describe, expect, it } from 'vitest';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import type { LevelMode } from '../../../functions/approvals/domain/plan.ts';
import { currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { level, openNext, plan, run, wish } from './approvals.ts';

const NO_AUTHORITY = { subject: 'invoice-mismatch' } as const;

function levelOf(mode: LevelMode, approverIds: readonly string[] = ['A', 'B', 'C']): ApprovalState {
  return openNext(newApproval(plan({ ...NO_AUTHORITY, levels: [level('Signers', approverIds, { mode })] })));
}

/** `A+` says yes, `A-` says no; the outcome is that of the last one. */
function voices(state: ApprovalState, ...all: readonly string[]): string {
  let current = state;
  let last = 'nothing';
  for (const voice of all) {
    const action = voice.endsWith('+') ? 'accept' : 'cancel';
    const result = run(current, wish(current, voice.slice(0, -1), { kind: 'decide', action, comment: 'because' }));
    last = result.kind === 'refused' ? result.refusal : (result.state.outcome ?? result.state.status);
    current = result.kind === 'refused' ? current : result.state;
  }
  return last;
}

describe('the voices of a level', () => {
  it.each<[string, LevelMode, readonly string[], string]>([
    ['any: the first yes decides', { kind: 'any' }, ['B+'], 'accepted'],
    ['any: the first no decides', { kind: 'any' }, ['C-'], 'cancelled'],
    ['any: nobody decides after it', { kind: 'any' }, ['B+', 'A+'], 'already-decided'],
    ['claim: nobody decides without a claim', { kind: 'claim' }, ['A+'], 'claim-first'],
    ['all: one yes is not enough', { kind: 'all' }, ['A+', 'B+'], 'open'],
    ['all: everybody says yes, in whatever order', { kind: 'all' }, ['C+', 'A+', 'B+'], 'accepted'],
    ['all: one no ends it', { kind: 'all' }, ['A+', 'C-'], 'cancelled'],
    ['all: nobody has two voices', { kind: 'all' }, ['A+', 'A+'], 'already-decided'],
    ['in turn: the second waits for the first', { kind: 'in-turn' }, ['B+'], 'not-your-turn'],
    ['in turn: one after the other', { kind: 'in-turn' }, ['A+', 'B+', 'C+'], 'accepted'],
    ['in turn: a no ends it for those who follow', { kind: 'in-turn' }, ['A+', 'B-'], 'cancelled'],
    ['quorum 2 of 3: two are enough', { kind: 'quorum', needed: 2 }, ['A+', 'C+'], 'accepted'],
    ['quorum 2 of 3: one no does not end it', { kind: 'quorum', needed: 2 }, ['A-', 'B+'], 'open'],
    ['quorum 2 of 3: two noes do', { kind: 'quorum', needed: 2 }, ['A-', 'B+', 'C-'], 'cancelled'],
    ['weighted: a heavy voice is enough', { kind: 'weighted', needed: 3, weights: { A: 3 } }, ['A+'], 'accepted'],
    ['weighted: light ones may not be', { kind: 'weighted', needed: 3, weights: { A: 3 } }, ['B+', 'C+'], 'open'],
    [
      'weighted: without the heavy one it ends',
      { kind: 'weighted', needed: 3, weights: { A: 3 } },
      ['A-'],
      'cancelled',
    ],
  ])('%s', (_, mode, all, outcome) => {
    expect(voices(levelOf(mode), ...all)).toBe(outcome);
  });

  it('asks everybody at once, but in turn one after the other', () => {
    expect(currentApprovers(levelOf({ kind: 'all' }))).toEqual(['A', 'B', 'C']);
    expect(currentApprovers(levelOf({ kind: 'in-turn' }))).toEqual(['A']);
  });

  it.each<[string, LevelMode, readonly string[]]>([
    ['more are needed than there are', { kind: 'quorum', needed: 4 }, ['A', 'B', 'C']],
    ['the weights do not reach the sum', { kind: 'weighted', needed: 5, weights: { A: 2 } }, ['A', 'B']],
    ['nobody is needed', { kind: 'quorum', needed: 0 }, ['A']],
    ['somebody stands there twice', { kind: 'all' }, ['A', 'A']],
  ])('cannot be decided when %s', (_, mode, approverIds) => {
    expect(() => levelOf(mode, approverIds)).toThrow(RangeError);
  });
});

describe('levels that open together', () => {
  const parallel = () =>
    openNext(
      newApproval(
        plan({
          ...NO_AUTHORITY,
          levels: [
            level('Engineering', ['A'], { expireAfterHours: 90 }),
            level('Quality', ['B', 'C'], { isParallel: true, mode: { kind: 'all' }, expireAfterHours: 70 }),
            level('Finance', ['D']),
          ],
        }),
      ),
    );
  const accept = { kind: 'decide', action: 'accept', comment: 'because' } as const;

  it('ask everybody, end by the earliest deadline, and the next opens when all are decided', () => {
    let state = parallel();
    expect(currentApprovers(state)).toEqual(['A', 'B', 'C']);
    expect(state.open?.deadline).toBe('2026-01-03T22:00:00.000Z');
    for (const [by, index] of [
      ['B', 1],
      ['A', 0],
    ] as const) {
      const result = run(state, wish(state, by, accept, index));
      expect(result).toMatchObject({ events: [{ outcome: 'undecided' }], state: { status: 'open' } });
      state = result.kind === 'events' ? result.state : state;
    }
    expect(currentApprovers(state)).toEqual(['C']);

    const last = run(state, wish(state, 'C', accept, 1));

    expect(last).toMatchObject({ answer: 'next-level', state: { status: 'pending', level: 2 } });
  });

  it('end together with a no on one of them', () => {
    const state = parallel();

    const refused = run(state, wish(state, 'B', { kind: 'decide', action: 'cancel', comment: 'no' }, 1));

    expect(refused).toMatchObject({ answer: 'cancelled', state: { status: 'closed', outcome: 'cancelled' } });
  });
});

describe('authority on the last level', () => {
  const signers = (mode: LevelMode, ...ids: string[]) =>
    openNext(newApproval(plan({ levels: [level('Signers', ids, { mode })] })));
  const approve = { kind: 'decide', action: 'approve', comment: '' } as const;
  const poor = (employeeId: string) => ({ decider: { employeeId, active: true, approvalLimit: '10' } });

  it('is needed of one of those who sign, and is missed when the last of them would complete it', () => {
    const first = signers({ kind: 'all' }, 'A', 'B');
    const one = run(first, wish(first, 'A', approve), poor('A'));
    const state = one.kind === 'events' ? one.state : first;

    expect(run(state, wish(state, 'B', approve), poor('B'))).toMatchObject({ refusal: 'over-authority' });
    expect(run(state, wish(state, 'B', approve))).toMatchObject({ state: { outcome: 'approved' } });
  });

  it('of a signer who was added does not make up for it', () => {
    const first = signers({ kind: 'any' }, 'A');
    const added = run(first, wish(first, 'A', { kind: 'add-signer', to: 'B', where: 'before', comment: '' }));
    let state = added.kind === 'events' ? added.state : first;
    const before = run(state, wish(state, 'B', approve));
    state = before.kind === 'events' ? before.state : state;

    expect(run(state, wish(state, 'A', approve), poor('A'))).toMatchObject({ refusal: 'over-authority' });
  });
});
