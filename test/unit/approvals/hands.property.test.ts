import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import { takeOver } from '../../../functions/approvals/domain/substitutes.ts';
import { invoiceQuestion } from './acting.ts';
import { hoursLater, wish } from './approvals.ts';

const FIRST = 'A';
const PEOPLE = [FIRST, 'V', 'W', 'X'];
const WAYS = ['transfer', 'hand-over', 'take-over'] as const;

type Way = (typeof WAYS)[number];

/** The first seat as somebody else has it; as it was where they may not. */
function moved(state: ApprovalState, way: Way, to: string): ApprovalState {
  const from = holderOf(state)?.employeeId ?? '';
  const target = { employeeId: to, active: true };
  const now = hoursLater(1);
  if (way === 'take-over') {
    return takeOver(state, state.level, target, { away: new Set([from]), now }).state;
  }
  const command =
    way === 'transfer'
      ? wish(state, from, { kind: 'transfer', to, comment: '' })
      : ({ kind: 'hand-over', from, to, by: 'Lin' } as const);
  const result = decideApproval(state, command, { now, target, decider: { employeeId: from, active: true } });
  return result.kind === 'refused' ? state : result.state;
}

function holderOf({ open }: ApprovalState) {
  return open?.seats.find(({ seatId }) => seatId === 1);
}

it('whoever has a task has it for the person whose it was first, and nobody for themselves, however it went round', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...WAYS), fc.constantFrom(...PEOPLE)), { maxLength: 12 }),
      (moves) => {
        const end = moves.reduce((state, [way, to]) => moved(state, way, to), invoiceQuestion());

        const { employeeId, onBehalfOf } = holderOf(end) ?? {};
        expect(onBehalfOf).toBe(employeeId === FIRST ? undefined : FIRST);
      },
    ),
  );
});
