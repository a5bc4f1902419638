/**
 * One person approves one level of an approval, whatever way a second one reaches them: as a substitute, by a transfer, a
 * hand-over or an escalation, as an added signer. Only the rules themselves put one person on several levels. Pure.
 */
import { type Refused, refuse } from './approval-events.ts';
import { type ApprovalState, levelAt, type Seat } from './approval-state.ts';
import { type ApprovalPlan, isForOne } from './plan.ts';
import { levelResult, levelsTogether, ownSeats } from './seats.ts';

/** A voice on a level, and who has it or would have it. */
export type Voice = Pick<Seat, 'level' | 'employeeId' | 'onBehalfOf' | 'added' | 'isStandIn'>;

/**
 * Why whoever has the voice may not approve with it; undefined: they may. Whoever decided for somebody else before, and is
 * now asked in their own right, leaves the level to the others where one of them decides it for all, as routing would have.
 */
export function refusalOfSecondLevel(state: ApprovalState, seats: readonly Seat[], seat: Seat): Refused | undefined {
  const isFree =
    !hasApprovedElsewhere(state, seat) || (isInOwnRight(state.plan, seat) && !isLeftToOthers(state, seats, seat));
  return isFree ? undefined : refuse('decided-before', 'the person has approved another level');
}

/**
 * Why a voice cannot be given to whoever would have it; undefined: it can.
 * @param seats - of the levels that are open together, the voice given or not
 * @param way - `chosen`: a person says who gets it, and can say somebody else. `by-rule`: nobody does; then they may be asked
 *   on a later level in their own right, where it is left to others if there are any
 */
export function refusalOfTaking(
  state: ApprovalState,
  seats: readonly Seat[],
  voice: Voice,
  way: 'chosen' | 'by-rule',
): Refused | undefined {
  if (hasApprovedElsewhere(state, voice)) {
    return refuse('decided-before', 'whoever is named has approved another level');
  }
  return isAskedBeside(state.plan, seats, voice) || isNeededElsewhere(state, voice, way === 'by-rule')
    ? refuse('unfit-person', 'whoever is named is asked on another level')
    : undefined;
}

/** Whether an approval of the person counts on another level, other than in the place of whom this voice is. */
export function hasApprovedElsewhere({ plan, decisions }: ApprovalState, voice: Voice): boolean {
  return decisions.some(
    (made) =>
      made.employeeId === voice.employeeId &&
      made.level !== voice.level &&
      made.voided === undefined &&
      plan.actions.some(({ action, effect }) => action === made.action && effect === 'advance') &&
      !isSame(made.isExtra === true ? undefined : ownerOf(plan, made), ownerOf(plan, voice)),
  );
}

/** Whose the voice is by the rules; undefined: nobody's, because it came by escalation or was added. */
function ownerOf(plan: ApprovalPlan, { level, employeeId, onBehalfOf, added, isStandIn }: Voice): string | undefined {
  if (added !== undefined || isStandIn !== undefined) {
    return undefined;
  }
  const first = onBehalfOf ?? employeeId;
  const { approverIds, chosenFrom = approverIds, named = chosenFrom } = levelAt(plan, level);
  if (onBehalfOf !== undefined && named.includes(onBehalfOf)) {
    return onBehalfOf;
  }
  // An operator's hand-over puts somebody else in the same place of the list.
  return named[chosenFrom.indexOf(first)];
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one === other;
}

function isInOwnRight(plan: ApprovalPlan, voice: Voice): boolean {
  return ownerOf(plan, voice) === voice.employeeId;
}

/** Somebody else decides the level for all, and has approved no other. */
function isLeftToOthers(state: ApprovalState, seats: readonly Seat[], seat: Seat): boolean {
  const others = ownSeats(seats, seat.level).filter(({ seatId }) => seatId !== seat.seatId);
  return isForOne(levelAt(state.plan, seat.level)) && others.some((other) => !hasApprovedElsewhere(state, other));
}

/** The person is still to decide a level that is open together with this one. */
function isAskedBeside(plan: ApprovalPlan, seats: readonly Seat[], voice: Voice): boolean {
  return seats.some(
    (seat) =>
      seat.level !== voice.level &&
      seat.employeeId === voice.employeeId &&
      seat.vote === undefined &&
      levelResult(plan, seats, seat.level) === 'open' &&
      !isSame(ownerOf(plan, seat), ownerOf(plan, voice)),
  );
}

/** A level that is still to open cannot be decided without the person. */
function isNeededElsewhere(state: ApprovalState, voice: Voice, mayBeOwn: boolean): boolean {
  const { plan } = state;
  return [...plan.levels.entries()].slice(firstToCome(state)).some(([level, { approverIds, mode }]) => {
    const place = { level, employeeId: voice.employeeId };
    const isTolerated = mayBeOwn && level > voice.level && isInOwnRight(plan, place);
    return (
      level !== voice.level &&
      approverIds.includes(voice.employeeId) &&
      !(isForOne({ mode }) && approverIds.length > 1) &&
      !isTolerated &&
      !isSame(ownerOf(plan, place), ownerOf(plan, voice))
    );
  });
}

/** Index of the first level whose voices are made from the plan when it opens. */
function firstToCome({ plan, level, open, restored }: ApprovalState): number {
  return open === undefined && restored === undefined ? level : level + levelsTogether(plan, level).length;
}
