/** Mails to those who have something to do since a change, to those who have nothing to do any more, and to who is to know. */
import { levelText } from '../pages/words.ts';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import type { Effect } from '../process/domain/process.ts';
import type { PersonCommand } from './domain/approval-commands.ts';
import type { ApprovalEvent, Refused } from './domain/approval-events.ts';
import { type ApprovalState, levelAt } from './domain/approval-state.ts';
import { advisedBy, sentBackBy } from './domain/asked-because.ts';
import { peopleToAsk } from './domain/levels.ts';
import type { ApprovalPlan } from './domain/plan.ts';
import { type Asked, askedNow } from './domain/seats.ts';

type TaskTemplate =
  | 'decision-requested'
  | 'decision-opinion'
  | 'decision-returned'
  | 'decision-advised'
  | 'decision-reminder'
  | 'decision-opinion-reminder'
  | 'decision-escalated'
  | 'decision-sign-in'
  | 'decision-out-of-reach';

/** Who is asked before and after says who is to be written to, whatever happened between. */
export function approvalMails(
  before: ApprovalState,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
): readonly Effect[] {
  const [asked, askedBefore] = [askedNow(after), askedNow(before)];
  const actors = events.flatMap((event) => ('employeeId' in event ? [event.employeeId] : []));
  // Whoever is asked the changed question as well hears of it when its level opens.
  const stayers = events.some(({ type }) => type === 'TaskRerouted') ? peopleToAsk(after) : [];
  return [
    ...asked.filter((one) => !isAmong(askedBefore, one)).map((one) => newTaskMail(one, before, after, events)),
    ...askedBefore
      .filter((one) => !isAmong(asked, one) && !actors.includes(one.employeeId) && !stayers.includes(one.employeeId))
      .map((one) => goneMail(one.employeeId, before, newsFor(one, after, events))),
    ...events.flatMap((event) => mailsOf(after, event, asked)),
    ...events.flatMap((event) => copyMails(after, event, askedBefore)),
  ];
}

function isAmong(all: readonly Asked[], one: Asked): boolean {
  return all.some(({ employeeId, level }) => employeeId === one.employeeId && level === one.level);
}

function newTaskMail(
  one: Asked,
  before: ApprovalState,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
): Effect {
  const template = templateFor(one, events);
  if (template !== 'decision-requested') {
    return taskMail(one, template, after);
  }
  const adviser = advisedBy(before, events, one);
  if (adviser !== undefined) {
    return taskMail(one, 'decision-advised', after, { opinionOf: adviser });
  }
  const sender = sentBackBy(after, one);
  return sender === undefined
    ? taskMail(one, template, after)
    : taskMail(one, 'decision-returned', after, { sentBackBy: sender });
}

function templateFor({ employeeId, isForOpinion }: Asked, events: readonly ApprovalEvent[]): TaskTemplate {
  if (events.some((event) => event.type === 'LevelEscalated' && event.addedIds.includes(employeeId))) {
    return 'decision-escalated';
  }
  if (events.some((event) => event.type === 'LevelOutOfReach' && event.addedIds.includes(employeeId))) {
    return 'decision-out-of-reach';
  }
  return isForOpinion ? 'decision-opinion' : 'decision-requested';
}

function mailsOf(after: ApprovalState, event: ApprovalEvent, asked: readonly Asked[]): readonly Effect[] {
  if (event.type === 'LevelReminded' || event.type === 'LevelUrged') {
    return asked
      .filter(({ employeeId }) => event.approverIds.includes(employeeId))
      .map((one) => taskMail(one, one.isForOpinion ? 'decision-opinion-reminder' : 'decision-reminder', after));
  }
  if (event.type === 'LinkLimitChanged' || event.type === 'AmountRaised') {
    return asked
      .filter(({ employeeId }) => event.signInIds.includes(employeeId))
      .map((one) => taskMail(one, 'decision-sign-in', after));
  }
  return event.type === 'LevelEscalated' && event.leftIds.length > 0 ? [noticeOfSilence(after, event.leftIds)] : [];
}

/** Whoever is copied hears of it, and of the end, unless they were asked meanwhile and hear of it as such. */
function copyMails(
  { plan, copies = [] }: ApprovalState,
  event: ApprovalEvent,
  askedBefore: readonly Asked[],
): readonly Effect[] {
  const { title } = plan.document;
  if (event.type === 'TaskCopied') {
    return [copyMail(plan, event.to, event.level)];
  }
  if (event.type !== 'ApprovalClosed') {
    return [];
  }
  return copies
    .filter(({ employeeId }) => !askedBefore.some((one) => one.employeeId === employeeId))
    .map(({ employeeId: to }) => ({
      kind: 'mail',
      mail: { to, template: 'copy-news', facts: { title, outcome: event.outcome } },
    }));
}

