/** A person decides, and what follows from the voices so far. */
import type { ApprovalContext, DecideCommand } from './approval-commands.ts';
import { type ApprovalEvent, type ApprovalResult, NEXT_LEVEL } from './approval-events.ts';
import { type ApprovalState, type Decision, type Seat, withoutOpenLevel } from './approval-state.ts';
import { closeApproval } from './close.ts';
import type { ApprovalAction, ApprovalPlan } from './plan.ts';
import { coversAmount, refusalOfDecision, seatFor } from './refusals.ts';
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
  const seats = replaceSeat(open.seats, { ...seat, ...voteOf(state.plan, action, context) });
  const refused = refusalOfDecision(state, command, seats);
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
  return settle(decided, seats, action, madeBy(command, seat), context);
}

function voteOf(
  plan: ApprovalPlan,
  action: ApprovalAction | undefined,
  { decider }: ApprovalContext,
): Pick<Seat, 'vote' | 'hadAuthority'> {
  if (action?.effect !== 'advance') {
    return { vote: 'no' };
  }
  return { vote: 'yes', ...(coversAmount(plan, decider) ? { hadAuthority: true } : {}) };
}

function decisionOf(state: ApprovalState, seat: Seat, command: DecideCommand, context: ApprovalContext): Decision {
  return {
    level: seat.level,
    round: state.round,
    employeeId: command.by,
    ...(seat.onBehalfOf === undefined ? {} : { onBehalfOf: seat.onBehalfOf }),
    action: command.action,
    at: context.now.toISOString(),
    ...(context.sequence === undefined ? {} : { sequence: context.sequence }),
  };
}

type Made = Omit<Extract<ApprovalEvent, { type: 'DecisionMade' }>, 'outcome'>;

function madeBy({ by, action, via }: DecideCommand, { level, onBehalfOf }: Seat): Made {
  const whose = onBehalfOf === undefined ? {} : { onBehalfOf };
  return { type: 'DecisionMade', level, employeeId: by, ...whose, action, via };
}

/** What follows from the voices so far. */
function settle(
  state: ApprovalState,
  seats: readonly Seat[],
  action: ApprovalAction,
  made: Made,
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
    return {
      kind: 'events',
      events: [{ ...made, outcome: NEXT_LEVEL }],
      state: { ...withoutOpenLevel(state), status: 'pending', level: next, last },
      answer: NEXT_LEVEL,
    };
  }
  const closed = closeApproval(state, action.outcome, 'decision', context.now);
  return { ...closed, events: [{ ...made, outcome: action.outcome }, ...closed.events] };
}
