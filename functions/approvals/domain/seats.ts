/** Who has a voice on a level, whose turn it is, and what the voices come to. Every mode is counted here. */
import { type ApprovalState, levelAt, type Seat } from './approval-state.ts';
import type { ApprovalLevel, ApprovalPlan, LevelMode } from './plan.ts';
import { isBegun, isGiven, rootOf, saidNo, saidYes, signersOf } from './voices.ts';

type Levels = Pick<ApprovalPlan, 'levels'>;

/** Indexes of the levels that open together with this one. */
export function levelsTogether(plan: Levels, level: number): readonly number[] {
  const levels = [level];
  for (let next = level + 1; plan.levels[next]?.isParallel === true; next += 1) {
    levels.push(next);
  }
  return levels;
}

/** The index of the level that opens after those that are open together; undefined: they are the last. */
export function levelAfter(plan: ApprovalPlan, level: number): number | undefined {
  const next = level + levelsTogether(plan, level).length;
  return next < plan.levels.length ? next : undefined;
}

/** The first of the levels that open together with this one. */
export function firstTogether(plan: Levels, level: number): number {
  let first = level;
  while (first > 0 && plan.levels[first]?.isParallel === true) {
    first -= 1;
  }
  return first;
}

/** The seats of a level as planned, with those of the levels beside it. */
export function plannedSeats(plan: ApprovalPlan, level: number): readonly Seat[] {
  const places = levelsTogether(plan, level).flatMap((index) =>
    levelAt(plan, index).approverIds.map((employeeId) => ({ level: index, employeeId })),
  );
  return places.map((place, index) => ({
    ...place,
    seatId: index + 1,
    weight: weightOf(levelAt(plan, place.level).mode, place.employeeId),
    moves: 0,
  }));
}

function weightOf(mode: LevelMode, employeeId: string): number {
  return mode.kind === 'weighted' ? (mode.weights[employeeId] ?? 1) : 1;
}

/** @throws RangeError when somebody stands on a level twice, nobody does, or more are needed than there are. */
export function demandDecidable({ levels }: Levels): void {
  const fault = levels.find(isUndecidable);
  if (fault !== undefined) {
    throw new RangeError(`nobody can decide the level "${fault.name}": ${fault.approverIds.length} people stand on it`);
  }
}

function isUndecidable({ approverIds, mode }: ApprovalLevel): boolean {
  const isTwice = new Set(approverIds).size < approverIds.length;
  const voices = approverIds.reduce((sum, id) => sum + weightOf(mode, id), 0);
  const needed = 'needed' in mode ? mode.needed : 1;
  return approverIds.length === 0 || isTwice || needed > voices || needed <= 0;
}

/** The seats of one level that the plan gave it: those that are counted. */
export function ownSeats(seats: readonly Seat[], level: number): readonly Seat[] {
  return seats.filter((seat) => seat.level === level && seat.added === undefined && seat.isStandIn === undefined);
}

/** Those who came in by escalation on the level, and decide for all who have not. */
export function standInsFor(seats: readonly Seat[], level: number): readonly Seat[] {
  return seats.filter((seat) => seat.level === level && seat.isStandIn !== undefined && seat.insteadOf === undefined);
}

/**
 * What the voices of one level come to. Nobody's silence counts as a yes, and neither does the silence of a level on which
 * nobody sits: it stays open, whoever speaks beside it.
 */
export function levelResult(plan: ApprovalPlan, seats: readonly Seat[], level: number): 'open' | 'yes' | 'no' {
  const own = ownSeats(seats, level);
  if (own.length === 0) {
    return 'open';
  }
  const standIn = standInsFor(seats, level).find(({ vote }) => vote !== undefined);
  if (standIn?.vote !== undefined) {
    return standIn.vote;
  }
  const yes = weight(own.filter((seat) => saidYes(seats, seat)));
  const no = weight(own.filter((seat) => saidNo(seats, seat)));
  const needed = neededYes(levelAt(plan, level).mode, own);
  if (no > mostNo(levelAt(plan, level).mode, own)) {
    return 'no';
  }
  return yes >= needed ? 'yes' : 'open';
}

/**
 * Whether the level, whose voices are counted, could still come to a yes.
 * @param isAble - whether the seat, and the signers who count with it, could all have said yes in the end
 */
export function canReach(
  plan: ApprovalPlan,
  seats: readonly Seat[],
  level: number,
  isAble: (seat: Seat) => boolean,
): boolean {
  const own = ownSeats(seats, level);
  const reachable = own.filter((seat) => !saidNo(seats, seat) && isAble(seat));
  return weight(reachable) >= neededYes(levelAt(plan, level).mode, own);
}

