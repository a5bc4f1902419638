/**
 * A level on which voices are counted that those who are left on it cannot decide with yes any more, although nobody has
 * said so: too few are left who may decide, or none whose limit covers the amount. It never waits in silence: whoever would
 * come in by escalation comes in at once, and where nobody can, the approval ends unapproved. Pure.
 */
import type { ApprovalCommand, ApprovalContext, Decider } from './approval-commands.ts';
import { type ApprovalEvent, type ApprovalResult, type Happened, type Refused, refuse } from './approval-events.ts';
import { type ApprovalState, levelAt, type OpenLevel, type Seat } from './approval-state.ts';
import { closeApproval } from './close.ts';
import { namedAbove } from './escalate.ts';
import { peopleToAsk } from './levels.ts';
import { type ApprovalPlan, needsAuthority } from './plan.ts';
import { coversAmount } from './refusals.ts';
import { canReach, levelAfter, levelResult, levelsTogether, signersOf } from './seats.ts';

type People = ReadonlyMap<string, Decider>;

/** What a level lacks: people who may still say yes, or one among them whose limit covers the amount. */
type Lack = 'voices' | 'authority';

/**
 * Ids of those by whom {@link withWayOut} judges: all who sit, or would sit, on the levels, and who would come in by
 * escalation. Nobody where no voices are counted: whoever decides for all there learns by a refusal that they may not.
 */
export function judgedPeople(state: ApprovalState): readonly string[] {
  const levels = levelsTogether(state.plan, state.level);
  if (state.status === 'closed' || !levels.some((level) => isCounted(state.plan, level))) {
    return [];
  }
  const seated = state.open?.seats.map(({ employeeId }) => employeeId) ?? peopleToAsk(state);
  const above = levels.map((level) => levelAt(state.plan, level).escalateTo).filter((id) => id !== undefined);
  return [...new Set([...seated, ...above])];
}

/** What a command came to, and what follows where the open levels are out of reach by it. */
export function withWayOut(
  before: ApprovalState,
  command: ApprovalCommand,
  result: ApprovalResult,
  { people, now }: ApprovalContext,
): ApprovalResult {
  if (result.kind === 'refused' || result.events.length === 0 || people === undefined) {
    return result;
  }
  const lack = lackOf(result.state, people);
  if (lack === undefined) {
    return result;
  }
  const { state, addedIds } = withStandIns(result.state, people, now);
  const told: ApprovalEvent = { type: 'LevelOutOfReach', level: state.level, lack, addedIds };
  if (lackOf(state, people) === undefined) {
    return { ...result, events: [...result.events, told], state };
  }
  return refusalOfGift(before, command, people) ?? closed(result, { ...told, addedIds: [] }, now);
}

/** Nobody gives a task to somebody if that ends the approval; where it was out of reach before, it is not their doing. */
function refusalOfGift(before: ApprovalState, { kind }: ApprovalCommand, people: People): Refused | undefined {
  const isGift = kind === 'transfer' || kind === 'hand-over';
  return isGift && lackOf(before, people) === undefined
    ? refuse('unfit-person', 'with whoever is named, nobody of those who are asked could approve it')
    : undefined;
}

function closed({ events, state }: Happened, told: ApprovalEvent, now: Date): Happened {
  const rejection = state.plan.actions.find(({ outcome }) => outcome === 'rejected');
  const outcome = rejection?.outcome ?? 'expired';
  const end = closeApproval(state, outcome, 'out-of-reach', now);
  const made = events.map((event) => (event.type === 'DecisionMade' ? { ...event, outcome } : event));
  return { ...end, events: [...made, told, ...end.events] };
}

/** Undefined: what is open can still be decided with yes, or nothing is open on which voices are counted. */
function lackOf(state: ApprovalState, people: People): Lack | undefined {
  const { plan, open } = state;
  if (open === undefined) {
    return undefined;
  }
  const levels = levelsTogether(plan, state.level);
  const counted = levels.filter((level) => isCounted(plan, level) && levelResult(plan, open.seats, level) === 'open');
  if (!counted.every((level) => hasVoices(plan, open, level, people))) {
    return 'voices';
  }
  const mustCover = levelAfter(plan, state.level) === undefined && needsAuthority(plan.subject);
  return counted.length > 0 && mustCover && !hasAuthority(plan, open, people) ? 'authority' : undefined;
}

function isCounted(plan: ApprovalPlan, level: number): boolean {
  const { kind } = levelAt(plan, level).mode;
  return kind === 'quorum' || kind === 'weighted';
}

function hasVoices(plan: ApprovalPlan, { seats }: OpenLevel, level: number, people: People): boolean {
  const isStandInHere = seats.some(
    (seat) => seat.level === level && seat.isStandIn !== undefined && isAble(seat, people),
  );
  return isStandInHere || canReach(plan, seats, level, (seat) => isAbleWithAll(seats, seat, people));
}

/** Signers who were added do not count for it, and neither does who could only speak on a level that is decided. */
function hasAuthority(plan: ApprovalPlan, { seats }: OpenLevel, people: People): boolean {
  return seats.some((seat) => {
    const isToCome =
      seat.vote === undefined &&
      levelResult(plan, seats, seat.level) === 'open' &&
      isAbleWithAll(seats, seat, people) &&
      coversAmount(plan, people.get(seat.employeeId));
    return seat.added === undefined && (isToCome || (seat.vote === 'yes' && seat.hadAuthority === true));
  });
}

function isAble({ employeeId }: Seat, people: People): boolean {
  return people.get(employeeId)?.active === true;
}

/** The seat, and the signers who count with it, can all have decided in the end; or whoever has not decided takes a signer away. */
function isAbleWithAll(seats: readonly Seat[], seat: Seat, people: People): boolean {
  const isRemovable = (signer: Seat) => seat.vote === undefined && isUntouched(seats, signer);
  return (
    (seat.vote !== undefined || isAble(seat, people)) &&
    signersOf(seats, seat).every((signer) => isRemovable(signer) || isAbleWithAll(seats, signer, people))
  );
}

function isUntouched(seats: readonly Seat[], seat: Seat): boolean {
  return seat.vote === undefined && signersOf(seats, seat).every((signer) => isUntouched(seats, signer));
}

/** With whoever would come in by escalation, on each of the levels that are out of reach, as far as they may decide it. */
function withStandIns(state: ApprovalState, people: People, now: Date) {
  let current = state;
  const addedIds: string[] = [];
  for (const level of levelsTogether(state.plan, state.level).filter((one) => isCounted(state.plan, one))) {
    const { open } = current;
    const seat = lackOf(current, people) === undefined ? undefined : namedAbove(current, level, people, now);
    if (open !== undefined && seat !== undefined) {
      current = { ...current, open: { ...open, seats: [...open.seats, seat] } };
      addedIds.push(seat.employeeId);
    }
  }
  return { state: current, addedIds };
}
