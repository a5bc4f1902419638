/**
 * One approval as a reducer: `(state, command, context) -> events | refusal`. Pure, so that every order of commands can
 * be tried. Levels open one after the other; any one approver of the open level decides it. Nothing but a decision by a
 * person who may decide now advances it: a missing approver, a reminder or an escalation never does.
 */
import { compare } from '../../money/money.ts';
import type { Interruption } from '../../process/domain/process.ts';
import { type ApprovalLevel, type ApprovalPlan, needsAuthority } from './plan.ts';

export interface ApprovalState {
  readonly plan: ApprovalPlan;
  /** `pending`: the current level is still to be opened. */
  readonly status: 'pending' | 'open' | 'closed';
  /** Index of the current level, or of the last one reached. */
  readonly level: number;
  /** Only while the status is `open`. */
  readonly open?: OpenLevel;
  readonly decisions: readonly Decision[];
  /** Only once the status is `closed`. */
  readonly outcome?: string;
  readonly closedAt?: string;
}

export interface OpenLevel {
  /** The wait of the state machine that the level's end answers. */
  readonly waitId: string;
  readonly openedAt: string;
  /** No decision counts after it. */
  readonly deadline: string;
  /** Added by escalation. */
  readonly furtherApproverIds: readonly string[];
  readonly reminded: boolean;
  readonly escalated: boolean;
}

export interface Decision {
  /** Index of the level. */
  readonly level: number;
  readonly employeeId: string;
  readonly action: string;
  readonly at: string;
  /** Number of the entry in the process's record. */
  readonly sequence?: number;
}

/** How a decision reached us. A link proves only that somebody has the approver's mail. */
export type DecisionChannel = 'link' | 'operator-tool';

export interface DecideCommand {
  readonly kind: 'decide';
  readonly action: string;
  readonly comment: string;
  /** Employee id of whoever decides. */
  readonly by: string;
  /** Index of the level that the decider was asked about. */
  readonly level: number;
  readonly documentVersion: number;
  readonly via: DecisionChannel;
}

export type ApprovalCommand =
  | { readonly kind: 'open'; readonly waitId: string; readonly openedAt: string }
  | DecideCommand
  | { readonly kind: 'remind' }
  | { readonly kind: 'escalate' }
  | { readonly kind: 'expire' }
  /** By the requester. */
  | { readonly kind: 'withdraw' }
  /** By the process, which was interrupted or asks anew: never with an outcome that only a person can give. */
  | { readonly kind: 'cancel'; readonly outcome: Interruption['outcome'] | 'superseded' };

export interface ApprovalContext {
  readonly now: Date;
  /** The decider as the directory knows them now; undefined: unknown there. Read for `decide` only. */
  readonly decider?: Decider;
  /** Number that the entry of the decision will have in the record. */
  readonly sequence?: number;
}

export interface Decider {
  readonly employeeId: string;
  readonly active: boolean;
  readonly approvalLimit?: string;
}

export type ApprovalEvent =
  | {
      readonly type: 'LevelOpened';
      readonly level: number;
      readonly waitId: string;
      readonly approverIds: readonly string[];
      readonly deadline: string;
    }
  /** The machine came again for a level that was open already: the new wait takes the old one's place. */
  | {
      readonly type: 'LevelReopened';
      readonly level: number;
      readonly waitId: string;
      readonly replacedWaitId: string;
      readonly deadline: string;
    }
  | {
      readonly type: 'DecisionMade';
      readonly level: number;
      readonly employeeId: string;
      readonly action: string;
      readonly via: DecisionChannel;
      /** What the machine is told: `next-level`, or the approval's outcome. */
      readonly outcome: string;
    }
  | { readonly type: 'LevelReminded'; readonly level: number; readonly approverIds: readonly string[] }
  | { readonly type: 'LevelEscalated'; readonly level: number; readonly addedId?: string }
  | { readonly type: 'ApprovalClosed'; readonly level: number; readonly outcome: string; readonly cause: ClosingCause };

export type ClosingCause = 'decision' | 'withdrawal' | 'cancellation' | 'expiry';

/** Why a decision does not count. Stable names: they stand in the record and choose the page's words. */
export type Refusal =
  | 'not-your-task'
  | 'own-request'
  | 'segregation-of-duties'
  | 'over-authority'
  | 'sign-in-required'
  | 'stale-version'
  | 'already-decided'
  | 'expired'
  | 'inactive-person'
  | 'comment-required'
  | 'unknown-action';

export type ApprovalResult =
  | { readonly kind: 'events'; readonly events: readonly ApprovalEvent[]; readonly state: ApprovalState }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly message: string };

/** What the machine is told when another level follows. */
const NEXT_LEVEL = 'next-level';

