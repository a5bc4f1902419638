/** Why a person's command does not count now. The order matters: the moment, who it is, their seat, then what they want. */
import { compare } from '../../money/money.ts';
import type { ApprovalContext, DecideCommand, PersonCommand } from './approval-commands.ts';
import { type Refused, refuse } from './approval-events.ts';
import { type ApprovalState, type OpenLevel, RETURNED, type Seat } from './approval-state.ts';
import { refusalOfAuthority } from './authority.ts';
import { copyFor } from './part-of.ts';
import { type ApprovalPlan, NO_LINK } from './plan.ts';
import { levelResult, type Obstacle, obstacleOf } from './seats.ts';
import { isMoreThanAsked } from './together.ts';

/** The seat that a command is about, or why the command does not count. */
export type Seated = { readonly kind: 'seated'; readonly open: OpenLevel; readonly seat: Seat } | Refused;

/** Everything but what the command itself asks for: the moment, the person, their seat and its turn. */
export function seatFor(state: ApprovalState, command: PersonCommand, context: ApprovalContext): Seated {
  const { open } = state;
  const refused = refusalOfMoment(state, command, context) ?? refusalOfPerson(state, command, context);
  if (refused !== undefined) {
    return refused;
  }
  const seat = open?.seats.find((candidate) => candidate.level === command.level && isHeldBy(candidate, command));
  if (open === undefined || seat === undefined) {
    return copyFor(state, command.by) === undefined
      ? refuse('not-your-task', 'the level is for somebody else')
      : refuse('copied-only', 'the person was copied, and decides nothing');
  }
  return refusalOfSeat(state, open, seat, command) ?? { kind: 'seated', open, seat };
}

/** An opinion is given by whoever was asked for it; everything else is done by who holds the seat. */
function isHeldBy(seat: Seat, { kind, by }: PersonCommand): boolean {
  const isDelegate = seat.delegate === by;
  return kind === 'give-back' ? isDelegate : seat.employeeId === by || (addsOnly(kind) && isDelegate);
}

/** True for what adds to the question, as whoever is asked for an opinion may too. */
function addsOnly(kind: PersonCommand['kind']): boolean {
  return kind === 'comment' || kind === 'attach';
}

/** True for what leaves the decision as it is. */
function decidesNothing(kind: PersonCommand['kind']): boolean {
  return addsOnly(kind) || kind === 'copy';
}

function refusalOfMoment(
  state: ApprovalState,
  command: PersonCommand,
  { now, documentVersion }: ApprovalContext,
): Refused | undefined {
  if (documentVersion !== undefined && documentVersion !== state.plan.documentVersion) {
    return refuse('stale-version', `the document is at version ${documentVersion}`);
  }
  if (state.outcome === RETURNED) {
    return refuse('returned', 'the requester is to change it first');
  }
  if (state.outcome === 'expired') {
    return refuse('expired', 'the time to decide is over');
  }
  if (state.outcome === 'withdrawn') {
    return refuse('withdrawn', 'the requester has withdrawn the request');
  }
  if (state.status === 'closed' || command.round < state.round) {
    return refuse('already-decided', `the level is closed${state.outcome === undefined ? '' : `: ${state.outcome}`}`);
  }
  if (state.open === undefined || command.round > state.round) {
    return hasDecided(state, command)
      ? refuse('already-decided', 'the person has decided')
      : refuse('not-your-task', 'the level is not open');
  }
  return refusalOfDeadline(state.open, now);
}

function hasDecided({ decisions }: ApprovalState, { by, level, round }: PersonCommand): boolean {
  return decisions.some((made) => made.employeeId === by && made.level === level && made.round === round);
}

/** After the deadline nothing counts, whether or not the alarm has rung yet. */
export function refusalOfDeadline({ deadline }: OpenLevel, now: Date): Refused | undefined {
  return now.getTime() > new Date(deadline).getTime()
    ? refuse('expired', `the time to decide ended at ${deadline}`)
    : undefined;
}

/** Who may never decide here, whatever seat they have. */
export function refusalOfPerson(
  { plan }: ApprovalState,
  { by }: PersonCommand,
  { decider }: ApprovalContext,
): Refused | undefined {
  if (decider === undefined || decider.employeeId !== by || !decider.active) {
    return refuse('inactive-person', 'the directory has nobody active of that id');
  }
  if (by === plan.requesterId) {
    return refuse('own-request', 'nobody decides on their own request');
  }
  const exclusion = plan.excluded.find(({ employeeId }) => employeeId === by);
  return exclusion === undefined ? undefined : refuse('segregation-of-duties', exclusion.reason);
}

