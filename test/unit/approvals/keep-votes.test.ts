import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideApproval, newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import { type ApprovalState, RETURNED } from '../../../functions/approvals/domain/approval-state.ts';
import { withKeptVotes } from '../../../functions/approvals/domain/keep-votes.ts';
import type { ApprovalPlan } from '../../../functions/approvals/domain/plan.ts';
import { type Asked, askedNow } from '../../../functions/approvals/domain/seats.ts';
import { judgedAs } from '../../../functions/approvals/domain/together.ts';
import { directory, expectEveryLevelDecided, plans } from './any-plan.ts';
import { level, OPENED_AT, openNext, plan } from './approvals.ts';
import { changed, changes, nextVersion } from './versions.ts';

const BACK: Wish = { kind: 'return-to-requester', comment: 'too many' };
const YES: Wish = { kind: 'decide', action: 'approve', comment: '' };
const SAME = { amount: '4000.00', baseTotal: '4000.00', supplier: 'SUP-1', costCentre: 'CC-1', left: 0 };

/** As it is when the person has acted; as it was when that is refused. */
function after(state: ApprovalState, { employeeId: by, level: at }: Asked, wanted: Wish): ApprovalState {
  const about = { by, level: at, round: state.round, documentVersion: state.plan.documentVersion } as const;
  const context = { now: new Date(OPENED_AT), decider: directory(by) };
  const result = decideApproval(state, { ...wanted, ...about, via: 'operator-tool' }, context);
  return result.kind === 'events' ? result.state : state;
}

/** Whoever is asked claims it where that is needed, and says yes, until somebody returns it or nothing moves. */
function decided(approval: ApprovalState, yesses: number): ApprovalState {
  let state = openNext(approval);
  for (let said = 0; said < yesses; said += 1) {
    const before = state;
    for (const one of askedNow(state)) {
      state = after(after(state, one, { kind: 'claim', comment: '' }), one, YES);
      state = state.status === 'pending' ? openNext(state) : state;
    }
    if (state === before) {
      break;
    }
  }
  return state;
}

function returnedBySomebody(state: ApprovalState): ApprovalState {
  return askedNow(state).reduce((current, one) => after(current, one, BACK), state);
}

/** Manager, then finance, then the head: the first two keep what they said. */
function threeLevels(more: Partial<ApprovalPlan> = {}): ApprovalPlan {
  const names = ['A', 'B', 'C'];
  return plan({
    levels: names.map((id) => level(`Level of ${id}`, [id], id === 'C' ? {} : { keepsVotes: true })),
    document: { ...plan().document, supplier: 'SUP-1', costCentre: 'CC-1' },
    ...more,
  });
}

const returned = (more: Partial<ApprovalPlan> = {}) => returnedBySomebody(decided(newApproval(threeLevels(more)), 2));