function neededYes(mode: LevelMode, own: readonly Seat[]): number {
  switch (mode.kind) {
    case 'any':
    case 'claim':
      return 1;
    case 'all':
    case 'in-turn':
      return own.length;
    default:
      return mode.needed;
  }
}

/** More weight than this in voices that say no, and the level is refused. */
function mostNo(mode: LevelMode, own: readonly Seat[]): number {
  return mode.kind === 'quorum' || mode.kind === 'weighted' ? weight(own) - mode.needed : 0;
}

function weight(seats: readonly Seat[]): number {
  return seats.reduce((sum, seat) => sum + seat.weight, 0);
}

/** The seats with one of them changed; which one says its id. */
export function replaceSeat(seats: readonly Seat[], changed: Seat): readonly Seat[] {
  return seats.map((seat) => (seat.seatId === changed.seatId ? changed : seat));
}

/** Why a seat cannot decide now; undefined: it can. */
export type Obstacle = 'decided' | 'with-delegate' | 'not-your-turn' | 'taken-by-another' | 'claim-first';

/** The first thing that stands in the seat's way: its voice is given, its place, its delegate, its signers. */
export function obstacleOf(plan: ApprovalPlan, seats: readonly Seat[], seat: Seat): Obstacle | undefined {
  if (isGiven(seats, seat)) {
    return 'decided';
  }
  const outer = outerObstacle(plan, seats, seat);
  if (outer !== undefined) {
    return outer;
  }
  if (seat.delegate !== undefined) {
    return 'with-delegate';
  }
  const before = signersOf(seats, seat).filter((signer) => signer.added?.where === 'before');
  return before.every((signer) => saidYes(seats, signer)) ? undefined : 'not-your-turn';
}

/** What stands in the way of the seat from outside it: its place in the order, or somebody who has begun. */
function outerObstacle(plan: ApprovalPlan, seats: readonly Seat[], seat: Seat): Obstacle | undefined {
  if (seat.isStandIn !== undefined) {
    return seat.insteadOf === undefined ? undefined : outerObstacle(plan, seats, rootOf(seats, seat));
  }
  if (seat.added !== undefined) {
    const owner = seats.find(({ seatId }) => seatId === seat.added?.to);
    if (owner === undefined) {
      throw new Error(`seat ${seat.seatId} belongs to none`);
    }
    const isOwnersTurn = seat.added.where !== 'after' || owner.vote === 'yes';
    return isOwnersTurn ? outerObstacle(plan, seats, owner) : 'not-your-turn';
  }
  const { mode } = levelAt(plan, seat.level);
  const own = ownSeats(seats, seat.level);
  switch (mode.kind) {
    case 'in-turn':
      return own.slice(0, own.indexOf(seat)).every((earlier) => saidYes(seats, earlier)) ? undefined : 'not-your-turn';
    case 'any':
    case 'claim': {
      const begun = own.find((other) => isBegun(seats, other));
      if (begun !== undefined && begun !== seat) {
        return 'taken-by-another';
      }
      return mode.kind === 'claim' && seat.claimed === undefined ? 'claim-first' : undefined;
    }
    default:
      return undefined;
  }
}

/** Somebody who is asked to do something now, on which level, and whether for an opinion only. */
export interface Asked {
  readonly employeeId: string;
  readonly level: number;
  readonly isForOpinion: boolean;
}

/** Who is asked now, in the order of the seats. */
export function askedNow({ plan, open }: ApprovalState): readonly Asked[] {
  return askedAmong(plan, open?.seats ?? []);
}

/** As {@link askedNow}, were these the seats that are open. */
export function askedAmong(plan: ApprovalPlan, seats: readonly Seat[]): readonly Asked[] {
  return seats.flatMap((seat): readonly Asked[] => {
    const { level, employeeId, delegate } = seat;
    const obstacle = obstacleOf(plan, seats, seat);
    if (levelResult(plan, seats, level) !== 'open') {
      return [];
    }
    if (obstacle === 'with-delegate' && delegate !== undefined) {
      return [{ employeeId: delegate, level, isForOpinion: true }];
    }
    return obstacle === undefined || obstacle === 'claim-first' ? [{ employeeId, level, isForOpinion: false }] : [];
  });
}

/** Employee ids of those who are asked now; nobody twice. */
export function currentApprovers(state: ApprovalState): readonly string[] {
  return [...new Set(askedNow(state).map(({ employeeId }) => employeeId))];
}
