/** Whoever is away when a task comes to them is not asked, but who stands in for them: a missing approver is never an approval. */
import type { ApprovalContext, Decider } from './approval-commands.ts';
import { type ApprovalEvent, type Refused, refuse } from './approval-events.ts';
import type { ApprovalState, Seat } from './approval-state.ts';
import { heldBy, levelAt } from './approval-state.ts';
import { hasApprovedElsewhere, refusalOfTaking } from './decided-before.ts';
import { type ApprovalPlan, isForOne, needsAuthority } from './plan.ts';
import { coversAmount, refusalOfTarget } from './refusals.ts';
import { askedNow, levelAfter, levelResult } from './seats.ts';

interface Substituted {
  readonly seats: readonly Seat[];
  readonly events: readonly ApprovalEvent[];
}

/**
 * The seats with substitutes in the place of those who are away. Who may not decide, has a voice on the level already, or
 * approves another level, stands in for nobody; where nobody can, the task stays where it is, to be reminded of and escalated.
 */
export function withSubstitutes(
  state: ApprovalState,
  seats: readonly Seat[],
  { substitutes, now }: Pick<ApprovalContext, 'substitutes' | 'now'>,
): Substituted {
  let current = seats;
  const events: ApprovalEvent[] = [];
  for (const seat of seats.filter(({ vote }) => vote === undefined)) {
    const candidates = substitutes?.get(seat.employeeId) ?? [];
    const found = candidates.find((candidate) => canStandIn(state, current, seat, candidate, now));
    if (found !== undefined) {
      const to = found.employeeId;
      events.push({ type: 'SubstituteAsked', level: seat.level, from: seat.employeeId, to });
      current = current.map((other) => (other === seat ? heldBy(seat, to) : other));
    }
  }
  return { seats: current, events };
}

/** Whether the person may be asked in the place of whoever has the voice. `seats`: of the levels that are open together. */
export function canStandIn(
  state: ApprovalState,
  seats: readonly Seat[],
  seat: Seat,
  candidate: Decider,
  now: Date,
): boolean {
  return isFit(state, seats, seat, candidate, now) && hasAuthority(state, seat, candidate);
}

/** The approval as it is once somebody has taken a voice over; without events there is none that they could take. */
export interface TakenOver {
  readonly state: ApprovalState;
  readonly events: readonly ApprovalEvent[];
  /** Why there is none, where only the person's own authority is missing, or they have approved another level. */
  readonly refusal?: Refused;
}

/**
 * Somebody takes over, on one level that is open already, a voice of those for whom they stand in at this moment; first of
 * those who are asked now. By the rules by which a level is opened: never two voices on one level, and nobody who may not
 * decide.
 * @param away - employee ids of those for whom the person stands in now
 */
export function takeOver(
  state: ApprovalState,
  level: number,
  person: Decider,
  { away, now }: { readonly away: ReadonlySet<string>; readonly now: Date },
): TakenOver {
  const { open, plan } = state;
  if (open === undefined || levelResult(plan, open.seats, level) !== 'open') {
    return { state, events: [] };
  }
  const onLevel = askedFirst(state, level, open.seats);
  const substitutes = new Map([...away].map((employeeId) => [employeeId, [person]] as const));
  const { seats, events } = withSubstitutes(state, onLevel, { substitutes, now });
  if (events.length > 0) {
    const substituted = (seat: Seat) => seats.find(({ seatId }) => seatId === seat.seatId) ?? seat;
    return { state: { ...state, open: { ...open, seats: open.seats.map(substituted) } }, events };
  }
  const refused = refusalOfStandIn(state, onLevel, person, away, now);
  return { state, events, ...(refused === undefined ? {} : { refusal: refused }) };
}

function refusalOfStandIn(
  state: ApprovalState,
  onLevel: readonly Seat[],
  person: Decider,
  away: ReadonlySet<string>,
  now: Date,
): Refused | undefined {
  const theirs = onLevel.filter(({ vote, employeeId }) => vote === undefined && away.has(employeeId));
  if (theirs.some((seat) => isFit(state, onLevel, seat, person, now))) {
    return overAuthority(state.plan);
  }
  const hasApproved = theirs.some((seat) => hasApprovedElsewhere(state, heldBy(seat, person.employeeId)));
  return hasApproved ? refuse('decided-before', 'whoever stands in has approved another level') : undefined;
}

/** Whoever stands in and has no voice is told why they can take none, not only that they have none. */
export function reasonOf({ refusal }: TakenOver, refused: Refused): Refused {
  return refusal !== undefined && refused.refusal === 'not-your-task' ? refusal : refused;
}

/** Seats of the level; those of people who can decide now come first. */
function askedFirst(state: ApprovalState, level: number, seats: readonly Seat[]): readonly Seat[] {
  const asked = askedNow(state).filter((one) => one.level === level && !one.isForOpinion);
  const isAsked = ({ employeeId }: Seat) => asked.some((one) => one.employeeId === employeeId);
  const onLevel = seats.filter((seat) => seat.level === level);
  return [...onLevel.filter(isAsked), ...onLevel.filter((seat) => !isAsked(seat))];
}

function overAuthority({ amount }: ApprovalPlan): Refused {
  return refuse('substitute-over-authority', `the amount of ${amount} is above the limit of whoever stands in`);
}

function isFit(state: ApprovalState, seats: readonly Seat[], seat: Seat, candidate: Decider, now: Date): boolean {
  const { level } = seat;
  const isThere = seats.some(
    (other) => other.level === level && [other.employeeId, other.delegate].includes(candidate.employeeId),
  );
  const refused =
    refusalOfTarget(state, level, candidate.employeeId, { now, target: candidate }) ??
    refusalOfTaking(state, withOtherLevels(state, seats), heldBy(seat, candidate.employeeId), 'by-rule');
  return !isThere && refused === undefined;
}

function withOtherLevels({ open }: ApprovalState, seats: readonly Seat[]): readonly Seat[] {
  const others = open?.seats.filter(({ seatId }) => !seats.some((seat) => seat.seatId === seatId)) ?? [];
  return [...seats, ...others];
}

/** Where one decides for all on the last level, or for the silent there, the substitute's own limit must cover the amount. */
function hasAuthority({ plan }: ApprovalState, { level, isStandIn }: Seat, candidate: Decider): boolean {
  const decidesAlone = isForOne(levelAt(plan, level)) || isStandIn === true;
  const isLast = levelAfter(plan, level) === undefined;
  return !(decidesAlone && isLast && needsAuthority(plan.subject)) || coversAmount(plan, candidate);
}
