/**
 * A level on which voices are counted that those who are left on it cannot decide with yes any more, although nobody has
 * said so: too few are left who may decide, or none whose limit covers the amount. It never waits in silence: whoever would
 * come in by escalation comes in at once, and where nobody can, the approval ends unapproved. Pure.
 */
import type { ApprovalCommand, ApprovalContext } from './approval-commands.ts';
import { type ApprovalEvent, type ApprovalResult, type Happened, type Refused, refuse } from './approval-events.ts';
import { type ApprovalState, levelAt, type OpenLevel, type Seat } from './approval-state.ts';
import { commits, hasAuthority, isAble, isAbleWithAll, type People } from './authority.ts';
import { closeApproval } from './close.ts';
import { namedAbove } from './escalate.ts';
import { peopleToAsk } from './levels.ts';
import type { ApprovalPlan } from './plan.ts';
import { canReach, levelResult, levelsTogether, standInsFor } from './seats.ts';
import { aboveOf } from './voices.ts';

/** What a level lacks: people who may still say yes, or one among them whose limit covers the amount. */
type Lack = 'voices' | 'authority';

/**
 * Ids of those by whom {@link withWayOut} judges, and whether somebody who stands in has the authority: all who sit, or would
 * sit, on the levels, for whom they stand in, and who would come in by escalation. Nobody where neither is asked.
 */
export function judgedPeople(state: ApprovalState): readonly string[] {
  const { plan, level: first } = state;
  const levels = levelsTogether(plan, first);
  if (state.status === 'closed' || !(commits(plan, first) || levels.some((level) => isCounted(plan, level)))) {
    return [];
  }
  const seats = state.open?.seats.flatMap(({ employeeId, inPlaceOf }) => [employeeId, inPlaceOf]);
  const seated = (seats ?? peopleToAsk(state)).filter((id) => id !== undefined);
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
  return refusalOfDeed(before, command, people) ?? closed(result, { ...told, addedIds: [] }, now);
}

/** Nobody ends the approval by giving a task to somebody, or by a yes; where it was out of reach before, it is not their doing. */
function refusalOfDeed(before: ApprovalState, command: ApprovalCommand, people: People): Refused | undefined {
  if (lackOf(before, people) !== undefined) {
    return undefined;
  }
  if (command.kind === 'transfer' || command.kind === 'hand-over') {
    return refuse('unfit-person', 'with whoever is named, nobody of those who are asked could approve it');
  }
  const { actions, amount } = before.plan;
  const isYes =
    command.kind === 'decide' &&
    actions.some(({ action, effect }) => action === command.action && effect === 'advance');
  return isYes
    ? refuse('over-authority', `the amount of ${amount} is above the limit of everybody who is left`)
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
  const isMissing = commits(plan, state.level) && !hasAuthority(plan, open.seats, people);
  return counted.length > 0 && isMissing ? 'authority' : undefined;
}

function isCounted(plan: ApprovalPlan, level: number): boolean {
  const { kind } = levelAt(plan, level).mode;
  return kind === 'quorum' || kind === 'weighted';
}

function hasVoices(plan: ApprovalPlan, { seats }: OpenLevel, level: number, people: People): boolean {
  const isAbove = ({ vote, ...above }: Seat) => vote === 'yes' || (vote === undefined && isAble(plan, above, people));
  return (
    standInsFor(seats, level).some((seat) => isAble(plan, seat, people)) ||
    canReach(
      plan,
      seats,
      level,
      (seat) => isAbleWithAll(plan, seats, seat, people) || aboveOf(seats, seat).some(isAbove),
    )
  );
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
