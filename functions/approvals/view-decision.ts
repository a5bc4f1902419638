/** What a person sees who is asked to decide: the document, what was decided before, and what they may decide now. */
import type { PersonalValues } from '../audit/domain/record.ts';
import type { Directory } from '../directory/port.ts';
import { versionOf } from '../process/domain/process.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { readHead } from '../process/update-process.ts';
import type { Clock } from '../runtime/ambient.ts';
import { deciderOf } from './act-on-approval.ts';
import { readApproval } from './approval-store.ts';
import { choiceOf, choosableFor } from './choosable.ts';
import type { Refusal } from './domain/approval-events.ts';
import { type ApprovalState, levelAt } from './domain/approval-state.ts';
import type { DocumentChanges } from './domain/compare-documents.ts';
import type { RequestsSince } from './domain/decision-facts.ts';
import { ableOf } from './domain/next-choice.ts';
import { countedDecision } from './domain/part-of.ts';
import type { ApprovalAction, ApprovalSubject, DecisionDocument } from './domain/plan.ts';
import type { TakenOver } from './domain/substitutes.ts';
import { aboutTheSame, changesSince, earlierVersionsFor } from './earlier-versions.ts';
import { peopleToJudge } from './judged-people.ts';
import type { OpenedQuestion } from './links.ts';
import { attemptBy, type Moment, type OfferedTasks, offeredTasks } from './offered-tasks.ts';
import { requestsSince } from './requests-since.ts';
import {
  attachmentsFor,
  describeAttachments,
  documentFilesFor,
  nameOf,
  type ShownAttachment,
} from './shown-attachments.ts';
import { commentOf, describeEarlier, describeVoices, type EarlierDecision, type SaidBefore } from './shown-voices.ts';
import { asStandIn } from './stand-in.ts';

export interface ViewDeps {
  readonly store: ProcessStore;
  readonly directory: Directory;
  readonly clock: Clock;
}

/** Somebody who is to know. */
export interface ShownCopy {
  readonly name: string;
  /** Name of who copied them; empty: the rules did. */
  readonly by: string;
  readonly at: string;
  /** Empty: there was none, or it was erased. */
  readonly note: string;
}

interface NamedPerson {
  readonly employeeId: string;
  readonly name: string;
}

export interface DecisionView {
  readonly link: OpenedQuestion;
  /** Name of whoever is asked; an employee id where the directory knows no name. */
  readonly person: string;
  /** IANA zone of the person; undefined: the company's. */
  readonly timeZone?: string;
  /** False: the person has left or is unknown, and sees nothing. */
  readonly isActive: boolean;
  readonly subject: ApprovalSubject;
  readonly document: DecisionDocument;
  /** Of the document, from 1. */
  readonly version: number;
  /** Since the version that was returned. Absent: the document takes the place of none. */
  readonly changes?: DocumentChanges;
  /** As long as it is asked. Absent: nothing came into its row since. */
  readonly requestsSince?: RequestsSince;
  readonly costCentreName?: string;
  readonly levelName: string;
  /** Only while the level is open. */
  readonly deadline?: string;
  readonly earlier: readonly EarlierDecision[];
  /** About the versions before, oldest first. Empty for whoever has nothing to do with the approval any more. */
  readonly saidBefore: readonly SaidBefore[];
  /** What the person themselves decided at this level. */
  readonly own?: EarlierDecision & { readonly sequence?: number };
  /** Oldest first. */
  readonly copies: readonly ShownCopy[];
  /** Empty for whoever has nothing to do with the approval any more. */
  readonly attachments: readonly ShownAttachment[];
  /** What would count now. */
  readonly offered: readonly ApprovalAction[];
  /** Among whom whoever decides last here chooses for the next level; absent: nobody is to be chosen. */
  readonly next?: { readonly levelName: string; readonly candidates: readonly NamedPerson[] };
  /** What the person may do besides deciding. */
  readonly tasks: OfferedTasks;
  /** Why some or all actions are not offered. */
  readonly refusal?: Refusal;
  /** Names of those who may say yes, where the limit of whoever stands in does not let them. */
  readonly mayDecide?: readonly string[];
  /** Only once the approval is closed. */
  readonly outcome?: string;
}

