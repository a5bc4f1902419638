/** Somebody leaves, or is away for long: what they are asked, and what they would be asked, becomes somebody else's. */

import type { ApprovalContext, HandOverCommand } from './approval-commands.ts';
import {
  type ApprovalEvent,
  type ApprovalResult,
  type Happened,
  type Refused,
  refuse,
  unchanged,
} from './approval-events.ts';
import { type ApprovalState, heldBy, levelAt, type Seat, withoutOpenLevel } from './approval-state.ts';

import { refusalOfTaking } from './decided-before.ts';
import type { ApprovalLevel } from './plan.ts';
import { refusalOfTarget } from './refusals.ts';
import { levelResult, levelsTogether, replaceSeat } from './seats.ts';
import { standInsBut, withSubstitutes } from './substitutes.ts';
import { isGiven } from './voices.ts';

/**
 * All or nothing within one approval. What was decided stays who decided it; voices that are still to be given, opinions
 * that are asked for, levels that open later go over. Authority and segregation of
 * duties are checked when the new person decides, as for everybody. An administrator gives nothing to themselves, and moves
 * nothing that they may not decide: another one does, so that nobody gets decisions, or chooses who makes them, by their own
 * hand. While whoever takes over is away, who stands in for them is asked on the levels that are open, and nobody who gives.
 */
export function handOver(state: ApprovalState, command: HandOverCommand, context: ApprovalContext): ApprovalResult {
  const levels = levelsOf(state, command.from);
  const own = levels.length > 0 && command.isAdministrator === true ? ownInterest(state, command) : undefined;
  if (own !== undefined) {
    return own;
  }
  if (levels.length > 0 && command.to === command.from) {
    return refuse('unfit-person', 'whoever is named is the one whose tasks these are');
  }
  for (const level of levels) {
    const refused = refusalOn(state, level, command, context);
    if (refused !== undefined) {
      return refused;
    }
  }
  if (levels.length === 0) {
    return unchanged(state);
  }
  const after = handedOver(state, command);
  const refused = refusalOfVoices(state, after, command);
  if (refused !== undefined) {
    return refused;
  }
  const asked = withStandIns(state, after, command, context);
  const events = levels.map((level): ApprovalEvent => ({ type: 'TaskHandedOver', level, ...namesOf(command) }));
  return { kind: 'events', events: [...events, ...asked.events], state: asked.state };
}

/** On levels that are not open it is seen when they open who is away then. */
function withStandIns(
  before: ApprovalState,
  after: ApprovalState,
  { from, to, by, isAdministrator }: HandOverCommand,
  context: ApprovalContext,
): Pick<Happened, 'state' | 'events'> {
  const { open } = after;
  if (open === undefined) {
    return { state: after, events: [] };
  }
  const substitutes = standInsBut(isAdministrator === true ? [from, by] : [from], to, context);
  const { seats, events } = withSubstitutes(after, movingSeats(before, after, from), { ...context, substitutes });
  return { state: { ...after, open: { ...open, seats: seats.reduce(replaceSeat, open.seats) } }, events };
}

function handedOver(state: ApprovalState, command: HandOverCommand): ApprovalState {
  const { open, plan, restored } = state;
  return {
    ...state,
    plan: {
      ...plan,
      levels: plan.levels.map((level, index) => {
        const named = index > lastOpen(state) ? withOther(level, command) : level;
        return isStillToEscalate(state, index, command.from) ? withOtherEscalation(named, command) : named;
      }),
    },
    ...(restored === undefined ? {} : { restored: restored.map((seat) => moved(state, seat, command)) }),
    ...(open === undefined ? {} : { open: { ...open, seats: open.seats.map((seat) => moved(state, seat, command)) } }),
  };
}

/** Whoever gets voices on several levels gets those of one person, or could not approve with the second of them. */
function refusalOfVoices(
  state: ApprovalState,
  after: ApprovalState,
  { from, to }: HandOverCommand,
): Refused | undefined {
  const seats = seatsOf(after);
  const later = [...after.plan.levels.keys()]
    .filter((level) => level > lastOpen(state) && levelAt(state.plan, level).approverIds.includes(from))
    .map((level) => ({ level, employeeId: to }));
  return [...movingSeats(state, after, from), ...later]
    .map((voice) => refusalOfTaking(after, seats, voice, 'chosen'))
    .find((refused) => refused !== undefined);
}

/** The voices that go over, as they are afterwards. */
function movingSeats(before: ApprovalState, after: ApprovalState, from: string): readonly Seat[] {
  const theirs = seatsOf(before).filter((seat) => seat.employeeId === from && isTheirs(before, seat, from));
  return seatsOf(after).filter(({ seatId }) => theirs.some((seat) => seat.seatId === seatId));
}

