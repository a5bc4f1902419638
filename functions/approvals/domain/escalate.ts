/** Somebody did not decide in time: whoever is above them comes in, and may decide for them. */
import type { ApprovalContext, Decider } from './approval-commands.ts';
import { type ApprovalEvent, type Happened, unchanged } from './approval-events.ts';
import { type ApprovalState, levelAt, type Seat, stoodInBy } from './approval-state.ts';
import type { People } from './authority.ts';
import { isForOne, MAX_VOICES, OPERATORS } from './plan.ts';
import { askedAmong, currentApprovers, levelResult, levelsTogether, ownSeats, standInsFor } from './seats.ts';
import { canStandIn } from './substitutes.ts';
import { aboveOf, saidNo, saidYes, silentOf } from './voices.ts';

/** Whose silence brings somebody in. */
interface Silence {
  readonly seat: Seat;
  /** The voice that whoever comes in decides; undefined: that of all on the level who have not. */
  readonly insteadOf?: number;
}

/** Where escalation goes up from. `isNamed`: the plan names them, so that they come in first; else only who is above them. */
interface Start {
  readonly employeeId: string;
  readonly isNamed: boolean;
}

/** Employee ids of those up whose lines escalation would go on the levels that are open. */
export function escalatedTo(state: ApprovalState): readonly string[] {
  const seats = state.open?.seats ?? [];
  const levels = state.open === undefined ? [] : levelsTogether(state.plan, state.level);
  const starts = levels.flatMap((level) => {
    const { escalateTo, escalationNamed } = levelAt(state.plan, level);
    const named = escalationNamed === undefined || escalateTo === undefined ? [] : [escalateTo];
    const silent = silentOn(state, seats, level).flatMap((silence) => startsOf(state, silence));
    return [...named, ...silent.map(({ employeeId }) => employeeId)];
  });
  return [...new Set(starts)].filter((id) => id !== OPERATORS);
}

/**
 * On each level that is undecided somebody comes in for the silent. Where several sign, for each voice that is not given
 * whoever is above the person who keeps it waiting; else one for all: whom the plan names, or who is above whoever has taken the
 * task up. Each further step goes on from whoever came in last and is silent as well, until nobody is above. While they are away
 * it is who stands in for them; where they may not decide there, whoever is next above. Those who were asked after the reminder
 * are reminded as well.
 */
export function escalate(
  state: ApprovalState,
  { step = 1 }: { readonly step?: number },
  context: ApprovalContext,
): Happened {
  const { open } = state;
  const before = open?.escalated === true ? (open.escalateStep ?? 1) : 0;
  if (open === undefined || step <= before) {
    return unchanged(state);
  }
  let seats = open.seats;
  const came: { readonly seat: Seat; readonly silent: string }[] = [];
  const left: string[] = [];
  for (const silence of levelsTogether(state.plan, state.level).flatMap((level) => silentOn(state, seats, level))) {
    const above =
      seats.length < MAX_VOICES || came.length === 0 ? seatAbove(state, seats, silence, context) : undefined;
    const silent = silence.seat.delegate ?? silence.seat.employeeId;
    if (above !== undefined) {
      seats = [...seats, above];
      came.push({ seat: above, silent });
    } else if (currentApprovers(state).includes(silent)) {
      left.push(silent);
    }
  }
  const told = open.leftIds ?? [];
  const leftIds = left.filter((id) => !told.includes(id));
  const [addedIds, forIds] = [came.map(({ seat }) => seat.employeeId), came.map(({ silent }) => silent)];
  const reminded = remindedLate(state);
  if (step > 1 && addedIds.length + leftIds.length === 0) {
    return unchanged(state);
  }
  return {
    kind: 'events',
    events: [
      ...(reminded.length === 0 ? [] : [{ type: 'LevelReminded', level: state.level, approverIds: reminded } as const]),
      { type: 'LevelEscalated', level: state.level, addedIds, forIds, leftIds, step },
      ...came.flatMap(({ seat }) => substitution(seat)),
    ],
    state: {
      ...state,
      open: {
        ...open,
        escalated: true,
        escalateStep: step,
        seats,
        ...(open.remindedIds === undefined ? {} : { remindedIds: [...open.remindedIds, ...reminded] }),
        ...(left.length === 0 ? {} : { leftIds: [...told, ...leftIds] }),
      },
    },
  };
}

/** Employee ids of those who are asked and were not when the others were reminded. */
function remindedLate(state: ApprovalState): readonly string[] {
  const { remindedIds } = state.open ?? {};
  return remindedIds === undefined ? [] : currentApprovers(state).filter((id) => !remindedIds.includes(id));
}

