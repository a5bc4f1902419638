/** Nobody decided in time: somebody above comes in, and may decide for those who have not. */
import type { ApprovalContext, Decider } from './approval-commands.ts';
import { type ApprovalEvent, type Happened, unchanged } from './approval-events.ts';
import { type ApprovalState, levelAt, type Seat, stoodInBy } from './approval-state.ts';
import { levelResult, levelsTogether } from './seats.ts';
import { canStandIn } from './substitutes.ts';

/** Whom escalation would bring in on the levels that are open, as the plan names them. */
export function escalatedTo({ plan, level, open }: ApprovalState): readonly string[] {
  const levels = open === undefined ? [] : levelsTogether(plan, level);
  return levels.map((index) => levelAt(plan, index).escalateTo).filter((id) => id !== undefined);
}

/**
 * On each level that is undecided the first comes in of those who may decide there: whom the plan names, or whoever stands in
 * for them while they are away, else whoever is next above. Where there is nobody the event names nobody.
 */
export function escalate(state: ApprovalState, context: ApprovalContext): Happened {
  const { open, plan } = state;
  if (open === undefined || open.escalated) {
    return unchanged(state);
  }
  let seats = open.seats;
  const events: ApprovalEvent[] = [];
  const addedIds: string[] = [];
  for (const level of levelsTogether(plan, state.level)) {
    const added = levelResult(plan, seats, level) === 'open' ? seatAbove(state, seats, level, context) : undefined;
    if (added !== undefined) {
      seats = [...seats, added];
      addedIds.push(added.employeeId);
      events.push(...substitution(added));
    }
  }
  return {
    kind: 'events',
    events: [{ type: 'LevelEscalated', level: state.level, addedIds }, ...events],
    state: { ...state, open: { ...open, escalated: true, seats } },
  };
}

function substitution({ level, employeeId: to, onBehalfOf: from }: Seat): readonly ApprovalEvent[] {
  return from === undefined ? [] : [{ type: 'SubstituteAsked', level, from, to }];
}

/** Whom the plan names for it, with a voice on a level that is undecided; undefined: nobody, or they may not decide there. */
export function namedAbove(
  state: ApprovalState,
  level: number,
  people: ReadonlyMap<string, Decider>,
  now: Date,
): Seat | undefined {
  const seats = state.open?.seats ?? [];
  const person = people.get(levelAt(state.plan, level).escalateTo ?? '');
  if (person === undefined || levelResult(state.plan, seats, level) !== 'open') {
    return undefined;
  }
  const seat = standInSeat(seats, level, person.employeeId);
  return canStandIn(state, seats, seat, person, { now, people }) ? seat : undefined;
}

function standInSeat(seats: readonly Seat[], level: number, employeeId: string): Seat {
  const seatId = Math.max(...seats.map((seat) => seat.seatId)) + 1;
  return { seatId, level, employeeId, weight: 1, moves: 0, isStandIn: true };
}

function seatAbove(
  state: ApprovalState,
  seats: readonly Seat[],
  level: number,
  { lines, substitutes, now, people }: ApprovalContext,
): Seat | undefined {
  const { escalateTo = '' } = levelAt(state.plan, level);
  const moment = { now, ...(people === undefined ? {} : { people }) };
  const asked = ({ employeeId }: Decider) => standInSeat(seats, level, employeeId);
  const isFit = (above: Decider, person: Decider) => canStandIn(state, seats, asked(above), person, moment);
  const line = (lines?.get(escalateTo) ?? []).filter((above) => isFit(above, above));
  const voices = line.flatMap((above) => {
    const standIns = substitutes?.get(above.employeeId) ?? [];
    return (standIns.length === 0 ? [above] : standIns).map((person) => ({ above, person }));
  });
  // Whoever is away and has nobody who may stand in comes in themselves, where nobody else is left.
  const all = [...voices, ...line.map((above) => ({ above, person: above }))];
  const found = all.find(({ above, person }) => isFit(above, person));
  return found === undefined ? undefined : stoodInBy(asked(found.above), found.person.employeeId);
}
