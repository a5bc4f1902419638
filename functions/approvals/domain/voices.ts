/**
 * What one voice comes to: of whoever has the seat, of the signers who were added to it, and of whoever came in by escalation
 * for it. It has said yes when the seat and all its signers have, or who came in has. Pure.
 */
import type { Seat } from './approval-state.ts';

/** Those who were added to a seat, not those who were added to them. */
export function signersOf(seats: readonly Seat[], seat: Seat): readonly Seat[] {
  return seats.filter((other) => other.added?.to === seat.seatId);
}

/** Those who came in by escalation for the seat. */
export function aboveOf(seats: readonly Seat[], { seatId }: Seat): readonly Seat[] {
  return seats.filter(({ insteadOf }) => insteadOf === seatId);
}

export function saidYes(seats: readonly Seat[], seat: Seat): boolean {
  return (
    aboveOf(seats, seat).some(({ vote }) => vote === 'yes') ||
    (seat.vote === 'yes' && signersOf(seats, seat).every((signer) => saidYes(seats, signer)))
  );
}

export function saidNo(seats: readonly Seat[], seat: Seat): boolean {
  return (
    aboveOf(seats, seat).some(({ vote }) => vote === 'no') ||
    seat.vote === 'no' ||
    signersOf(seats, seat).some((signer) => saidNo(seats, signer))
  );
}

/** The seat with which another one counts: to which a signer was added, for which somebody came in; else itself. */
export function rootOf(seats: readonly Seat[], seat: Seat): Seat {
  const to = seat.added?.to ?? seat.insteadOf;
  const owner = to === undefined ? undefined : seats.find(({ seatId }) => seatId === to);
  return owner === undefined ? seat : rootOf(seats, owner);
}

/** Whether nothing more is asked of the seat: it has decided, or others have for its voice. */
export function isGiven(seats: readonly Seat[], seat: Seat): boolean {
  const root = rootOf(seats, seat);
  const isByAbove = aboveOf(seats, root).some(({ vote }) => vote !== undefined);
  const isBelow = seat.insteadOf !== undefined && (saidYes(seats, root) || saidNo(seats, root));
  return seat.vote !== undefined || isByAbove || isBelow;
}

/** The first of the seat and its signers who has not decided; undefined: they all have. */
export function silentOf(seats: readonly Seat[], seat: Seat): Seat | undefined {
  if (seat.vote === undefined) {
    return seat;
  }
  return signersOf(seats, seat)
    .map((signer) => silentOf(seats, signer))
    .find((silent) => silent !== undefined);
}

/** Whether anybody has begun to act on the seat, so that where one decides for all nobody else does meanwhile. */
export function isBegun(seats: readonly Seat[], seat: Seat): boolean {
  return (
    seat.claimed === true || seat.vote !== undefined || seat.delegate !== undefined || signersOf(seats, seat).length > 0
  );
}

/** As {@link isBegun}, or the seat was handed on, or decided by who came in for it: somebody acted here. */
export function isTouched(seats: readonly Seat[], seat: Seat): boolean {
  return seat.moves > 0 || isBegun(seats, seat) || aboveOf(seats, seat).some(({ vote }) => vote !== undefined);
}
