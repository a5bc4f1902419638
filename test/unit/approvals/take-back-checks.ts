/** Whether a decision may still be taken back, judged by trial: nobody's deed may stand that was not their turn without it. */
import { expect } from 'vitest';
import type { ApprovalCommand } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalResult } from '../../../functions/approvals/domain/approval-events.ts';
import type { ApprovalState, Seat } from '../../../functions/approvals/domain/approval-state.ts';
import { obstacleOf } from '../../../functions/approvals/domain/seats.ts';
import { isTouched } from '../../../functions/approvals/domain/voices.ts';

/** Looks at what was taken back, or refused, on a level that is open. */
export function expectRightlyTakenBack(state: ApprovalState, command: ApprovalCommand, result: ApprovalResult): void {
  if (command.kind !== 'take-back' || state.open === undefined) {
    return;
  }
  const { seats } = state.open;
  const seat = seats.find(({ level, employeeId }) => level === command.level && employeeId === command.by);
  // Of whatever round: a level that was opened again keeps what others had decided on it before.
  const isCounted = state.decisions.some(
    ({ voided, employeeId, level }) => voided === undefined && employeeId === command.by && level === command.level,
  );
  if (seat?.vote === undefined || !isCounted) {
    return;
  }
  if (result.kind === 'events') {
    expect(builtUpon(state, seat, (other) => other.vote !== undefined)).toEqual([]);
  } else if (result.refusal === 'nothing-to-take-back') {
    expect(builtUpon(state, seat, (other) => isTouched(seats, other))).not.toEqual([]);
  }
}

/** Ids of the seats whose turn it would not be, had neither they nor this one decided. */
function builtUpon(state: ApprovalState, seat: Seat, isMeant: (other: Seat) => boolean): readonly number[] {
  const { seats = [] } = state.open ?? {};
  return seats
    .filter((other) => other.seatId !== seat.seatId && other.level === seat.level && isMeant(other))
    .filter((other) => {
      const before = seats.map((one) => ([seat.seatId, other.seatId].includes(one.seatId) ? undecided(one) : one));
      const asked = before.find(({ seatId }) => seatId === other.seatId);
      return asked !== undefined && obstacleOf(state.plan, before, asked) === 'not-your-turn';
    })
    .map(({ seatId }) => seatId);
}

function undecided({ vote: _said, delegate: _asked, ...seat }: Seat): Seat {
  return seat;
}
