/** A question is asked and answered by the real rules and the real reducer; only the people are invented. */
import { approvalEntries, refusalEntry } from '../../functions/approvals/approval-entries.ts';
import { copyByRule } from '../../functions/approvals/copy-by-rule.ts';
import { decideApproval, newApproval } from '../../functions/approvals/domain/approval.ts';
import type {
  ApprovalCommand,
  ApprovalContext,
  DecideCommand,
  Decider,
  PersonCommand,
} from '../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalResult } from '../../functions/approvals/domain/approval-events.ts';
import type { ApprovalState } from '../../functions/approvals/domain/approval-state.ts';
import { escalatedTo } from '../../functions/approvals/domain/escalate.ts';
import { withKeptVotes } from '../../functions/approvals/domain/keep-votes.ts';
import { peopleToAsk, timesOf } from '../../functions/approvals/domain/levels.ts';
import { type DecisionDocument, OPERATORS } from '../../functions/approvals/domain/plan.ts';
import { askedNow, currentApprovers } from '../../functions/approvals/domain/seats.ts';
import { peopleToJudge } from '../../functions/approvals/judged-people.ts';
import { type ApprovalQuestion, planApproval } from '../../functions/approvals/plan-approval.ts';
import { routingEntry } from '../../functions/approvals/routing-entry.ts';
import { lineFrom, standInsNow } from '../../functions/approvals/stand-ins-now.ts';
import type { NewEntry } from '../../functions/audit/domain/record.ts';
import { compare } from '../../functions/money/money.ts';
import { BusinessRuleError } from '../../functions/runtime/errors.ts';
import { digest, type HistoryCase } from './case.ts';
import type { Answer, People } from './people.ts';

export interface Asked {
  readonly question: ApprovalQuestion;
  readonly documentVersion: number;
  readonly facts?: NewEntry['facts'];
  /** The approval of the version before. */
  readonly before?: ApprovalState | undefined;
}

/**
 * Asks until the question is answered, or the history ends. The case's clock stands at the answer then. Where nobody may
 * decide, the operators are asked instead, who can only give it up: the outcome is `cancelled`.
 */
export async function askPeople(story: HistoryCase, people: People, asked: Asked): Promise<ApprovalState> {
  try {
    return await answered(story, people, await routed(story, asked));
  } catch (error) {
    if (!(error instanceof BusinessRuleError)) {
      throw error;
    }
    return askOperators(story, giveUp(people), { step: 'RouteApproval', error: error.name });
  }
}

/** A step fails, and the operators are asked what to do about it. */
export async function askOperators(
  story: HistoryCase,
  people: People,
  failure: { readonly step: string; readonly error: string },
): Promise<ApprovalState> {
  story.tick(60_000);
  story.say('StepFailed', { ...failure, cause: 'see the log of the function' });
  const question = {
    subject: 'operator',
    requesterId: story.requesterId,
    amount: '0',
    costCentre: '',
    scope: { lines: [{ category: '', currency: story.company.currency }] },
    excluded: [],
  } as const;
  return answered(story, people, await routed(story, { question, documentVersion: 1 }));
}

function giveUp(people: People): People {
  return { ...people, answer: () => ({ action: 'cancel', comment: 'Nobody may approve it' }) };
}

async function routed(
  story: HistoryCase,
  { question, documentVersion, facts = {}, before }: Asked,
): Promise<ApprovalState> {
  const { directory, policies } = story.company;
  const approvalId = `${question.subject}-${digest(`${story.processId} ${story.nextSequence}`).slice(0, 10)}`;
  const plan = await planApproval(
    { ...question, approvalId, documentVersion, document: DOCUMENT },
    { directory, policies },
  );
  const fresh = newApproval(plan);
  const approval = before === undefined ? fresh : withKeptVotes(fresh, before, () => true);
  const copied = copyByRule(story.processId, approval, story.now);
  story.add(routingEntry(copied.approval, { policyDigest: policies.inForce().digest, ...facts }), ...copied.entries);
  return copied.approval;
}

async function answered(story: HistoryCase, people: People, asked: ApprovalState): Promise<ApprovalState> {
  let state = asked;
  while (state.status !== 'closed' && !story.isOver) {
    story.tick();
    state = await opened(story, state);
    state = await answeredLevel(story, people, state);
  }
  return state;
}

async function opened(story: HistoryCase, state: ApprovalState): Promise<ApprovalState> {
  const { directory, countedBy } = story.company;
  const { now } = story;
  const substitutes = await standInsNow(directory, peopleToAsk(state), now, state.plan.subject);
  const standIns = [...substitutes.values()].flat().map(({ employeeId }) => employeeId);
  const judged = await peopleToJudge(directory, state, standIns);
  const waitId = `${story.processId}/OpenLevel/${now.toISOString()}`;
  const command: ApprovalCommand = { kind: 'open', waitId, openedAt: now.toISOString() };
  const result = decideApproval(state, command, { now, hoursAfter: hoursOf(story, state), substitutes, ...judged });
  return recorded(story, state, result, undefined, countedBy);
}

function hoursOf({ company }: HistoryCase, state: ApprovalState) {
  return timesOf(state, state.level).isOnTheClock ? company.onTheClock : company.hoursAfter;
}

