/** What a person sees who opens a decision link: the document, what was decided before, and what they may decide now. */
import type { Directory } from '../directory/port.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { readApproval } from './approval-store.ts';
import {
  type ApprovalState,
  type Decider,
  type Decision,
  levelAt,
  type Refusal,
  refusalOf,
} from './domain/approval.ts';
import { type ApprovalAction, type ApprovalSubject, type DecisionDocument, OPERATORS } from './domain/plan.ts';
import type { DecisionLink } from './links.ts';

export interface ViewDeps {
  readonly store: ProcessStore;
  readonly directory: Directory;
  readonly clock: Clock;
}

export interface EarlierDecision {
  readonly levelName: string;
  readonly by: string;
  readonly action: string;
  readonly at: string;
  readonly comment: string;
}

export interface DecisionView {
  readonly link: DecisionLink;
  /** Name of whom the link is for; an employee id where the directory knows no name. */
  readonly person: string;
  /** False: the person has left or is unknown, and sees nothing. */
  readonly isActive: boolean;
  readonly subject: ApprovalSubject;
  readonly document: DecisionDocument;
  readonly costCentreName?: string;
  readonly levelName: string;
  /** Only while the level is open. */
  readonly deadline?: string;
  readonly earlier: readonly EarlierDecision[];
  /** What the person themselves decided at this level. */
  readonly own?: EarlierDecision & { readonly sequence?: number };
  /** What would count now. */
  readonly offered: readonly ApprovalAction[];
  /** Why some or all actions are not offered. */
  readonly refusal?: Refusal;
  /** Only once the approval is closed. */
  readonly outcome?: string;
}

/** @throws Error for a link whose approval does not exist: links are made from approvals. */
export async function viewOf(deps: ViewDeps, link: DecisionLink): Promise<DecisionView> {
  const approval = await readApproval(deps.store, link.processId, link.approvalId);
  if (approval === undefined) {
    throw new Error(`process ${link.processId} has no approval ${link.approvalId}`);
  }
  const { plan } = approval;
  const [decider, decisions, costCentre] = await Promise.all([
    deciderOf(deps.directory, link.employeeId),
    describeDecisions(deps, link.processId, approval),
    deps.directory.costCentre(plan.document.costCentre ?? ''),
  ]);
  const own = decisions.find(({ level, employeeId }) => level === link.level && employeeId === link.employeeId);
  const isCurrent = approval.open !== undefined && approval.level === link.level;
  return {
    link,
    person: await nameOf(deps.directory, link.employeeId),
    isActive: decider?.active === true,
    subject: plan.subject,
    document: plan.document,
    levelName: levelAt(plan, link.level).name,
    earlier: decisions.filter((decision) => decision !== own),
    ...actionsFor(approval, link, decider, deps.clock.now()),
    ...(costCentre === undefined ? {} : { costCentreName: costCentre.name }),
    ...(isCurrent && approval.open !== undefined ? { deadline: approval.open.deadline } : {}),
    ...(own === undefined ? {} : { own }),
    ...(approval.outcome === undefined ? {} : { outcome: approval.outcome }),
  };
}

/** Whoever is on duty is no person of the directory; everybody else must stand in it. */
async function deciderOf(directory: Directory, employeeId: string): Promise<Decider | undefined> {
  return employeeId === OPERATORS ? { employeeId, active: true } : directory.person(employeeId);
}

async function nameOf(directory: Directory, employeeId: string): Promise<string> {
  return (await directory.person(employeeId))?.name ?? employeeId;
}

/** Tries each action as the person would: with a comment, since they can still write one. */
function actionsFor(approval: ApprovalState, link: DecisionLink, decider: Decider | undefined, now: Date) {
  if (link.usedAt !== undefined) {
    return { offered: [], refusal: 'already-decided' as const };
  }
  const tried = approval.plan.actions.map((action) => ({
    action,
    refused: refusalOf(
      approval,
      {
        kind: 'decide',
        action: action.action,
        comment: 'a comment',
        by: link.employeeId,
        level: link.level,
        documentVersion: link.documentVersion,
        via: 'link',
      },
      { now, ...(decider === undefined ? {} : { decider }) },
    ),
  }));
  const refusal = tried.find(({ refused }) => refused !== undefined)?.refused?.refusal;
  return {
    offered: tried.filter(({ refused }) => refused === undefined).map(({ action }) => action),
    ...(refusal === undefined ? {} : { refusal }),
  };
}

async function describeDecisions(deps: ViewDeps, processId: string, approval: ApprovalState) {
  const personal = approval.decisions.length === 0 ? [] : await deps.store.readPersonal(processId);
  return Promise.all(
    approval.decisions.map(async (decision: Decision) => ({
      ...decision,
      levelName: levelAt(approval.plan, decision.level).name,
      by: await nameOf(deps.directory, decision.employeeId),
      comment: personal.find(({ sequence }) => sequence === decision.sequence)?.values.comment ?? '',
    })),
  );
}