const OBSTACLES: { readonly [obstacle in Obstacle]: readonly [refusal: Refused['refusal'], message: string] } = {
  decided: ['already-decided', 'the person has decided'],
  'with-delegate': ['with-delegate', 'somebody was asked for an opinion and has not answered yet'],
  'not-your-turn': ['not-your-turn', 'others are to decide before'],
  'taken-by-another': ['taken-by-another', 'somebody else has taken the task up'],
  'claim-first': ['claim-first', 'the task is claimed before it is decided'],
};

/** What each command may do although the seat cannot decide now. */
const PERMITTED: { readonly [kind in PersonCommand['kind']]?: readonly Obstacle[] } = {
  comment: ['decided', 'with-delegate', 'not-your-turn', 'taken-by-another', 'claim-first'],
  attach: ['decided', 'with-delegate', 'not-your-turn', 'taken-by-another', 'claim-first'],
  copy: ['decided', 'with-delegate', 'not-your-turn', 'taken-by-another', 'claim-first'],
  claim: ['claim-first'],
  'give-back': ['with-delegate'],
  recall: ['with-delegate'],
  'remove-signer': ['not-your-turn'],
};

function refusalOfSeat(
  { plan }: ApprovalState,
  { seats }: OpenLevel,
  seat: Seat,
  command: PersonCommand,
): Refused | undefined {
  if (levelResult(plan, seats, seat.level) !== 'open') {
    return refuse('already-decided', 'the level is decided');
  }
  const obstacle = obstacleOf(plan, seats, seat);
  if (obstacle !== undefined && PERMITTED[command.kind]?.includes(obstacle) !== true) {
    return refuse(...OBSTACLES[obstacle]);
  }
  return refusalOfDocument(plan, command);
}

/** The person was asked about another version, or about more than their way of answering may decide. */
export function refusalOfDocument(plan: ApprovalPlan, command: PersonCommand): Refused | undefined {
  if (command.documentVersion !== plan.documentVersion) {
    return refuse('stale-version', `the document is at version ${plan.documentVersion}`);
  }
  const mayByLink = decidesNothing(command.kind) || command.via !== 'link' || compare(plan.amount, plan.linkLimit) <= 0;
  if (mayByLink) {
    return undefined;
  }
  return command.signedInAs === undefined
    ? refuse('sign-in-required', `${byLimit(plan)}a link alone does not decide`)
    : refuse('sign-in-as-approver', `${byLimit(plan)}the person who was asked signs in, and nobody else`);
}

function byLimit({ linkLimit }: ApprovalPlan): string {
  return linkLimit === NO_LINK ? '' : `above ${linkLimit} `;
}

/** What is wrong with the decision itself. `seats`: as they would be with it; `seat`: of whoever decides. */
export function refusalOfDecision(
  { plan }: ApprovalState,
  command: DecideCommand,
  { seats, seat }: { readonly seats: readonly Seat[]; readonly seat: Seat },
  { people, together }: ApprovalContext,
): Refused | undefined {
  const action = plan.actions.find((candidate) => candidate.action === command.action);
  if (action === undefined) {
    return refuse('unknown-action', `the possible actions are ${plan.actions.map((one) => one.action).join(', ')}`);
  }
  if (action.commentRequired && command.comment.trim() === '') {
    return refuse('comment-required', `${command.action} needs a reason`);
  }
  if (action.effect !== 'advance') {
    return undefined;
  }
  return isMoreThanAsked(plan, together)
    ? refuse('split-purchases', `with other purchases it is ${together.amount}, and ${plan.amount} was asked about`)
    : refusalOfAuthority(plan, seats, seat, people);
}

/** Why a task cannot be given to that person; undefined: it can. */
export function refusalOfTarget(
  { plan, open }: ApprovalState,
  level: number,
  to: string,
  { target }: ApprovalContext,
): Refused | undefined {
  // What was typed may be anybody's name, and the record keeps a refusal's message for good: it is not repeated.
  const unfit = (why: string) => refuse('unfit-person', `whoever is named ${why}`);
  if (plan.subject === 'operator') {
    return refuse('not-possible-here', 'a question to the operators stays with them');
  }
  if (target === undefined || target.employeeId !== to || !target.active) {
    return unfit('is nobody active in the directory');
  }
  if (to === plan.requesterId) {
    return unfit('is the requester');
  }
  const exclusion = plan.excluded.find(({ employeeId }) => employeeId === to);
  if (exclusion !== undefined) {
    return unfit(exclusion.reason);
  }
  const isThere = open?.seats.some((seat) => seat.level === level && (seat.employeeId === to || seat.delegate === to));
  return isThere === true ? unfit('is asked on this level already') : undefined;
}
