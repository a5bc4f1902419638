/** What the reducer decided, in the words of the record, with the mails that follow from it. */
import type { Actor, NewEntry } from '../audit/domain/record.ts';
import type { Effect } from '../process/domain/process.ts';
import {
  type ApprovalEvent,
  type ApprovalState,
  currentApprovers,
  type DecideCommand,
  levelAt,
  type OpenLevel,
} from './domain/approval.ts';
import { OPERATORS } from './domain/plan.ts';

const MERIDIAN: Actor = { kind: 'meridian', id: 'approvals' };

/** Somebody's attempt to decide. */
export interface RecordedDecision {
  readonly command: DecideCommand;
  /** Who of the operators it was, where the command is theirs and the channel says so. */
  readonly operator?: string;
}

/** One entry per event. `decision` is what caused the events, if a decision did. */
export function approvalEntries(
  state: ApprovalState,
  events: readonly ApprovalEvent[],
  decision?: RecordedDecision,
): readonly NewEntry[] {
  const { approvalId, subject, documentVersion } = state.plan;
  return events.map((event) => {
    const { type, ...facts } = event;
    const made = event.type === 'DecisionMade' ? decision : undefined;
    const levelName = levelAt(state.plan, event.level).name;
    return {
      type,
      actor: made === undefined ? MERIDIAN : deciderOf(made.command),
      facts: { approvalId, subject, documentVersion, levelName, ...facts, ...operatorFact(made) },
      ...commentOf(made),
    };
  });
}

/** A decision that did not count is recorded as carefully as one that did. */
export function refusalEntry(
  state: ApprovalState,
  decision: RecordedDecision,
  refused: { readonly refusal: string; readonly message: string },
): NewEntry {
  const { command } = decision;
  return {
    type: 'DecisionRefused',
    actor: deciderOf(command),
    facts: {
      approvalId: state.plan.approvalId,
      subject: state.plan.subject,
      level: command.level,
      documentVersion: command.documentVersion,
      action: command.action,
      via: command.via,
      refusal: refused.refusal,
      message: refused.message,
      ...operatorFact(decision),
    },
    ...commentOf(decision),
  };
}

function operatorFact(decision: RecordedDecision | undefined): { readonly operator?: string } {
  return decision?.operator === undefined ? {} : { operator: decision.operator };
}

/** Free text about people: it can be erased. */
function commentOf(decision: RecordedDecision | undefined): Pick<NewEntry, 'personal'> {
  const comment = decision?.command.comment ?? '';
  return comment.trim() === '' ? {} : { personal: { comment } };
}

/** Mails to those who have to act, or who have to act no more. `before` is the approval as it stood. */
export function approvalMails(
  before: ApprovalState,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
): readonly Effect[] {
  return events.flatMap((event) => mailsOf(before, after, event));
}

function mailsOf(before: ApprovalState, after: ApprovalState, event: ApprovalEvent): readonly Effect[] {
  switch (event.type) {
    case 'LevelOpened':
      return currentApprovers(after).map((to) => levelMail(to, 'decision-requested', after));
    case 'LevelReopened':
      return [];
    case 'LevelReminded':
      return event.approverIds.map((to) => levelMail(to, 'decision-reminder', after));
    case 'LevelEscalated':
      return event.addedId === undefined
        ? [noticeOfSilence(after)]
        : [levelMail(event.addedId, 'decision-escalated', after)];
    case 'DecisionMade':
      return currentApprovers(before)
        .filter((to) => to !== event.employeeId)
        .map((to) => goneMail(to, before, event.action));
    case 'ApprovalClosed':
      return event.cause === 'decision' || before.open === undefined
        ? []
        : currentApprovers(before).map((to) => goneMail(to, before, event.outcome));
  }
}

/** The three alarms of an open level: kind of alarm and instant. */
export function levelTimes(state: ApprovalState, open: OpenLevel) {
  const level = levelAt(state.plan, state.level);
  return {
    openedAt: open.openedAt,
    remindAfterHours: level.remindAfterHours,
    escalateAfterHours: level.escalateAfterHours,
    deadline: open.deadline,
  };
}

function deciderOf(command: DecideCommand): Actor {
  return { kind: 'person', id: command.by };
}

function levelMail(
  to: string,
  template: 'decision-requested' | 'decision-reminder' | 'decision-escalated',
  state: ApprovalState,
): Effect {
  const { approvalId, document } = state.plan;
  return { kind: 'mail', mail: { to, template, approvalId, facts: { title: document.title } } };
}

function goneMail(to: string, state: ApprovalState, outcome: string): Effect {
  return { kind: 'mail', mail: { to, template: 'task-gone', facts: { title: state.plan.document.title, outcome } } };
}

function noticeOfSilence(state: ApprovalState): Effect {
  const level = levelAt(state.plan, state.level);
  return {
    kind: 'mail',
    mail: {
      to: OPERATORS,
      template: 'operator-notice',
      facts: {
        problem: `Nobody answered level "${level.name}" of "${state.plan.document.title}" and nobody above is left to ask`,
        approvers: currentApprovers(state).join(', '),
      },
    },
  };
}
