/** Whoever is away when a level opens is not asked, but who stands in for them: a missing approver is never an approval. */
import type { ApprovalContext, Decider } from './approval-commands.ts';
import type { ApprovalEvent } from './approval-events.ts';
import type { ApprovalState, Seat } from './approval-state.ts';
import { levelAt } from './approval-state.ts';
import { needsAuthority } from './plan.ts';
import { coversAmount, refusalOfTarget } from './refusals.ts';
import { levelAfter, levelResult } from './seats.ts';

interface Substituted {
  readonly seats: readonly Seat[];
  readonly events: readonly ApprovalEvent[];
}

/**
 * The seats with substitutes in the place of those who are away. Who may not decide, or has a voice on the level already,
 * stands in for nobody; where nobody can, the task stays where it is, to be reminded of and escalated.
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
      const substituted = { ...seat, employeeId: to, onBehalfOf: seat.onBehalfOf ?? seat.employeeId };
      current = current.map((other) => (other === seat ? substituted : other));
    }
  }
  return { seats: current, events };
}

/** The approval as it is once somebody has taken a voice over; without events there is none that they could take. */
export interface TakenOver {
  readonly state: ApprovalState;
  readonly events: readonly ApprovalEvent[];
}

/**
 * Somebody takes over, on one level that is open already, a voice of those for whom they stand in at this moment. By the
 * rules by which a level is opened: never two voices on one level, and nobody who may not decide.
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
  const substitutes = new Map([...away].map((employeeId) => [employeeId, [person]] as const));
  const onLevel = open.seats.filter((seat) => seat.level === level);
  const { seats, events } = withSubstitutes(state, onLevel, { substitutes, now });
  const substituted = (seat: Seat) => seats.find(({ seatId }) => seatId === seat.seatId) ?? seat;
  return events.length === 0
    ? { state, events }
    : { state: { ...state, open: { ...open, seats: open.seats.map(substituted) } }, events };
}

/** Where one decides for all on the last level, the substitute's own limit must cover the amount. */
function canStandIn(
  state: ApprovalState,
  seats: readonly Seat[],
  { level }: Seat,
  candidate: Decider,
  now: Date,
): boolean {
  const { plan } = state;
  const { kind } = levelAt(plan, level).mode;
  const decidesAlone = kind === 'any' || kind === 'claim';
  const isLast = levelAfter(plan, level) === undefined;
  const isThere = seats.some((seat) => seat.level === level && seat.employeeId === candidate.employeeId);
  const isFit = refusalOfTarget(state, level, candidate.employeeId, { now, target: candidate }) === undefined;
  const hasAuthority = !(decidesAlone && isLast && needsAuthority(plan.subject)) || coversAmount(plan, candidate);
  return isFit && !isThere && hasAuthority;
}