/** @throws RangeError for a plan without levels or with a level without approvers: it could never be decided. */
export function newApproval(plan: ApprovalPlan): ApprovalState {
  if (plan.levels.length === 0 || plan.levels.some((level) => level.approverIds.length === 0)) {
    throw new RangeError(`approval ${plan.approvalId} has no levels, or a level without approvers`);
  }
  return { plan, status: 'pending', level: 0, decisions: [] };
}

/** The current level as planned. */
export function currentLevel(state: ApprovalState): ApprovalLevel {
  return levelAt(state.plan, state.level);
}

/** @throws RangeError when the plan has no such level. */
export function levelAt(plan: ApprovalPlan, index: number): ApprovalLevel {
  const level = plan.levels[index];
  if (level === undefined) {
    throw new RangeError(`approval ${plan.approvalId} has no level ${index}`);
  }
  return level;
}

/** Everybody who may decide the current level, escalation included. */
export function currentApprovers(state: ApprovalState): readonly string[] {
  return [...currentLevel(state).approverIds, ...(state.open?.furtherApproverIds ?? [])];
}

/**
 * Only `decide` can be refused. The other commands do nothing when there is nothing left for them to do, so that an
 * alarm or a retry that comes twice is harmless.
 */
export function decideApproval(
  state: ApprovalState,
  command: ApprovalCommand,
  context: ApprovalContext,
): ApprovalResult {
  switch (command.kind) {
    case 'open':
      return openLevel(state, command);
    case 'decide':
      return decide(state, command, context);
    case 'remind':
      return remind(state);
    case 'escalate':
      return escalate(state);
    case 'expire':
      return state.status === 'open' ? close(state, 'expired', 'expiry', context) : unchanged(state);
    case 'withdraw':
      return close(state, 'withdrawn', 'withdrawal', context);
    case 'cancel':
      return close(state, command.outcome, 'cancellation', context);
  }
}

/** Hours of a level as an instant after `from`. */
function hoursAfter(from: string, hours: number): Date {
  return new Date(new Date(from).getTime() + hours * 3_600_000);
}

function openLevel(state: ApprovalState, command: { waitId: string; openedAt: string }): ApprovalResult {
  if (state.status === 'closed' || state.open?.waitId === command.waitId) {
    return unchanged(state);
  }
  const level = currentLevel(state);
  const deadline = hoursAfter(command.openedAt, level.expireAfterHours).toISOString();
  const { waitId, openedAt } = command;
  if (state.open !== undefined) {
    const replacedWaitId = state.open.waitId;
    return {
      kind: 'events',
      events: [{ type: 'LevelReopened', level: state.level, waitId, replacedWaitId, deadline }],
      state: { ...state, open: { ...state.open, waitId, openedAt, deadline } },
    };
  }
  return {
    kind: 'events',
    events: [{ type: 'LevelOpened', level: state.level, waitId, approverIds: level.approverIds, deadline }],
    state: {
      ...state,
      status: 'open',
      open: { waitId, openedAt, deadline, furtherApproverIds: [], reminded: false, escalated: false },
    },
  };
}

function decide(state: ApprovalState, command: DecideCommand, context: ApprovalContext): ApprovalResult {
  const refused = refusalOf(state, command, context);
  if (refused !== undefined) {
    return { kind: 'refused', ...refused };
  }
  const action = state.plan.actions.find((candidate) => candidate.action === command.action);
  if (action === undefined) {
    throw new Error('an unknown action must have been refused');
  }
  const decision: Decision = {
    level: state.level,
    employeeId: command.by,
    action: command.action,
    at: context.now.toISOString(),
    ...(context.sequence === undefined ? {} : { sequence: context.sequence }),
  };
  const decided = { ...withoutOpenLevel(state), decisions: [...state.decisions, decision] };
  const advances = action.effect === 'advance' && state.level + 1 < state.plan.levels.length;
  const made: ApprovalEvent = {
    type: 'DecisionMade',
    level: state.level,
    employeeId: command.by,
    action: command.action,
    via: command.via,
    outcome: advances ? NEXT_LEVEL : action.outcome,
  };
  if (advances) {
    return { kind: 'events', events: [made], state: { ...decided, status: 'pending', level: state.level + 1 } };
  }
  const closing = close(decided, action.outcome, 'decision', context);
  return closing.kind === 'events' ? { ...closing, events: [made, ...closing.events] } : closing;
}

/**
 * Why this decision would not count now, or undefined: it counts. The order matters: whether there is anything to
 * decide, then who decides, then what. Authority is needed to say yes; anybody asked may say no.
 */
export function refusalOf(
  state: ApprovalState,
  command: DecideCommand,
  context: ApprovalContext,
): { readonly refusal: Refusal; readonly message: string } | undefined {
  return (
    refusalOfMoment(state, command, context) ??
    refusalOfPerson(state, command, context) ??
    refusalOfContent(state, command) ??
    refusalOfAuthority(state, command, context)
  );
}

