/** Why somebody is asked who was not asked a moment ago, where more than the order of the levels is behind it. */
import type { ApprovalEvent } from './approval-events.ts';
import type { ApprovalState } from './approval-state.ts';
import { type Asked, firstTogether } from './seats.ts';

/**
 * Who sent back what the level had decided, where it is asked anew because of that; undefined: it is asked for another reason,
 * or by whoever sent it back themselves. The level opens later than the return, so the remark tells it and not the event.
 * @returns an employee id
 */
export function sentBackBy(
  { plan, round, decisions, remarks }: ApprovalState,
  { employeeId, level }: Asked,
): string | undefined {
  const before = decisions.findLast((one) => one.level === level && one.round < round);
  if (before?.voided !== 'returned') {
    return undefined;
  }
  const first = firstTogether(plan, level);
  // Beyond their bound remarks are not kept: one from before the decision was about an earlier return.
  const remark = remarks.findLast((one) => one.kind === 'sent-back' && one.level >= first && one.at >= before.at);
  return remark?.employeeId === employeeId ? undefined : remark?.employeeId;
}

/**
 * Whose opinion has arrived by these events, where whoever is asked now had asked for it; undefined: none.
 * @returns an employee id
 */
export function advisedBy(
  { open }: ApprovalState,
  events: readonly ApprovalEvent[],
  { employeeId, level }: Asked,
): string | undefined {
  const own = open?.seats.filter((seat) => seat.employeeId === employeeId && seat.level === level) ?? [];
  return events.flatMap((event) =>
    event.type === 'DelegateAnswered' && own.some(({ delegate }) => delegate === event.employeeId)
      ? [event.employeeId]
      : [],
  )[0];
}