describe('what was decided about the version before', () => {
  it('stands where the policy keeps it, and the first level that had not decided is asked', () => {
    const next = nextVersion(returned(), SAME);

    expect(next).toMatchObject({ level: 2, decisions: [{ employeeId: 'A' }, { employeeId: 'B' }] });
    expect(next.decisions.map(({ keptFrom }) => keptFrom)).toEqual([1, 1]);
    expect(askedNow(openNext(next))).toMatchObject([{ employeeId: 'C' }]);
  });

  it.each([
    ['it is dearer', { amount: '4000.01' }],
    ['it alone is dearer', { amount: '3999.99', baseTotal: '4000.01' }],
    ['the supplier is another', { supplier: 'SUP-2' }],
    ['the cost centre is another', { costCentre: 'CC-2' }],
    ['who decided has left', { left: 1 }],
  ])('counts no more when %s', (_, change) => {
    expect(nextVersion(returned(), { ...SAME, ...change })).toMatchObject({ level: 0, decisions: [] });
  });

  it('counts no more when it alone is dearer, though it was judged with others by as much before', () => {
    const small = threeLevels({ amount: '1000.00' });
    const asked = decided(newApproval({ ...small, document: { ...small.document, baseTotal: '1000.00' } }), 2);
    const others = { amount: '9000.00', limit: '5000.00', windowDays: 30, processIds: ['P2P-1'] };
    const before = returnedBySomebody({ ...asked, plan: judgedAs(asked.plan, others) });

    const alone = { ...SAME, amount: '8500.00', baseTotal: '8500.00' };
    expect(nextVersion(before, alone)).toMatchObject({ level: 0, decisions: [] });
    expect(nextVersion(before, { ...alone, baseTotal: '1000.00' })).toMatchObject({ level: 2 });
  });

  it.each([
    ['the level is to be asked again', { levels: threeLevels().levels.map(({ keepsVotes: _kept, ...rest }) => rest) }],
    ['the level has other people', { levels: threeLevels().levels.map((one) => ({ ...one, approverIds: ['D'] })) }],
    ['who decided asks for it now', { requesterId: 'A' }],
    ['who decided is barred now', { excluded: [{ employeeId: 'A', reason: 'did something else' }] }],
  ])('counts no more when %s', (_, more) => {
    const next = { ...changed(threeLevels(), SAME), ...more };

    expect(withKeptVotes(newApproval(next), returned(), () => true)).toMatchObject({ level: 0, decisions: [] });
  });

  it.each([
    ['a category', [{ category: 'custom-made', currency: 'CNY' }], ['CN01'], 0],
    ['a currency', [{ category: '', currency: 'EUR' }], ['CN01'], 0],
    ['a legal entity', [{ category: '', currency: 'CNY' }], ['CN01', 'DE01'], 0],
    ['nothing', [{ category: '', currency: 'CNY' }], ['CN01'], 2],
  ])('counts only while %s is new that the rules tell apart', (_, lines, legalEntities, level) => {
    const before = returned({
      scope: {
        lines: [
          { category: '', currency: 'CNY' },
          { category: 'tools', currency: 'CNY' },
        ],
        legalEntities: ['CN01'],
      },
    });
    const next = { ...changed(before.plan, SAME), scope: { lines, legalEntities } };

    expect(withKeptVotes(newApproval(next), before, () => true)).toMatchObject({ level });
  });

  it('is never the last word: whoever says yes at the end says it about every version', () => {
    const twoLevels = { levels: threeLevels().levels.slice(0, 2) };
    const next = { ...changed(threeLevels(), SAME), ...twoLevels };

    expect(withKeptVotes(newApproval(next), returned(), () => true)).toMatchObject({ level: 1 });
  });

  it('says through any number of versions about which one it was', () => {
    const third = nextVersion(returnedBySomebody(openNext(nextVersion(returned(), SAME))), SAME);

    expect(third).toMatchObject({ level: 2, decisions: [{ keptFrom: 1 }, { keptFrom: 1 }] });
  });

  it('is kept and lost as it should be, whatever the levels, and leads to no end without decisions', () => {
    const seen = { kept: 0, lost: 0, approved: 0 };
    const orders = plans.map((one): ApprovalPlan => ({ ...one, ...ORDER }));
    fc.assert(
      fc.property(orders, fc.nat({ max: 6 }), fc.array(changes, { minLength: 1, maxLength: 3 }), (any, yesses, all) => {
        let state = newApproval(any);
        for (const change of all) {
          state = returnedBySomebody(decided(state, yesses));
          if (state.outcome !== RETURNED) {
            return;
          }
          seen.lost += state.level;
          state = nextVersion(state, change);
          seen.lost -= state.level;
          seen.kept += state.level;
        }
        state = decided(state, 20);
        if (state.outcome === 'approved') {
          seen.approved += 1;
          expectEveryLevelDecided(state);
        }
      }),
      { numRuns: 1_500 },
    );
    expect(Math.min(seen.kept, seen.lost, seen.approved)).toBeGreaterThan(20);
  });
});

const ORDER = { subject: 'order', actions: plan().actions } as const;
