/** A person decides, and what follows from the voices so far. */
import type { ApprovalContext, DecideCommand } from './approval-commands.ts';
import { type ApprovalEvent, type ApprovalResult, NEXT_LEVEL } from './approval-events.ts';
import { type ApprovalState, type Decision, type Seat, withoutOpenLevel } from './approval-state.ts';
import { bringsAuthority } from './authority.ts';
import { closeApproval } from './close.ts';
import { refusalOfSecondLevel } from './decided-before.ts';
import { choiceFor, chosenNext, withChosen } from './next-choice.ts';
import type { ApprovalAction, ApprovalPlan } from './plan.ts';
import { refusalOfDecision, seatFor } from './refusals.ts';
import { levelAfter, levelResult, levelsTogether, replaceSeat } from './seats.ts';

/** Others on the open levels are still to decide. */
const UNDECIDED = 'undecided';

/** Counts a decision, or refuses it. */
export function decide(state: ApprovalState, command: DecideCommand, context: ApprovalContext): ApprovalResult {
  const seated = seatFor(state, command, context);
  if (seated.kind === 'refused') {
    return seated;
  }
  const { open, seat } = seated;
  const action = state.plan.actions.find((candidate) => candidate.action === command.action);
  const seats = replaceSeat(open.seats, { ...seat, ...voteOf(state.plan, seat, action, context) });
  const refused =
    refusalOfDecision(state, command, { seats, seat }, context) ??
    (action?.effect === 'advance' ? refusalOfSecondLevel(state, open.seats, seat) : undefined);
  if (refused !== undefined) {
    return refused;
  }
  if (action === undefined) {
    throw new Error('an unknown action must have been refused');
  }
  const decided: ApprovalState = {
    ...state,
    open: { ...open, seats },
    decisions: [...state.decisions, decisionOf(state, seat, command, context)],
  };
  return settle(decided, seats, action, { command, made: madeBy(command, seat) }, context);
}

function voteOf(
  plan: ApprovalPlan,
  seat: Seat,
  action: ApprovalAction | undefined,
  { decider, people }: ApprovalContext,
): Pick<Seat, 'vote' | 'hadAuthority'> {
  if (action?.effect !== 'advance') {
    return { vote: 'no' };
  }
  return { vote: 'yes', ...(bringsAuthority(plan, seat, decider, people) ? { hadAuthority: true } : {}) };
}

function decisionOf(state: ApprovalState, seat: Seat, command: DecideCommand, context: ApprovalContext): Decision {
  return {
    level: seat.level,
    round: state.round,
    employeeId: command.by,
    ...(seat.onBehalfOf === undefined ? {} : { onBehalfOf: seat.onBehalfOf }),
    ...(seat.added === undefined && seat.isStandIn === undefined ? {} : { isExtra: true }),
    action: command.action,
    at: context.now.toISOString(),
    ...(context.sequence === undefined ? {} : { sequence: context.sequence }),
  };
}

type Made = Omit<Extract<ApprovalEvent, { type: 'DecisionMade' }>, 'outcome' | 'next'>;

function madeBy({ by, action, via }: DecideCommand, { level, onBehalfOf }: Seat): Made {
  const whose = onBehalfOf === undefined ? {} : { onBehalfOf };
  return { type: 'DecisionMade', level, employeeId: by, ...whose, action, via };
}

/** What follows from the voices so far. */
function settle(
  state: ApprovalState,
  seats: readonly Seat[],
  action: ApprovalAction,
  { command, made }: { readonly command: DecideCommand; readonly made: Made },
  context: ApprovalContext,
): ApprovalResult {
  const results = levelsTogether(state.plan, state.level).map((level) => levelResult(state.plan, seats, level));
  const isRefused = results.includes('no');
  const next = levelAfter(state.plan, state.level);
  if (!isRefused && results.includes('open')) {
    return { kind: 'events', events: [{ ...made, outcome: UNDECIDED }], state };
  }
  if (!isRefused && next !== undefined) {
    const last = { level: state.level, round: state.round, seats };
    const goneOn: ApprovalState = { ...withoutOpenLevel(state), status: 'pending', level: next, last };
    return goOn(goneOn, command, made, context);
  }
  const closed = closeApproval(state, action.outcome, 'decision', context.now);
  return { ...closed, events: [{ ...made, outcome: action.outcome }, ...closed.events] };
}

/** The next level is to be opened, with whom whoever decided last has chosen for it where the rules leave it to them. */
function goOn(state: ApprovalState, command: DecideCommand, made: Made, context: ApprovalContext): ApprovalResult {
  const choice = choiceFor(state, state.level, command.by);
  const event = { ...made, outcome: NEXT_LEVEL };
  if (choice === undefined) {
    return { kind: 'events', events: [event], state, answer: NEXT_LEVEL };
  }
  const chosen = chosenNext(choice, command, context);
  if (chosen.kind === 'refused') {
    return chosen;
  }
  const { employeeId: next } = chosen;
  const plan = withChosen(state.plan, choice, next);
  return { kind: 'events', events: [{ ...event, next }], state: { ...state, plan }, answer: NEXT_LEVEL };
}