function ownInterest({ plan }: ApprovalState, { by, to }: HandOverCommand): Refused | undefined {
  if (to === by) {
    return refuse('unfit-person', 'whoever is named is the administrator who hands over');
  }
  const isTheirs = by === plan.requesterId || plan.excluded.some(({ employeeId }) => employeeId === by);
  return isTheirs ? refuse('unfit-person', 'the administrator who hands over has a part in the request') : undefined;
}

function refusalOn(
  state: ApprovalState,
  level: number,
  { from, to }: HandOverCommand,
  context: ApprovalContext,
): Refused | undefined {
  // Escalation itself passes over whoever is asked on the level already.
  return tasksOf(state, from).includes(level)
    ? (refusalOfTarget(state, level, to, context) ?? refusalLater(state, level, to))
    : refusalOfTarget(withoutOpenLevel(state), level, to, context);
}

/** Nobody has two voices on a level that opens later. */
function refusalLater(state: ApprovalState, level: number, to: string): Refused | undefined {
  const isPlanned = level > lastOpen(state) && levelAt(state.plan, level).approverIds.includes(to);
  const isRestored = (state.restored ?? []).some(
    (seat) => seat.level === level && (seat.employeeId === to || seat.delegate === to),
  );
  return isPlanned || isRestored ? refuse('unfit-person', `${to} is asked on a later level already`) : undefined;
}

/** The levels on which the person still has something to do; if there are none, those that would come to them by escalation. In order. */
export function levelsOf(state: ApprovalState, person: string): readonly number[] {
  if (state.status === 'closed') {
    return [];
  }
  const tasks = tasksOf(state, person);
  const escalations = [...state.plan.levels.keys()].filter((level) => isStillToEscalate(state, level, person));
  return tasks.length > 0 ? tasks : escalations;
}

function tasksOf(state: ApprovalState, person: string): readonly number[] {
  const open = seatsOf(state)
    .filter((seat) => isTheirs(state, seat, person))
    .map(({ level }) => level);
  const later = [...state.plan.levels.entries()]
    .filter(([index, level]) => index > lastOpen(state) && level.approverIds.includes(person))
    .map(([index]) => index);
  return [...new Set([...open, ...later])];
}

function namesOf({ from, to, by, isAdministrator }: HandOverCommand) {
  return { from, to, ...(isAdministrator === true ? { administrator: by } : { operator: by }) };
}

/** Whether escalation has still to bring in the person on the level. */
function isStillToEscalate(state: ApprovalState, level: number, person: string): boolean {
  const isAhead = state.open?.escalated === true ? level > lastOpen(state) : level >= state.level;
  return isAhead && levelAt(state.plan, level).escalateTo === person;
}

/** The voices on the levels that are open, or that open again as they were. */
function seatsOf({ open, restored }: ApprovalState): readonly Seat[] {
  return open?.seats ?? restored ?? [];
}

/**
 * Index of the last level whose voices are there already, open or to be opened again; -1 before the first one is. Other
 * levels are made from the plan when they open.
 */
function lastOpen(state: ApprovalState): number {
  const hasSeats = state.open !== undefined || state.restored !== undefined;
  return hasSeats ? (levelsTogether(state.plan, state.level).at(-1) ?? state.level) : state.level - 1;
}

function isTheirs(state: ApprovalState, seat: Seat, person: string): boolean {
  const seats = seatsOf(state);
  const isUndecided = !isGiven(seats, seat) && levelResult(state.plan, seats, seat.level) === 'open';
  return isUndecided && (seat.employeeId === person || seat.delegate === person);
}

function moved(state: ApprovalState, seat: Seat, { from, to }: HandOverCommand): Seat {
  if (!isTheirs(state, seat, from)) {
    return seat;
  }
  const held = seat.employeeId === from ? heldBy(seat, to) : seat;
  return { ...held, ...(seat.delegate === from ? { delegate: to } : {}) };
}

function withOtherEscalation(level: ApprovalLevel, { from, to }: HandOverCommand): ApprovalLevel {
  return { ...level, escalateTo: to, escalationNamed: level.escalationNamed ?? from };
}

function withOther(level: ApprovalLevel, { from, to }: HandOverCommand): ApprovalLevel {
  if (!level.approverIds.includes(from)) {
    return level;
  }
  const approverIds = level.approverIds.map((id) => (id === from ? to : id));
  const { mode, named = level.approverIds } = level;
  if (mode.kind !== 'weighted' || mode.weights[from] === undefined) {
    return { ...level, approverIds, named };
  }
  const { [from]: weight = 1, ...weights } = mode.weights;
  return { ...level, approverIds, named, mode: { ...mode, weights: { ...weights, [to]: weight } } };
}
