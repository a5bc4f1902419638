/** What the reducer decided, in the words of the record. */
import type { Actor, NewEntry } from '../audit/domain/record.ts';
import type { HandOverCommand, PersonCommand } from './domain/approval-commands.ts';
import type { ApprovalEvent } from './domain/approval-events.ts';
import { type ApprovalState, levelAt } from './domain/approval-state.ts';
import { ACTIONS } from './domain/plan.ts';

const MERIDIAN: Actor = { kind: 'meridian', id: 'approvals' };

/** Somebody's attempt to decide, or to do something else about a task. */
export interface RecordedAttempt {
  readonly command: PersonCommand;
  /** Who of the operators it was, where the command is theirs and the channel says so. */
  readonly operator?: string;
  /** As the directory knew whoever acts, at that time; undefined: it did not know them, or they are the operators. */
  readonly person?: ActingPerson | undefined;
}

/** By what a person decides, beyond the level that they were asked on. */
export interface ActingPerson {
  readonly posts: readonly string[];
  /** In the company's currency; undefined: none. */
  readonly approvalLimit?: string;
}

/** One entry per event. `attempt` is what caused the events, if a person did. */
export function approvalEntries(
  state: ApprovalState,
  events: readonly ApprovalEvent[],
  attempt?: RecordedAttempt,
): readonly NewEntry[] {
  const { approvalId, subject, documentVersion } = state.plan;
  return events.map((event) => {
    const { type, ...facts } = event;
    const made = 'employeeId' in event ? attempt : undefined;
    const levelName = levelAt(state.plan, event.level).name;
    return {
      type,
      actor: made === undefined ? actorOf(event) : personOf(made.command),
      facts: {
        approvalId,
        subject,
        documentVersion,
        levelName,
        ...facts,
        ...operatorFact(made),
        ...personFacts(type, made),
      },
      ...personalOf(made),
    };
  });
}

/** Of what no approver did: Meridian itself, but for an administrator, who is known. */
function actorOf(event: ApprovalEvent): Actor {
  return event.type === 'TaskHandedOver' && event.administrator !== undefined
    ? { kind: 'person', id: event.administrator }
    : MERIDIAN;
}

/** What did not count is recorded as carefully as what did. */
export function refusalEntry(
  state: ApprovalState,
  attempt: RecordedAttempt,
  refused: { readonly refusal: string; readonly message: string; readonly may?: readonly string[] },
): NewEntry {
  const { command } = attempt;
  const { approvalId, subject } = state.plan;
  const { level, documentVersion, via, signedInAs } = command;
  return {
    type: 'DecisionRefused',
    actor: personOf(command),
    facts: {
      approvalId,
      subject,
      level,
      documentVersion,
      action: command.kind === 'decide' ? knownAction(command.action) : command.kind,
      via,
      ...(signedInAs === undefined ? {} : { signedInAs }),
      refusal: refused.refusal,
      message: refused.message,
      ...(refused.may === undefined ? {} : { may: refused.may }),
      ...operatorFact(attempt),
      ...personFacts('DecisionRefused', attempt),
    },
    ...personalOf(attempt),
  };
}

/** As {@link refusalEntry}, of tasks that were to go to somebody else. `target`: as the directory knows them; undefined: it does not. */
export function handOverRefusalEntry(
  { plan }: ApprovalState,
  order: Omit<HandOverCommand, 'kind'> & { readonly target: { readonly employeeId: string } | undefined },
  refused: { readonly refusal: string; readonly message: string },
): NewEntry {
  const { from, by, isAdministrator, target } = order;
  const { approvalId, subject, documentVersion } = plan;
  const who = isAdministrator === true ? { administrator: by } : { operator: by };
  const { refusal, message } = refused;
  return {
    type: 'HandOverRefused',
    actor: isAdministrator === true ? { kind: 'person', id: by } : MERIDIAN,
    facts: { approvalId, subject, documentVersion, from, to: target?.employeeId, ...who, refusal, message },
  };
}

/** What was sent may be any text, and facts stay for good: only names of actions are kept. */
function knownAction(action: string): string {
  const isKnown = Object.values(ACTIONS).some((actions) => actions.some((one) => one.action === action));
  return isKnown ? action : 'unknown';
}

function operatorFact(attempt: RecordedAttempt | undefined): { readonly operator?: string } {
  return attempt?.operator === undefined ? {} : { operator: attempt.operator };
}

/** Posts and limits change: what they were when a person decided, or tried to, is known only if it is recorded then. */
function personFacts(type: string, attempt: RecordedAttempt | undefined) {
  const person = type === 'DecisionMade' || type === 'DecisionRefused' ? attempt?.person : undefined;
  return person === undefined ? {} : { ownPosts: person.posts, ownLimit: person.approvalLimit ?? null };
}

/** Free text about people: it can be erased. */
function personalOf(attempt: RecordedAttempt | undefined): Pick<NewEntry, 'personal'> {
  const command = attempt?.command;
  if (command?.kind === 'attach') {
    return { personal: { fileName: command.fileName } };
  }
  const comment = command?.comment ?? '';
  return comment.trim() === '' ? {} : { personal: { comment } };
}

function personOf(command: PersonCommand): Actor {
  return { kind: 'person', id: command.by };
}