/** Until the open level is answered: whoever is first, a person or an alarm. */
async function answeredLevel(story: HistoryCase, people: People, opening: ApprovalState): Promise<ApprovalState> {
  const waitId = opening.open?.waitId;
  const replies = new Map<string, Date>();
  const alarms = alarmsOf(story, opening);
  let state = opening;
  while (state.open !== undefined && state.open.waitId === waitId && !story.isOver) {
    for (const { employeeId } of askedNow(state)) {
      if (!replies.has(employeeId)) {
        replies.set(employeeId, people.replyTime(employeeId, story.now, state.plan.subject));
        story.mail('decision-requested', employeeId, { approvalId: state.plan.approvalId, level: state.level });
      }
    }
    const [reply] = currentApprovers(state)
      .map((employeeId) => ({ employeeId, at: replies.get(employeeId) ?? NEVER }))
      .sort((one, other) => one.at.getTime() - other.at.getTime());
    const alarm = alarms[0];
    if (reply !== undefined && (alarm === undefined || reply.at < alarm.at)) {
      story.now = laterOf(reply.at, story.now);
      replies.set(reply.employeeId, NEVER);
      state = await said(story, people, state, reply.employeeId);
    } else if (alarm !== undefined) {
      alarms.shift();
      story.now = laterOf(alarm.at, story.now);
      state = await rung(story, state, alarm.kind);
    } else {
      return state;
    }
  }
  return state;
}

const NEVER = new Date(8_640_000_000_000_000);

function laterOf(one: Date, other: Date): Date {
  return one > other ? one : other;
}

function alarmsOf(story: HistoryCase, state: ApprovalState) {
  const { remindAfterHours, escalateAfterHours, expireAfterHours } = timesOf(state, state.level);
  const openedAt = state.open?.openedAt ?? story.now.toISOString();
  const after = hoursOf(story, state);
  return [
    { kind: 'remind' as const, at: after(openedAt, remindAfterHours) },
    { kind: 'escalate' as const, at: after(openedAt, escalateAfterHours) },
    { kind: 'expire' as const, at: after(openedAt, expireAfterHours) },
  ];
}

async function rung(
  story: HistoryCase,
  state: ApprovalState,
  kind: 'remind' | 'escalate' | 'expire',
): Promise<ApprovalState> {
  const { directory } = story.company;
  const above = kind === 'escalate' ? await peopleAbove(story, state) : {};
  const judged = await peopleToJudge(directory, state);
  return recorded(story, state, decideApproval(state, { kind }, { now: story.now, ...above, ...judged }));
}

async function peopleAbove({ company: { directory }, now }: HistoryCase, state: ApprovalState) {
  const named = [...new Set(escalatedTo(state))];
  const lines = new Map(await Promise.all(named.map(async (id) => [id, await lineFrom(directory, id)] as const)));
  const here = [...lines.values()].flat().filter(({ active }) => active);
  const ids = here.map(({ employeeId }) => employeeId);
  return { lines, substitutes: await standInsNow(directory, ids, now, state.plan.subject) };
}

/** Somebody answers; what does not count is recorded, and tried again after signing in where that was missing. */
async function said(
  story: HistoryCase,
  people: People,
  state: ApprovalState,
  employeeId: string,
): Promise<ApprovalState> {
  const answer = people.answer(employeeId, state);
  const needsSignIn = compare(state.plan.amount, state.plan.linkLimit) > 0;
  const command = commandOf(state, employeeId, answer, needsSignIn && people.signsInFirst() ? 'signed-in' : 'link');
  const context = await contextOf(story, state, employeeId);
  const result = decideApproval(state, command, context);
  if (result.kind === 'refused' && result.refusal === 'sign-in-required') {
    story.add(refusalEntry(state, { command }, result));
    story.tick(60_000);
    const again = { ...command, via: 'signed-in' as const };
    return recorded(story, state, decideApproval(state, again, { ...context, now: story.now }), again);
  }
  return recorded(story, state, result, command);
}

function commandOf(
  state: ApprovalState,
  by: string,
  { action, comment }: Answer,
  via: DecideCommand['via'],
): PersonCommand {
  const level = state.open?.seats.find((seat) => seat.employeeId === by)?.level ?? state.level;
  const said = { by, level, round: state.round, documentVersion: state.plan.documentVersion, comment };
  return action === 'return'
    ? { kind: 'return-to-requester', ...said, via }
    : { kind: 'decide', action, ...said, via: by === OPERATORS ? 'operator-tool' : via };
}

async function contextOf(story: HistoryCase, state: ApprovalState, employeeId: string): Promise<ApprovalContext> {
  const { directory } = story.company;
  const decider: Decider | undefined =
    employeeId === OPERATORS ? { employeeId, active: true } : await directory.person(employeeId);
  const judged = await peopleToJudge(directory, state);
  return { now: story.now, sequence: story.nextSequence, ...(decider === undefined ? {} : { decider }), ...judged };
}

function recorded(
  story: HistoryCase,
  state: ApprovalState,
  result: ApprovalResult,
  command?: PersonCommand,
  countedBy: NewEntry['facts'] = {},
): ApprovalState {
  const operator = command?.by === OPERATORS ? { operator: 'Lin' } : {};
  const attempt = command === undefined ? undefined : { command, ...operator };
  if (result.kind === 'refused') {
    if (attempt !== undefined) {
      story.add(refusalEntry(state, attempt, result));
    }
    return state;
  }
  const entries = approvalEntries(state, result.events, attempt);
  story.add(...entries.map((entry) => ({ ...entry, facts: { ...entry.facts, ...countedBy } })));
  return result.state;
}

/** Nobody looks at it. */
const DOCUMENT: DecisionDocument = {
  title: '',
  currency: '',
  total: '0',
  baseTotal: '0',
  baseCurrency: '',
  lines: [],
  notes: [],
};
