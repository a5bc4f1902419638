/** What somebody has, or had, to do with an approval. Pure. */
import type { ApprovalState, Copy, Decision, Seat } from './approval-state.ts';
import { lastWordOf } from './last-word.ts';
import { askedNow } from './seats.ts';

/** A level, and the round in which the person was asked about it. */
export interface Part {
  readonly level: number;
  readonly round: number;
  /** They were copied, and have no more to do with it. */
  readonly isCopy?: true;
  /** They gave an opinion or sent it back, and have no voice of their own. */
  readonly hasSpoken?: true;
}

/**
 * What the person is asked now; else the voice that they have, or had last; else that they were copied, or gave an opinion or
 * sent it back; undefined: the approval is none of their business. `level`: the voice on this level only; whoever was copied was for all of them.
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
  if (part !== undefined) {
    return { level: part.level, round: part.round };
  }
  const copy = copyFor(state, employeeId);
  if (copy !== undefined) {
    return { level: copy.level, round: copy.round, isCopy: true };
  }
  const word = lastWordOf(state, employeeId);
  return word === undefined || (level !== undefined && word.level !== level)
    ? undefined
    : { level: word.level, round, hasSpoken: true };
}

/**
 * What the person decided on the level and still counts. While they have a voice on it that is open and given, whatever round
 * they look at it in: a level that somebody else had opened again asks a new round, and their decision is of an earlier one.
 */
export function countedDecision(
  { open, decisions }: ApprovalState,
  { employeeId, level, round }: Part & { readonly employeeId: string },
): Decision | undefined {
  const isOpen = open?.seats.some(
    (seat) => seat.level === level && seat.employeeId === employeeId && seat.vote !== undefined,
  );
  return decisions.findLast(
    (one) =>
      one.voided === undefined &&
      one.employeeId === employeeId &&
      one.level === level &&
      (isOpen === true || one.round === round),
  );
}

/** How the person was copied; undefined: they were not. */
export function copyFor({ copies = [] }: ApprovalState, employeeId: string): Copy | undefined {
  return copies.find((copy) => copy.employeeId === employeeId);
}