function refusalOfMoment(state: ApprovalState, command: DecideCommand, context: ApprovalContext) {
  if (state.outcome === 'expired') {
    return refuse('expired', 'the time to decide is over');
  }
  if (state.status === 'closed' || command.level < state.level) {
    return refuse('already-decided', `the level is closed${state.outcome === undefined ? '' : `: ${state.outcome}`}`);
  }
  if (state.open === undefined || command.level > state.level) {
    return refuse('not-your-task', 'the level is not open yet');
  }
  if (context.now.getTime() > new Date(state.open.deadline).getTime()) {
    return refuse('expired', `the time to decide ended at ${state.open.deadline}`);
  }
  return undefined;
}

function refusalOfPerson(state: ApprovalState, command: DecideCommand, context: ApprovalContext) {
  const { decider } = context;
  if (decider === undefined || decider.employeeId !== command.by || !decider.active) {
    return refuse('inactive-person', 'the directory has nobody active of that id');
  }
  if (!currentApprovers(state).includes(command.by)) {
    return refuse('not-your-task', 'the level is for somebody else');
  }
  if (command.by === state.plan.requesterId) {
    return refuse('own-request', 'nobody decides on their own request');
  }
  const exclusion = state.plan.excluded.find((excluded) => excluded.employeeId === command.by);
  return exclusion === undefined ? undefined : refuse('segregation-of-duties', exclusion.reason);
}

function refusalOfContent(state: ApprovalState, command: DecideCommand) {
  if (command.documentVersion !== state.plan.documentVersion) {
    return refuse('stale-version', `the document is at version ${state.plan.documentVersion}`);
  }
  const action = state.plan.actions.find((candidate) => candidate.action === command.action);
  if (action === undefined) {
    return refuse('unknown-action', `the possible actions are ${state.plan.actions.map((a) => a.action).join(', ')}`);
  }
  return action.commentRequired && command.comment.trim() === ''
    ? refuse('comment-required', `${command.action} needs a reason`)
    : undefined;
}

function refusalOfAuthority(state: ApprovalState, command: DecideCommand, context: ApprovalContext) {
  const { plan } = state;
  if (command.via === 'link' && compare(plan.amount, plan.linkLimit) > 0) {
    return refuse('sign-in-required', `above ${plan.linkLimit} a link alone does not decide`);
  }
  const commits = plan.actions.some((action) => action.action === command.action && action.effect === 'advance');
  const isLast = state.level === plan.levels.length - 1;
  if (commits && isLast && needsAuthority(plan.subject)) {
    const limit = context.decider?.approvalLimit;
    if (limit === undefined || compare(limit, plan.amount) < 0) {
      return refuse('over-authority', `the amount is above the approver's limit of ${limit ?? '0'}`);
    }
  }
  return undefined;
}

function remind(state: ApprovalState): ApprovalResult {
  if (state.open === undefined || state.open.reminded) {
    return unchanged(state);
  }
  return {
    kind: 'events',
    events: [{ type: 'LevelReminded', level: state.level, approverIds: currentApprovers(state) }],
    state: { ...state, open: { ...state.open, reminded: true } },
  };
}

function escalate(state: ApprovalState): ApprovalResult {
  if (state.open === undefined || state.open.escalated) {
    return unchanged(state);
  }
  const addedId = mayBeAdded(state, currentLevel(state).escalateTo);
  return {
    kind: 'events',
    events: [{ type: 'LevelEscalated', level: state.level, ...(addedId === undefined ? {} : { addedId }) }],
    state: {
      ...state,
      open: { ...state.open, escalated: true, furtherApproverIds: addedId === undefined ? [] : [addedId] },
    },
  };
}

function mayBeAdded(state: ApprovalState, employeeId: string | undefined): string | undefined {
  const isBarred =
    employeeId === undefined ||
    employeeId === state.plan.requesterId ||
    currentApprovers(state).includes(employeeId) ||
    state.plan.excluded.some((excluded) => excluded.employeeId === employeeId);
  return isBarred ? undefined : employeeId;
}

function close(state: ApprovalState, outcome: string, cause: ClosingCause, context: ApprovalContext): ApprovalResult {
  if (state.status === 'closed') {
    return unchanged(state);
  }
  return {
    kind: 'events',
    events: [{ type: 'ApprovalClosed', level: state.level, outcome, cause }],
    state: { ...withoutOpenLevel(state), status: 'closed', outcome, closedAt: context.now.toISOString() },
  };
}

function withoutOpenLevel(state: ApprovalState): ApprovalState {
  const { open: _ended, ...rest } = state;
  return rest;
}

function unchanged(state: ApprovalState): ApprovalResult {
  return { kind: 'events', events: [], state };
}

function refuse(refusal: Refusal, message: string) {
  return { refusal, message };
}
