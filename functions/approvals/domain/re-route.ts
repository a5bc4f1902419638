/** The rules or the organisation have changed: what is still to be decided goes the way that they lead now. */
import { compare } from '../../money/money.ts';
import type { ApprovalContext, RerouteCommand } from './approval-commands.ts';
import { type ApprovalEvent, type Happened, NEXT_LEVEL, unchanged } from './approval-events.ts';
import { type ApprovalState, withoutOpenLevel } from './approval-state.ts';
import { type ApprovalLevel, type ApprovalPlan, OPERATORS } from './plan.ts';
import { refusalOfDeadline } from './refusals.ts';
import { currentApprovers, demandDecidable, firstTogether, levelResult, levelsTogether } from './seats.ts';
import { isMoreThanAsked, judgedAs, splitFacts, type Together } from './together.ts';
import { isGiven } from './voices.ts';

type Gone = ReadonlySet<string>;
const NOBODY: Gone = new Set();

/**
 * Decided levels stay decided. Levels that are open are asked again, of everybody, when the rules name others there now or
 * somebody who is asked has gone: half of an old question and half of a new one would be decided by nobody. Nothing is
 * approved by it: even where the rules ask for less than was decided already, their last level is asked once more. The amount
 * up to which a link alone decides is the rules' as well, also on levels that are open and stay so. Where it is about more than
 * before, nobody's yes to less stands on a level that is open.
 * @throws RangeError for a level that could never be decided
 */
export function reroute(
  state: ApprovalState,
  command: RerouteCommand,
  { gone = NOBODY, now }: ApprovalContext,
): Happened {
  const isOver = state.open !== undefined && refusalOfDeadline(state.open, now) !== undefined;
  if (state.status === 'closed' || isOver || state.plan.subject === 'operator') {
    return unchanged(state);
  }
  demandDecidable(command);
  const { together } = command;
  const hasMore = isMoreThanAsked(state.plan, together);
  const asked = hasMore ? { ...state, plan: judgedAs(state.plan, together) } : state;
  const followed = follow(asked, command, { gone, hasMore });
  return hasMore ? { ...followed, events: [raisedBy(state, followed, together), ...followed.events] } : followed;
}

/** The amount of a question is never lowered: who was asked for a sum may decide it when a piece has gone. */
function raisedBy(before: ApprovalState, { events, state: after }: Happened, together: Together): ApprovalEvent {
  const isAskedAgain = events.some((event) => event.type === 'TaskRerouted' && event.isAskedAgain);
  const { linkLimit } = before.plan;
  // Whom a lower limit of the rules asks to sign in as well hears of it with that.
  const isOver = mayByLink(before.plan) && !mayByLink({ ...after.plan, linkLimit }) && !mayByLink(after.plan);
  const mustSignIn = !isAskedAgain && isOver;
  return {
    type: 'AmountRaised',
    level: before.level,
    before: before.plan.amount,
    ...splitFacts(together, before.plan.document.baseCurrency),
    signInIds: mustSignIn ? currentApprovers(before) : [],
  };
}

function mayByLink({ amount, linkLimit }: Pick<ApprovalPlan, 'amount' | 'linkLimit'>): boolean {
  return compare(amount, linkLimit) <= 0;
}

/** @param hasMore - it is about more than what was voted on so far: the open levels are asked again where anybody voted */
function follow(
  state: ApprovalState,
  command: RerouteCommand,
  { gone, hasMore }: { readonly gone: Gone; readonly hasMore: boolean },
): Happened {
  const { level: first, plan } = state;
  const before = plan.levels.slice(first);
  const after = levelsToCome(plan.levels.slice(0, first), command.levels);
  const isAsked = state.open !== undefined || state.restored !== undefined;
  const isOutOfDate = isOtherQuestion(before, after, gone) || hasGoneSeat(state, gone) || (hasMore && hasVotes(state));
  const isAskedAgain = isAsked && isOutOfDate;
  const levels = after.map((level, index) => keptOr(level, before[index], gone));
  const isSame = levels.length === before.length && levels.every((level, index) => level === before[index]);
  const isSameWay = !isAskedAgain && isSame;
  const limited = withLinkLimit(state, isAskedAgain, command);
  if (isSameWay) {
    return limited;
  }
  const rerouted: ApprovalState = {
    ...limited.state,
    plan: {
      ...limited.state.plan,
      levels: [...plan.levels.slice(0, first), ...levels],
      routing: command.routing,
      ...rulesOf(command.ruledBy),
    },
  };
  return {
    kind: 'events',
    events: [eventOf(first, levels, isAskedAgain, command), ...limited.events],
    state: isAskedAgain ? askedAgain(rerouted) : rerouted,
    ...(isAskedAgain && state.open !== undefined ? { answer: NEXT_LEVEL } : {}),
  };
}

function rulesOf(ruledBy: RerouteCommand['ruledBy']) {
  return ruledBy === undefined ? {} : { ruledBy };
}

