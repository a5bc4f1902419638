/** What was decided counts no more: somebody takes it back, or sends the question back to an earlier level. */
import {
  type ApprovalContext,
  type ApprovalEvent,
  type ApprovalResult,
  type ApprovalState,
  type Decision,
  NEXT_LEVEL,
  type OpenLevel,
  type ReturnCommand,
  refuse,
  type Seat,
  type TakeBackCommand,
  withoutOpenLevel,
} from './approval-state.ts';
import { refusalOfPerson, seatFor } from './refusals.ts';
import { remarksWith } from './remarks.ts';
import { firstTogether, isTouched, ownSeats, replaceSeat, signersOf } from './seats.ts';

/** A question that goes back and forth more often than this is no longer decided by going back. */
const MAX_ROUNDS = 100;

/** A decision counts no more when it is taken back while its level is open, or before anybody acts on the next one. */
export function takeBack(state: ApprovalState, command: TakeBackCommand, context: ApprovalContext): ApprovalResult {
  const refused = refusalOfPerson(state, command, context);
  if (refused !== undefined) {
    return refused;
  }
  const { open } = state;
  return open !== undefined && command.round === state.round
    ? takeBackOnOpenLevel(state, open, command)
    : takeBackLevel(state, command);
}

function takeBackOnOpenLevel(state: ApprovalState, open: OpenLevel, command: TakeBackCommand): ApprovalResult {
  const seat = open.seats.find(({ level, employeeId }) => level === command.level && employeeId === command.by);
  if (seat?.vote === undefined || isBuiltUpon(state, open.seats, seat)) {
    return nothing();
  }
  const seats = replaceSeat(open.seats, withoutVote(seat));
  return taken(state, command, { ...state, open: { ...open, seats } });
}

/** Somebody has acted because of this voice: who comes after it in turn, or signs after it. */
function isBuiltUpon({ plan }: ApprovalState, seats: readonly Seat[], seat: Seat): boolean {
  const own = ownSeats(seats, seat.level);
  const inTurn = plan.levels[seat.level]?.mode.kind === 'in-turn' && own.includes(seat);
  const following = [
    ...signersOf(seats, seat).filter((signer) => signer.added?.where === 'after'),
    ...(inTurn ? own.slice(own.indexOf(seat) + 1) : []),
    ...seats.filter((other) => other.seatId === seat.added?.to && other.vote !== undefined),
  ];
  return following.some((other) => isTouched(seats, other));
}

function takeBackLevel(state: ApprovalState, command: TakeBackCommand): ApprovalResult {
  const { last, open } = state;
  const decision = state.decisions.findLast(({ voided }) => voided === undefined);
  const seat = last?.seats.find(({ level, employeeId }) => level === command.level && employeeId === command.by);
  const isLastWord =
    state.status !== 'closed' && decision?.employeeId === command.by && decision.round === command.round;
  const isUntouched = open === undefined || !open.seats.some((other) => isTouched(open.seats, other));
  if (last?.round !== command.round || seat?.vote === undefined || !isLastWord || !isUntouched) {
    return nothing();
  }
  const { last: _undone, ...rest } = withoutOpenLevel(state);
  const restored = replaceSeat(last.seats, withoutVote(seat));
  const next: ApprovalState = { ...rest, status: 'pending', level: last.level, restored };
  return { ...taken(state, command, next), ...(open === undefined ? {} : { answer: NEXT_LEVEL }) };
}

function taken(state: ApprovalState, command: TakeBackCommand, next: ApprovalState) {
  const { by, level, round, via } = command;
  const isMine = (one: Decision) => one.employeeId === by && one.level === level && one.round === round;
  const decisions = state.decisions.map((one) =>
    isMine(one) && one.voided === undefined ? { ...one, voided: 'taken-back' as const } : one,
  );
  const events: readonly ApprovalEvent[] = [{ type: 'DecisionTakenBack', level, employeeId: by, via }];
  return { kind: 'events', events, state: { ...next, decisions } } as const;
}

function nothing() {
  return refuse('nothing-to-take-back', 'there is no decision that could still be taken back');
}

function withoutVote({ vote: _takenBack, hadAuthority: _of, ...seat }: Seat): Seat {
  return seat;
}

/** The question goes back to a level that has decided already (退回), and comes up again from there. */
export function returnToLevel(state: ApprovalState, command: ReturnCommand, context: ApprovalContext): ApprovalResult {
  const seated = seatFor(state, command, context);
  if (seated.kind === 'refused') {
    return seated;
  }
  const { target, by: employeeId, level, via } = command;
  const isEarlier = Number.isInteger(target) && target >= 0 && target < state.level;
  if (!isEarlier || firstTogether(state.plan, target) !== target) {
    return refuse('no-such-level', `the approval has no earlier level ${target} to return to`);
  }
  if (command.comment.trim() === '') {
    return refuse('comment-required', 'a return needs a reason');
  }
  if (state.round >= MAX_ROUNDS) {
    return refuse('handed-on-too-often', `the question has been asked ${state.round} times`);
  }
  const decisions = state.decisions.map((decision) =>
    decision.level >= target && decision.voided === undefined ? { ...decision, voided: 'returned' as const } : decision,
  );
  const { last: _goneBehind, ...rest } = withoutOpenLevel(state);
  return {
    kind: 'events',
    events: [{ type: 'ReturnedToLevel', level, employeeId, target, via }],
    state: { ...rest, status: 'pending', level: target, decisions, remarks: remarksWith(state, command, context) },
    answer: NEXT_LEVEL,
  };
}
