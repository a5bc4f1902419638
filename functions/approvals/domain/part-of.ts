/** What somebody has, or had, to do with an approval. Pure. */
import type { ApprovalState, Seat } from './approval-state.ts';
import { askedNow } from './seats.ts';

/** A level, and the round in which the person was asked about it. */
export interface Part {
  readonly level: number;
  readonly round: number;
}

/**
 * What the person is asked now; else the voice that they have, or had last; undefined: the approval is none of their
 * business. `level`: of this level only.
 */
export function partOf(state: ApprovalState, employeeId: string, level?: number): Part | undefined {
  const { open, last, decisions, round } = state;
  const isTheirs = (seat: Seat) => seat.employeeId === employeeId || seat.delegate === employeeId;
  const parts: readonly Part[] = [
    ...askedNow(state).flatMap((asked) => (asked.employeeId === employeeId ? [{ level: asked.level, round }] : [])),
    ...(open?.seats ?? []).filter(isTheirs).map((seat) => ({ level: seat.level, round })),
    ...decisions.filter((decision) => decision.employeeId === employeeId).toReversed(),
    ...(last?.seats ?? []).filter(isTheirs).map((seat) => ({ level: seat.level, round: last?.round ?? round })),
  ];
  const part = parts.find((one) => level === undefined || one.level === level);
  return part === undefined ? undefined : { level: part.level, round: part.round };
}