/** @throws Error for a question whose approval does not exist: questions are made from approvals. */
export async function viewOf(deps: ViewDeps, link: OpenedQuestion): Promise<DecisionView> {
  const stored = await readApproval(deps.store, link.processId, link.approvalId);
  if (stored === undefined) {
    throw new Error(`process ${link.processId} has no approval ${link.approvalId}`);
  }
  const taken = await asStandIn(deps, stored, link);
  const approval = taken.state;
  const { plan } = approval;
  const before = await earlierVersionsFor(deps.store, link, approval);
  const attached = attachmentsFor(link, approval, before);
  const asked = aboutTheSame(approval, before);
  const personal = await personalOf(deps.store, link.processId, [...asked, approval], attached.length);
  const [head, decider, voices, saidBefore, copies, attachments, costCentre, since] = await Promise.all([
    readHead(deps.store, link.processId),
    deciderOf(deps.directory, link.employeeId),
    describeVoices(deps.directory, approval, personal),
    describeEarlier(deps.directory, approval, asked, personal),
    describeCopies(deps.directory, approval, personal),
    describeAttachments(deps.directory, attached, personal),
    deps.directory.costCentre(plan.document.costCentre ?? ''),
    requestsSince(deps, link.processId, approval),
  ]);
  const counted = countedDecision(approval, link);
  const own = voices.find(
    (voice) =>
      'round' in voice &&
      voice.round === counted?.round &&
      voice.level === counted.level &&
      voice.employeeId === counted.employeeId &&
      !voice.isVoid,
  );
  const moment: Moment = {
    now: deps.clock.now(),
    documentVersion: versionOf(head ?? {}),
    choosable: await choosableFor(deps.directory, approval, link.employeeId),
    ...(await peopleToJudge(deps.directory, approval)),
    ...(decider === undefined ? {} : { decider }),
  };
  const isCurrent = approval.open !== undefined && approval.round === link.round;
  return {
    link,
    ...(await readerOf(deps.directory, link.employeeId)),
    isActive: decider?.active === true,
    subject: plan.subject,
    document: plan.document,
    version: plan.documentVersion,
    ...changesSince(approval, before),
    levelName: levelAt(plan, link.level).name,
    copies,
    attachments: [...documentFilesFor(approval, link.employeeId), ...attachments],
    earlier: voices.filter((voice) => voice !== own),
    saidBefore,
    ...(await actionsFor(deps.directory, taken, link, moment)),
    ...(await nextFor(deps.directory, approval, link, moment)),
    tasks: await namedTasks(deps.directory, offeredTasks(taken, link, moment)),
    ...(costCentre === undefined ? {} : { costCentreName: costCentre.name }),
    ...(isCurrent && approval.open !== undefined ? { deadline: approval.open.deadline } : {}),
    ...(since === undefined ? {} : { requestsSince: since }),
    ...(own === undefined ? {} : { own }),
    ...(approval.outcome === undefined ? {} : { outcome: approval.outcome }),
  };
}

async function readerOf(directory: Directory, employeeId: string): Promise<Pick<DecisionView, 'person' | 'timeZone'>> {
  const { name = employeeId, timeZone } = (await directory.person(employeeId)) ?? {};
  return { person: name, ...(timeZone === undefined ? {} : { timeZone }) };
}

/** Signers by their names, for people. */
async function namedTasks(directory: Directory, tasks: OfferedTasks): Promise<OfferedTasks> {
  const removable = await named(
    directory,
    tasks.removable.map(({ employeeId }) => employeeId),
  );
  return { ...tasks, removable };
}

function named(directory: Directory, employeeIds: readonly string[]): Promise<readonly NamedPerson[]> {
  return Promise.all(
    employeeIds.map(async (employeeId) => ({ employeeId, name: await nameOf(directory, employeeId) })),
  );
}

async function nextFor(
  directory: Directory,
  approval: ApprovalState,
  link: OpenedQuestion,
  moment: Moment,
): Promise<Pick<DecisionView, 'next'>> {
  const choice = choiceOf(approval, link.employeeId);
  const able = choice === undefined ? [] : ableOf(choice, moment);
  if (choice === undefined || able.length <= 1) {
    return {};
  }
  const { name: levelName } = levelAt(approval.plan, choice.level);
  return { next: { levelName, candidates: await named(directory, able) } };
}

/** Tries each action as the person would: with a comment and a choice, since they can still write the one and make the other. */
async function actionsFor(directory: Directory, taken: TakenOver, link: OpenedQuestion, moment: Moment) {
  const choice = choiceOf(taken.state, link.employeeId);
  const next = choice === undefined ? undefined : ableOf(choice, moment)[0];
  const tried = taken.state.plan.actions.map((action) => ({
    action,
    hindrance: attemptBy(taken, link, moment, { kind: 'decide', action: action.action, next, comment: 'a comment' }),
  }));
  const hindrance = tried.find((one) => one.hindrance !== undefined)?.hindrance;
  const may = await named(directory, hindrance?.may ?? []);
  return {
    offered: tried.filter((one) => one.hindrance === undefined).map(({ action }) => action),
    ...(hindrance === undefined ? {} : { refusal: hindrance.refusal }),
    ...(may.length === 0 ? {} : { mayDecide: may.map(({ name }) => name) }),
  };
}

/** Read only where somebody has said or added something. */
async function personalOf(
  store: ProcessStore,
  processId: string,
  approvals: readonly ApprovalState[],
  attached: number,
): Promise<readonly PersonalValues[]> {
  const said = approvals.flatMap(({ decisions, remarks, copies = [] }) => [...decisions, ...remarks, ...copies]);
  return said.length + attached === 0 ? [] : store.readPersonal(processId);
}

function describeCopies(
  directory: Directory,
  { copies = [] }: ApprovalState,
  personal: readonly PersonalValues[],
): Promise<readonly ShownCopy[]> {
  return Promise.all(
    copies.map(async ({ employeeId, by, at, sequence }) => ({
      name: await nameOf(directory, employeeId),
      by: by === undefined ? '' : await nameOf(directory, by),
      at,
      note: commentOf(personal, sequence),
    })),
  );
}
