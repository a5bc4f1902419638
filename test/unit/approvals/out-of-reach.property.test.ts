import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideApproval, newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalCommand, Decider } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import type { LevelMode } from '../../../functions/approvals/domain/plan.ts';
import { approve, hoursLater, level, OPENED_AT, plan, wish } from './approvals.ts';

const BOARD = ['A', 'B', 'C', 'D'] as const;
const ABOVE = 'H';
const OTHERS = ['X', 'Y'] as const;

type People = ReadonlyMap<string, Decider>;

const anyPeople = fc
  .array(fc.record({ active: fc.boolean(), hasLimit: fc.boolean() }), { minLength: 7, maxLength: 7 })
  .map(
    (kinds): People =>
      new Map(
        [...BOARD, ABOVE, ...OTHERS].map((employeeId, index) => {
          const { active = true, hasLimit = false } = kinds[index] ?? {};
          return [employeeId, { employeeId, active, ...(hasLimit ? { approvalLimit: '5000' } : {}) }];
        }),
      ),
  );

const anyMode = fc.oneof(
  fc.integer({ min: 1, max: 4 }).map((needed): LevelMode => ({ kind: 'quorum', needed })),
  fc.integer({ min: 1, max: 6 }).map((needed): LevelMode => ({ kind: 'weighted', needed, weights: { A: 3 } })),
);

const anyDeeds = fc.array(
  fc.tuple(
    fc.constantFrom(...BOARD, ABOVE, ...OTHERS),
    fc.oneof(fc.constantFrom('approve', 'reject'), fc.constantFrom(...OTHERS)),
  ),
  { maxLength: 8 },
);

function commandOf(state: ApprovalState, by: string, deed: string): ApprovalCommand {
  return deed === 'approve' || deed === 'reject'
    ? approve(by, { action: deed, comment: 'because' })
    : wish(state, by, { kind: 'transfer', to: deed, comment: '' });
}

function tried(state: ApprovalState, command: ApprovalCommand, people: People, isJudged: boolean) {
  const known = (id: string) => people.get(id) ?? { employeeId: id, active: false };
  return decideApproval(state, command, {
    now: hoursLater(1),
    ...('by' in command ? { decider: known(command.by) } : {}),
    ...('to' in command ? { target: known(command.to) } : {}),
    ...(isJudged ? { people } : {}),
  });
}

/** By trial: those who have not decided say yes, in every order. */
function canBeApproved(state: ApprovalState, people: People): boolean {
  if (state.open === undefined) {
    return state.outcome === 'approved';
  }
  return state.open.seats
    .filter(({ vote }) => vote === undefined)
    .some(({ employeeId }) => {
      const result = tried(state, approve(employeeId), people, false);
      return result.kind === 'events' && canBeApproved(result.state, people);
    });
}

it('no level of counted voices is open that could not be approved, and none ends by it that could', () => {
  fc.assert(
    fc.property(anyMode, anyPeople, fc.boolean(), anyDeeds, (mode, people, hasAbove, deeds) => {
      const above = hasAbove ? { escalateTo: ABOVE } : {};
      const start = newApproval(plan({ levels: [level('Board', BOARD, { mode, ...above })] }));
      const open = { kind: 'open', waitId: 'w-1', openedAt: OPENED_AT } as const;
      const steps = [
        () => open,
        ...deeds.map(
          ([by, deed]) =>
            (state: ApprovalState) =>
              commandOf(state, by, deed),
        ),
      ];

      let state: ApprovalState = start;
      for (const step of steps) {
        const command = step(state);
        const [judged, plain] = [true, false].map((isJudged) => tried(state, command, people, isJudged));
        if (judged?.kind !== 'events' || plain?.kind !== 'events') {
          continue;
        }
        const isEnded = judged.events.some(
          (event) => event.type === 'ApprovalClosed' && event.cause === 'out-of-reach',
        );
        const chief = hasAbove ? people.get(ABOVE) : undefined;
        const mayChiefDecide = chief?.active === true && chief.approvalLimit !== undefined;
        expect(judged.state.status === 'open' && !canBeApproved(judged.state, people)).toBe(false);
        expect(isEnded && (mayChiefDecide || canBeApproved(plain.state, people))).toBe(false);
        state = judged.state;
      }
    }),
    { numRuns: 500 },
  );
});
