/** Whoever is away when a task comes to them is not asked, but who stands in for them: a missing approver is never an approval. */
import type { ApprovalContext, Decider } from './approval-commands.ts';
import { type ApprovalEvent, type Refused, refuse } from './approval-events.ts';
import type { ApprovalState, Seat } from './approval-state.ts';
import { heldBy, levelAt, stoodInBy } from './approval-state.ts';
import { commits, coversAmount, isLimitNeeded, overSubstitutesAuthority } from './authority.ts';
import { hasApprovedElsewhere, refusalOfTaking } from './decided-before.ts';
import { isForOne } from './plan.ts';
import { refusalOfTarget } from './refusals.ts';
import { askedNow, levelResult } from './seats.ts';
import { isGiven } from './voices.ts';

/** The time, and people as the directory knows them now. */
type Moment = Pick<ApprovalContext, 'now' | 'people'>;

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
  { substitutes, ...moment }: Moment & Pick<ApprovalContext, 'substitutes'>,
): Substituted {
  let current = seats;
  const events: ApprovalEvent[] = [];
  for (const seat of seats.filter((one) => !isGiven(seats, one))) {
    const candidates = substitutes?.get(seat.employeeId) ?? [];
    const found = candidates.find((candidate) => canStandIn(state, current, seat, candidate, moment));
    if (found !== undefined) {
      const to = found.employeeId;
      events.push({ type: 'SubstituteAsked', level: seat.level, from: seat.employeeId, to });
      current = current.map((other) => (other === seat ? stoodInBy(seat, to) : other));
    }
  }
  return { seats: current, events };
}

/** Those who stand in for whoever gets a voice, without those who give it: it would come back to them. */
export function standInsBut(
  givers: readonly string[],
  to: string,
  { substitutes }: Pick<ApprovalContext, 'substitutes'>,
): ReadonlyMap<string, readonly Decider[]> {
  const others = substitutes?.get(to)?.filter(({ employeeId }) => !givers.includes(employeeId)) ?? [];
  return new Map([[to, others]]);
}

/** Whether the person may be asked in the place of whoever has the voice. `seats`: of the levels that are open together. */
export function canStandIn(
  state: ApprovalState,
  seats: readonly Seat[],
  seat: Seat,
  candidate: Decider,
  { now, people }: Moment,
): boolean {
  return isFit(state, seats, seat, candidate, now) && isWithinLimits(state, seats, seat, candidate, people);
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
  { away, ...moment }: Moment & { readonly away: ReadonlySet<string> },
): TakenOver {
  const { open, plan } = state;
  if (open === undefined || levelResult(plan, open.seats, level) !== 'open') {
    return { state, events: [] };
  }
  const onLevel = askedFirst(state, level, open.seats);
  const substitutes = new Map([...away].map((employeeId) => [employeeId, [person]] as const));
  const { seats, events } = withSubstitutes(state, onLevel, { substitutes, ...moment });
  if (events.length > 0) {
    const substituted = (seat: Seat) => seats.find(({ seatId }) => seatId === seat.seatId) ?? seat;
    return { state: { ...state, open: { ...open, seats: open.seats.map(substituted) } }, events };
  }
  const refused = refusalOfStandIn(state, onLevel, person, away, moment);
  return { state, events, ...(refused === undefined ? {} : { refusal: refused }) };
}

function refusalOfStandIn(
  state: ApprovalState,
  onLevel: readonly Seat[],
  person: Decider,
  away: ReadonlySet<string>,
  { now, people }: Moment,
): Refused | undefined {
  const theirs = onLevel.filter((seat) => !isGiven(onLevel, seat) && away.has(seat.employeeId));
  const beyond = theirs.find((seat) => isFit(state, onLevel, seat, person, now));
  if (beyond !== undefined) {
    return overSubstitutesAuthority(state.plan, withOtherLevels(state, onLevel), beyond, people);
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

/**
 * On the last level of what commits the company: where one decides for all, or for the silent, the substitute's own limit must
 * cover the amount; where several voices together make up the level, it must where that of whose voice it is would be needed.
 * Signers who were added do not count for it, and neither does whoever stands in for one.
 */
function isWithinLimits(
  state: ApprovalState,
  seats: readonly Seat[],
  seat: Seat,
  candidate: Decider,
  people: ApprovalContext['people'],
): boolean {
  const { plan } = state;
  if (!commits(plan, seat.level) || seat.added !== undefined || coversAmount(plan, candidate)) {
    return true;
  }
  const decidesAlone = isForOne(levelAt(plan, seat.level)) || (seat.isStandIn === true && seat.insteadOf === undefined);
  return !decidesAlone && !isLimitNeeded(plan, withOtherLevels(state, seats), seat, people);
}