/** Whoever is asked again gets a new mail, and need not be told. */
function withLinkLimit(
  state: ApprovalState,
  isAskedAgain: boolean,
  { linkLimit, operator, ruledBy }: RerouteCommand,
): Pick<Happened, 'kind' | 'events' | 'state'> {
  const { plan, level } = state;
  if (compare(plan.linkLimit, linkLimit) === 0) {
    return unchanged(state);
  }
  const mustSignIn = !isAskedAgain && mayByLink(plan) && !mayByLink({ ...plan, linkLimit });
  return {
    kind: 'events',
    events: [
      {
        type: 'LinkLimitChanged',
        level,
        before: plan.linkLimit,
        linkLimit,
        signInIds: mustSignIn ? currentApprovers(state) : [],
        ...rulesOf(ruledBy),
        operator,
      },
    ],
    state: { ...state, plan: { ...plan, linkLimit, ...rulesOf(ruledBy) } },
  };
}

/** Everybody who has something to do in the approval, or will have. */
export function peopleInvolved({ plan, level, open, restored }: ApprovalState): readonly string[] {
  const seats = open?.seats ?? restored ?? [];
  const ids = [
    ...seats.flatMap(({ employeeId, delegate }) => [employeeId, delegate]),
    ...plan.levels.slice(level).flatMap(({ approverIds, escalateTo }) => [...approverIds, escalateTo]),
  ];
  return [...new Set(ids)].filter((id) => id !== undefined).filter((id) => id !== OPERATORS);
}

/** What comes, in the new way, after the last level that is decided; the last of it in any case. */
function levelsToCome(decided: readonly ApprovalLevel[], levels: readonly ApprovalLevel[]): readonly ApprovalLevel[] {
  const names = new Set(decided.map(({ name }) => name));
  const next = levels.findLastIndex(({ name }) => names.has(name)) + 1;
  const last = firstTogether({ levels }, levels.length - 1);
  const [head, ...others] = levels.slice(Math.min(next, last));
  return head === undefined ? [] : [{ ...head, isParallel: false }, ...others];
}

/** Whether other people, or in another manner, are asked on the levels that come next, open or not. */
function isOtherQuestion(before: readonly ApprovalLevel[], after: readonly ApprovalLevel[], gone: Gone): boolean {
  const [old, young] = [before, after].map((levels) => levels.slice(0, levelsTogether({ levels }, 0).length));
  return old?.length !== young?.length || (young ?? []).some((level, index) => !isKept(level, old?.[index], gone));
}

/** The level as it stands, with an operator's hand-over that was made to it, as long as it follows the rules. */
function keptOr(level: ApprovalLevel, before: ApprovalLevel | undefined, gone: Gone): ApprovalLevel {
  if (before === undefined || !isKept(level, before, gone)) {
    return level;
  }
  const { escalateTo, escalationNamed, ...kept } = before;
  const isHandedOver = escalationNamed !== undefined && escalateTo !== undefined && !gone.has(escalateTo);
  if (level.escalateTo === (isHandedOver ? escalationNamed : escalateTo)) {
    return before;
  }
  return level.escalateTo === undefined ? kept : { ...kept, escalateTo: level.escalateTo };
}

function isKept(level: ApprovalLevel, before: ApprovalLevel | undefined, gone: Gone): boolean {
  return (
    before !== undefined &&
    // Whom an operator handed the level over to may have gone as well.
    !before.approverIds.some((id) => gone.has(id) && !level.approverIds.includes(id)) &&
    JSON.stringify(questionOf(before)) === JSON.stringify(questionOf(level))
  );
}

/** Who is asked and how, as the rules name them: not after a hand-over, and not by when. */
function questionOf({ name, approverIds, named, mode, isParallel }: ApprovalLevel) {
  const needed = 'needed' in mode ? mode.needed : undefined;
  const ids = named ?? approverIds;
  // A hand-over takes the weight of a voice with it.
  const weights = mode.kind === 'weighted' ? approverIds.map((id) => mode.weights[id] ?? 1) : [];
  return { name, ids, kind: mode.kind, needed, weights, isParallel };
}

function hasGoneSeat({ plan, open, restored }: ApprovalState, gone: Gone): boolean {
  const seats = open?.seats ?? restored ?? [];
  return seats.some(
    (seat) =>
      !isGiven(seats, seat) &&
      levelResult(plan, seats, seat.level) === 'open' &&
      [seat.employeeId, seat.delegate].some((id) => id !== undefined && gone.has(id)),
  );
}

function hasVotes({ open, restored }: ApprovalState): boolean {
  return (open?.seats ?? restored ?? []).some(({ vote }) => vote !== undefined);
}

/** What was decided on the levels that are asked again counts no more. */
function askedAgain(state: ApprovalState): ApprovalState {
  const { restored: _ofOldPlan, ...rest } = withoutOpenLevel(state);
  const decisions = state.decisions.map((decision) =>
    decision.level >= state.level && decision.voided === undefined
      ? { ...decision, voided: 're-routed' as const }
      : decision,
  );
  return { ...rest, status: 'pending', decisions };
}

function eventOf(
  level: number,
  levels: readonly ApprovalLevel[],
  isAskedAgain: boolean,
  { directoryVersion, operator, ruledBy }: RerouteCommand,
): ApprovalEvent {
  return {
    type: 'TaskRerouted',
    level,
    levels: levels.map(({ name, approverIds }) => ({ name, approverIds })),
    isAskedAgain,
    directoryVersion,
    ...rulesOf(ruledBy),
    operator,
  };
}