/** To whoever is to know of the approval. */
export function copyMail({ approvalId, document: { title } }: ApprovalPlan, to: string, level: number): Effect {
  return { kind: 'mail', mail: { to, template: 'decision-copied', approvalId, level, facts: { title } } };
}

/** Whoever sent a file sees no answer on a page: it is written to them when the file does not count. */
export function fileRefusedMail(
  { plan }: ApprovalState,
  command: PersonCommand,
  { refusal }: Pick<Refused, 'refusal'>,
): readonly Effect[] {
  if (command.kind !== 'attach') {
    return [];
  }
  const facts = { title: plan.document.title, fileName: command.fileName, refusal };
  return [{ kind: 'mail', mail: { to: command.by, template: 'file-refused', facts } }];
}

/** In the words of the mail: what became of the task, and who has it now where it is not settled. */
function newsFor(one: Asked, after: ApprovalState, all: readonly ApprovalEvent[]): GoneFacts {
  const end = all.filter((event) => event.type === 'ApprovalClosed' && event.cause === 'out-of-reach');
  const [first] = [...end, ...all].filter(({ type }) => type !== 'SubstituteAsked');
  const givenTo = handedOnTo(one, all);
  if (all.some((event) => event.type === 'SubstituteAsked' && event.from === one.employeeId)) {
    const decision = all.find((event) => event.type === 'DecisionMade');
    return {
      outcome: 'SubstituteAsked',
      ...(decision === undefined ? { nowWith: givenTo } : { decided: decision.action }),
    };
  }
  const isSettled = first?.type === 'DecisionMade' || first?.type === 'ApprovalClosed' || after.status === 'closed';
  const holders = givenTo === one.employeeId ? holdersOf(after, one.level) : [givenTo];
  return { outcome: outcomeOf(first), ...(isSettled ? {} : { nowWith: holders.join(' ') }) };
}

interface GoneFacts {
  readonly outcome: string;
  /** The action by which whoever took it over decided at once. */
  readonly decided?: string;
  /** Employee ids, separated by spaces. */
  readonly nowWith?: string;
}

/** Employee id of whoever has that task now; the same, where nobody was given it. */
function handedOnTo({ employeeId, level }: Asked, all: readonly ApprovalEvent[]): string {
  let holder = employeeId;
  for (const event of all) {
    const isGiving =
      event.type === 'SubstituteAsked' || event.type === 'TaskHandedOver' || event.type === 'TaskTransferred';
    const from = isGiving && ('from' in event ? event.from : event.employeeId);
    holder = isGiving && event.level === level && from === holder ? event.to : holder;
  }
  return holder;
}

/** Employee ids of who is asked there now, or will be when the level that comes next opens. */
function holdersOf(after: ApprovalState, level: number): readonly string[] {
  const asked = askedNow(after).filter((one) => one.level === level);
  const ids = after.status === 'pending' ? peopleToAsk(after) : asked.map(({ employeeId }) => employeeId);
  return [...new Set(ids)];
}

function outcomeOf(event: ApprovalEvent | undefined): string {
  switch (event?.type) {
    case 'DecisionMade':
      return event.action;
    case 'ApprovalClosed':
      return event.outcome;
    default:
      return event?.type ?? '';
  }
}

/** `who`: employee ids, by what they did. */
function taskMail(
  { employeeId: to, level }: Asked,
  template: TaskTemplate,
  state: ApprovalState,
  who: { readonly opinionOf?: string; readonly sentBackBy?: string } = {},
): Effect {
  const { approvalId, document } = state.plan;
  return { kind: 'mail', mail: { to, template, approvalId, level, facts: { title: document.title, ...who } } };
}

function goneMail(to: string, state: ApprovalState, news: GoneFacts): Effect {
  return { kind: 'mail', mail: { to, template: 'task-gone', facts: { title: state.plan.document.title, ...news } } };
}

function noticeOfSilence(state: ApprovalState, silent: readonly string[]): Effect {
  const level = levelText(levelAt(state.plan, state.level).name);
  const { title } = state.plan.document;
  const problem = {
    en: `Level "${level.en}" of "${title}" was not answered in time, and nobody above those who are silent is left to ask`,
    zh: `“${title}”的审批层级“${level.zh}”超时未处理，且未处理人之上已无人可升级`,
  };
  return operatorNotice(problem, { approvers: silent.join(', ') });
}