/** Whose silence keeps the level waiting, in the order of their seats. */
function silentOn({ plan }: ApprovalState, seats: readonly Seat[], level: number): readonly Silence[] {
  if (levelResult(plan, seats, level) !== 'open') {
    return [];
  }
  const forAll = standInsFor(seats, level).map((seat) => ({ seat }));
  if (isForOne(levelAt(plan, level))) {
    return forAll.length > 0 ? forAll.slice(-1) : firstAsked(plan, seats, level).map((seat) => ({ seat }));
  }
  const voices = ownSeats(seats, level).flatMap((voice): readonly Silence[] => {
    const seat = aboveOf(seats, voice).at(-1) ?? silentOf(seats, voice);
    const isWaiting = !saidYes(seats, voice) && !saidNo(seats, voice);
    return seat === undefined || !isWaiting ? [] : [{ seat, insteadOf: voice.seatId }];
  });
  return [...voices, ...forAll.slice(-1)];
}

/** At most one. */
function firstAsked(plan: ApprovalState['plan'], seats: readonly Seat[], level: number): readonly Seat[] {
  const [first] = askedAmong(plan, seats).filter((asked) => asked.level === level);
  return seats
    .filter((seat) => seat.level === level && [seat.delegate, seat.employeeId].includes(first?.employeeId))
    .slice(0, 1);
}

function startsOf({ plan }: ApprovalState, { seat }: Silence): readonly Start[] {
  const { escalateTo, approverIds } = levelAt(plan, seat.level);
  const ids = [...new Set([seat.onBehalfOf ?? seat.employeeId, seat.employeeId])];
  const isOfPlan = seat.added === undefined && seat.isStandIn === undefined && ids[0] === approverIds[0];
  const isForAll = seat.isStandIn === true && seat.insteadOf === undefined;
  const isNamed = escalateTo !== undefined && (isOfPlan || isForAll);
  return isNamed ? [{ employeeId: escalateTo, isNamed }] : ids.map((employeeId) => ({ employeeId, isNamed }));
}

function substitution({ level, employeeId: to, onBehalfOf: from }: Seat): readonly ApprovalEvent[] {
  return from === undefined ? [] : [{ type: 'SubstituteAsked', level, from, to }];
}

/** Whom the plan names for it, with a voice on a level that is undecided; undefined: nobody, or they may not decide there. */
export function namedAbove(state: ApprovalState, level: number, people: People, now: Date): Seat | undefined {
  const seats = state.open?.seats ?? [];
  const person = people.get(levelAt(state.plan, level).escalateTo ?? '');
  if (person === undefined || levelResult(state.plan, seats, level) !== 'open') {
    return undefined;
  }
  const seat = standInSeat(seats, level, person.employeeId);
  return canStandIn(state, seats, seat, person, { now, people }) ? seat : undefined;
}

function standInSeat(seats: readonly Seat[], level: number, employeeId: string, insteadOf?: number): Seat {
  const seatId = Math.max(...seats.map((seat) => seat.seatId)) + 1;
  const forOne = insteadOf === undefined ? {} : { insteadOf };
  return { seatId, level, employeeId, weight: 1, moves: 0, isStandIn: true, ...forOne };
}

function seatAbove(
  state: ApprovalState,
  seats: readonly Seat[],
  silence: Silence,
  { lines, substitutes, now, people }: ApprovalContext,
): Seat | undefined {
  const { level } = silence.seat;
  const moment = { now, ...(people === undefined ? {} : { people }) };
  const asked = ({ employeeId }: Decider) => standInSeat(seats, level, employeeId, silence.insteadOf);
  const isFit = (above: Decider, person: Decider) => canStandIn(state, seats, asked(above), person, moment);
  const isStoodInFor = ({ employeeId }: Decider) =>
    seats.some((seat) => seat.level === level && seat.inPlaceOf === employeeId);
  const line = lineOf(state, silence, lines).filter((above) => isFit(above, above) && !isStoodInFor(above));
  const voices = line.flatMap((above) => {
    const standIns = substitutes?.get(above.employeeId) ?? [];
    return (standIns.length === 0 ? [above] : standIns).map((person) => ({ above, person }));
  });
  // Whoever is away and has nobody who may stand in comes in themselves, where nobody else is left.
  const all = [...voices, ...line.map((above) => ({ above, person: above }))];
  const found = all.find(({ above, person }) => isFit(above, person));
  return found === undefined ? undefined : stoodInBy(asked(found.above), found.person.employeeId);
}

/** Who could come in, nearest first; in the place of whoever an operator handed it over from who has it now. */
function lineOf(state: ApprovalState, silence: Silence, lines: ApprovalContext['lines']): readonly Decider[] {
  const { escalateTo = '', escalationNamed } = levelAt(state.plan, silence.seat.level);
  const [handedTo] = lines?.get(escalateTo) ?? [];
  return startsOf(state, silence)
    .flatMap(({ employeeId, isNamed }) => (lines?.get(employeeId) ?? []).slice(isNamed ? 0 : 1))
    .map((above) => (above.employeeId === escalationNamed && handedTo !== undefined ? handedTo : above));
}
