/** What was decided counts no more: somebody takes it back, or sends the question back to an earlier level or the requester. */
import type { ApprovalContext, ReturnCommand, ReworkCommand, TakeBackCommand } from './approval-commands.ts';
import { type ApprovalEvent, type ApprovalResult, NEXT_LEVEL, type Refused, refuse } from './approval-events.ts';
import {
  type ApprovalState,
  type Decision,
  type OpenLevel,
  RETURNED,
  type Seat,
  withoutOpenLevel,
} from './approval-state.ts';
import { closeApproval } from './close.ts';
import { countedDecision } from './part-of.ts';
import { isReturnable } from './plan.ts';
import { refusalOfDeadline, refusalOfDocument, refusalOfPerson, seatFor } from './refusals.ts';
import { remarksWith } from './remarks.ts';
import { firstTogether, ownSeats, replaceSeat } from './seats.ts';
import { isTouched, rootOf, signersOf } from './voices.ts';

/** A question that goes back and forth more often than this is no longer decided by going back. */
const MAX_ROUNDS = 100;
/** Decisions that an approval keeps, with those that count no more, until nothing goes back any more. */
const MAX_DECISIONS = 500;

/** A decision counts no more when it is taken back while its level is open, or before anybody acts on the next one. */
export function takeBack(state: ApprovalState, command: TakeBackCommand, context: ApprovalContext): ApprovalResult {
  const { open } = state;
  const refused =
    refusalOfPerson(state, command, context) ??
    (open === undefined ? undefined : refusalOfDeadline(open, context.now)) ??
    refusalOfDocument(state.plan, command) ??
    refusalOfRepetition(state);
  if (refused !== undefined) {
    return refused;
  }
  const decision = countedDecision(state, { ...command, employeeId: command.by });
  if (decision === undefined) {
    return nothing();
  }
  const seat = open?.seats.find((candidate) => isSeatOf(candidate, command));
  return open !== undefined && seat?.vote !== undefined
    ? takeBackOnOpenLevel(state, open, seat, { command, decision })
    : takeBackLevel(state, { command, decision });
}

function refusalOfRepetition({ round, decisions }: ApprovalState): Refused | undefined {
  return round >= MAX_ROUNDS || decisions.length >= MAX_DECISIONS
    ? refuse('handed-on-too-often', `the question was asked ${round} times and decided ${decisions.length} times`)
    : undefined;
}

interface Taking {
  readonly command: TakeBackCommand;
  readonly decision: Decision;
}

function isSeatOf({ level, employeeId }: Seat, command: TakeBackCommand): boolean {
  return level === command.level && employeeId === command.by;
}

function takeBackOnOpenLevel(state: ApprovalState, open: OpenLevel, seat: Seat, taking: Taking): ApprovalResult {
  if (isBuiltUpon(state, open.seats, seat)) {
    return refuse('nothing-to-take-back', 'somebody has acted because of the decision');
  }
  const seats = replaceSeat(open.seats, withoutVote(seat));
  return taken(state, taking, { ...state, open: { ...open, seats } });
}

/**
 * Somebody has acted because of this voice: who signs after it, who waited for it as for a signer before them, and who comes after
 * in turn. Those who sign beside it, and whoever it signs after, did not.
 */
function isBuiltUpon({ plan }: ApprovalState, seats: readonly Seat[], seat: Seat): boolean {
  const own = ownSeats(seats, seat.level);
  // Who came in for all of the level has no place of their own in its turn.
  const place = own.indexOf(rootOf(seats, seat));
  const isInTurn = plan.levels[seat.level]?.mode.kind === 'in-turn' && place !== -1;
  const following = [
    ...signersOf(seats, seat).filter((signer) => signer.added?.where === 'after'),
    ...(isInTurn ? own.slice(place + 1) : []),
  ];
  return following.some((other) => isTouched(seats, other)) || isWaitedFor(seats, seat);
}

/** Whether somebody has decided to whom the seat was added before, or a seat that was whole only with it. */
function isWaitedFor(seats: readonly Seat[], { added }: Seat): boolean {
  const owner = seats.find(({ seatId }) => seatId === added?.to);
  return owner !== undefined && ((added?.where === 'before' && owner.vote !== undefined) || isWaitedFor(seats, owner));
}

function takeBackLevel(state: ApprovalState, taking: Taking): ApprovalResult {
  const { command } = taking;
  const { last, open } = state;
  const seat = last?.seats.find((candidate) => isSeatOf(candidate, command));
  const word = state.decisions.findLast(({ voided }) => voided === undefined);
  const isLastWord = state.status !== 'closed' && word?.employeeId === command.by && word.round === command.round;
  const isUntouched = open === undefined || !open.seats.some((other) => isTouched(open.seats, other));
  if (last?.round !== command.round || seat?.vote === undefined || !isLastWord || !isUntouched) {
    return nothing();
  }
  const { last: _undone, ...rest } = withoutOpenLevel(state);
  const restored = replaceSeat(last.seats, withoutVote(seat));
  const next: ApprovalState = { ...rest, status: 'pending', level: last.level, restored };
  return { ...taken(state, taking, next), ...(open === undefined ? {} : { answer: NEXT_LEVEL }) };
}

function taken(state: ApprovalState, { command, decision }: Taking, next: ApprovalState) {
  const { by, level, via } = command;
  const decisions = state.decisions.map((one) => (one === decision ? { ...one, voided: 'taken-back' as const } : one));
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
  const tired = refusalOfRepetition(state);
  if (tired !== undefined) {
    return tired;
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

/**
 * The requester is to change what is asked for (退回修改): the approval ends, and what comes in its place is another
 * version with an approval of its own. One of those who are asked is enough, however they decide together.
 */
export function returnToRequester(
  state: ApprovalState,
  command: ReworkCommand,
  context: ApprovalContext,
): ApprovalResult {
  const seated = seatFor(state, command, context);
  if (seated.kind === 'refused') {
    return seated;
  }
  if (!isReturnable(state.plan)) {
    return refuse('not-possible-here', 'the requester has nothing to change here');
  }
  if (command.comment.trim() === '') {
    return refuse('comment-required', 'a return needs a reason');
  }
  const { by: employeeId, level, via } = command;
  const returned: ApprovalEvent = { type: 'ReturnedToRequester', level, employeeId, via };
  const remarks = remarksWith(state, command, context);
  const closed = closeApproval({ ...state, remarks }, RETURNED, 'return', context.now);
  return { ...closed, events: [returned, ...closed.events] };
}
