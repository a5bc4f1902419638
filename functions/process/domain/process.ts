/**
 * What every process has, whatever its business: where its record stands, what it waits for, and its own state.
 * Pure: a change is computed from the head as read, and committed under the head's version, so that everything that
 * happens to one process happens one after the other.
 */
import type { Json } from '../../audit/domain/canonical-json.ts';
import type { ChainHead, NewEntry } from '../../audit/domain/record.ts';
import type { OaReference } from '../../events/envelope.ts';
import type { Alarm } from '../alarms.ts';

/** A wait of the state machine that somebody or something else must end. */
export interface Wait {
  /** Unique per entry of the waiting state; a retry of the same entry comes back with the same id and a new token. */
  readonly waitId: string;
  readonly kind: WaitKind;
  /** What is waited for: an approval's id, or the order number. */
  readonly subject: string;
  /** Step Functions' task token. Never leaves the table but towards Step Functions. */
  readonly token: string;
  readonly openedAt: string;
  /** When the business gives up waiting; an alarm rings then, and the state's TimeoutSeconds lies behind it. */
  readonly deadline: string;
  /** Who answers for it: an employee id, or `operators`. */
  readonly owner: string;
  /** When it reminds and escalates, one step after the other (ISO 8601 in UTC). Absent: once each, at times that were set. */
  readonly moments?: { readonly remind: readonly string[]; readonly escalate: readonly string[] };
  /** Which of each is to ring next. Absent: the first. */
  readonly steps?: AlarmSteps;
  /** Alarms that rang already: one that rings twice is heard once. */
  readonly rung?: readonly string[];
}

/** Numbers from 1. */
interface AlarmSteps {
  readonly remind: number;
  readonly escalate: number;
}

export type WaitKind =
  | 'approval'
  | 'rework'
  | 'goods-receipt'
  | 'supplier-invoice'
  | 'payment'
  | 'leave-start'
  | 'effective-date'
  | 'leave-end'
  | 'payroll'
  | 'payslip'
  | 'hold';

/** Stops a process before its next step that moves money or changes books. */
export interface Hold {
  readonly holdId: string;
  /** The case of compliance that holds it, and alone lets it go on. Undefined: an operator's hold. */
  readonly caseId?: string;
  readonly placedBy: string;
  readonly reason: string;
  readonly placedAt: string;
}

export interface ProcessHead<State = unknown> {
  readonly processId: string;
  readonly kind: string;
  /** ARN of the execution that registered it: its own retry is not a duplicate. */
  readonly executionId: string;
  readonly oa: OaReference;
  readonly requesterId: string;
  readonly chain: ChainHead;
  readonly status: 'running' | 'ended';
  /** Business phase for people, such as `Approval` or `Goods receipt`. */
  readonly phase: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly outcome?: string;
  /** At which version what was asked for is; undefined: at its first. */
  readonly documentVersion?: number;
  readonly waits: { readonly [waitId: string]: Wait };
  /** Answers already given, so that a wait opened again by a retry gets the same answer. */
  readonly answers: { readonly [waitId: string]: Json };
  readonly holds: readonly Hold[];
  /** Stops the process from outside: the next wait, level or step that commits to something ends with its outcome. */
  readonly interruption?: Interruption;
  readonly state: State;
}

/** `recovered`: the stock that it was to fill up is not short any more. `stopped`: by compliance, which held it. */
export const INTERRUPTION_OUTCOMES = ['withdrawn', 'cancelled-in-erp', 'recovered', 'stopped'] as const;
export type InterruptionOutcome = (typeof INTERRUPTION_OUTCOMES)[number];

/** Something from outside that ends a process before its own end. */
export interface Interruption {
  readonly outcome: InterruptionOutcome;
  readonly at: string;
}

/** The version of what was asked for; the first is 1. */
export function versionOf({ documentVersion = 1 }: Pick<ProcessHead, 'documentVersion'>): number {
  return documentVersion;
}

/** The end of a wait. */
export interface Answer {
  readonly waitId: string;
  readonly output: Json;
}

/**
 * Something to be done outside after the change is committed; done at least once, retried until it is, by the
 * consumer of the table's stream and by a sweep.
 */
export type Effect =
  | {
      readonly kind: 'resume';
      readonly waitId: string;
      readonly token: string;
      readonly output: Json;
      /** Of the wait: its alarms are taken away. */
      readonly steps?: AlarmSteps;
    }
  /** The next reminder or escalation of a wait is set. `at`: ISO 8601 in UTC. */
  | { readonly kind: 'alarm'; readonly alarm: Alarm; readonly at: string }
  | { readonly kind: 'mail'; readonly mail: MailRequest }
  | { readonly kind: 'tell-oa'; readonly message: OaMessage }
  | { readonly kind: 'warn'; readonly channel: 'topic' | 'webhook'; readonly warning: CaseWarning };

/** What whoever is not of compliance is told of a case: nothing about people, and no figures. */
export interface CaseWarning {
  readonly detector: string;
  readonly severity: string;
  /** ISO 8601 in UTC. */
  readonly deadline: string;
  /** Processes are held, or are about to be. */
  readonly isHeld: boolean;
  /** The deadline is over. */
  readonly isOverdue: boolean;
}

/** A mail by template; addresses, language and links are added when it is sent. */
export interface MailRequest {
  /** Employee id, or `operators`. */
  readonly to: string;
  readonly template:
    | 'decision-requested'
    | 'decision-opinion'
    | 'decision-returned'
    | 'decision-advised'
    | 'decision-reminder'
    | 'decision-opinion-reminder'
    | 'decision-escalated'
    | 'decision-sign-in'
    | 'decision-out-of-reach'
    | 'decision-copied'
    | 'task-gone'
    | 'file-refused'
    | 'copy-news'
    | 'stand-in'
    | 'process-news'
    | 'rework-requested'
    | 'rework-refused'
    | 'payslip-ready'
    | 'wait-overdue'
    | 'compliance-case'
    | 'operator-notice';
  /** For templates that carry a decision link. */
  readonly approvalId?: string;
  /** Index of the level that the person is asked about, where a template carries a decision link. */
  readonly level?: number;
  /** Facts that the template shows; a template says which it needs. */
  readonly facts: { readonly [name: string]: string };
}

/** What the OA is told. */
export interface OaMessage {
  readonly status: OaStatus;
  /** For the requester, both languages; the OA shows what fits. */
  readonly text: { readonly en: string; readonly zh: string };
  readonly facts: { readonly [name: string]: Json };
}

export type OaStatus =
  | 'accepted'
  | 'refused'
  /** The requester is asked to change it and to send it again. */
  | 'returned'
  /** What was sent again is not taken: the process goes on as it was. */
  | 'resubmission-refused'
  /** Nobody was urged: the process goes on as it was. */
  | 'urge-refused'
  /** A person judges what a check found; it goes on by what they say. */
  | 'under-review'
  | 'approved'
  | 'rejected'
  | 'ordered'
  | 'received'
  /** The supplier's invoices are those of the order and of the goods, or a person accepted them. */
  | 'matched'
  /** The absence stands in the ERP. */
  | 'recorded'
  /** The absence is over. */
  | 'taken'
  /** It is in the books. */
  | 'posted'
  /** The ERP's payment run has it. */
  | 'payment-requested'
  /** The bank refused it, or took it back: nobody is paid, and people see to it. */
  | 'payment-refused'
  /** What was in the books is taken back: nothing is owed any more. */
  | 'reversed'
  | 'paid'
  /** An engineering change is in force. */
  | 'implemented'
  /** Nothing is left to be paid: all was set off against an advance. */
  | 'settled'
  | 'withdrawn'
  | 'cancelled'
  | 'expired'
  | 'duplicate'
  /** The process goes on: a withdrawal came too late, or from somebody else. */
  | 'withdrawal-refused'
  /** The leave goes on until the day that it had. */
  | 'shortening-refused';

/** An outbox item: an effect that is not done yet. */
export interface PendingEffect {
  readonly processId: string;
  readonly effectId: string;
  readonly effect: Effect;
  readonly createdAt: string;
  /** When what it tells of happened, where that was not when it was made: it is sent again. */
  readonly occurredAt?: string;
  /** How often the sweep sent it again, and what went wrong the last time; each time it waits twice as long. */
  readonly attempts: number;
  readonly lastError?: string;
}

/** A change of a process, as a use-case or reducer wants it. */
export interface ProcessChange<State> {
  readonly entries: readonly NewEntry[];
  readonly state?: State;
  readonly phase?: string;
  readonly open?: Wait;
  /** Waits that ended by themselves (a time-out of the state machine) and that nobody can answer any more. */
  readonly abandon?: readonly string[];
  /** Waits to end; each resumes the state machine with its output. */
  readonly answers?: readonly Answer[];
  readonly effects?: readonly Effect[];
  readonly holds?: readonly Hold[];
  readonly documentVersion?: number;
  readonly interruption?: Interruption;
  readonly end?: { readonly outcome: string };
}

/** Applies all of a change but the chain, which the commit adds. Answers of waits that are not open are left out. */
export function applyChange<State>(
  head: ProcessHead<State>,
  change: ProcessChange<State>,
  now: Date,
): ProcessHead<State> {
  const waits = { ...head.waits, ...(change.open === undefined ? {} : { [change.open.waitId]: change.open }) };
  const answers = { ...head.answers };
  for (const waitId of change.abandon ?? []) {
    delete waits[waitId];
  }
  for (const answer of change.answers ?? []) {
    // An answer kept for a wait that is still to come would end it before anybody was asked.
    if (waits[answer.waitId] !== undefined) {
      delete waits[answer.waitId];
      answers[answer.waitId] = answer.output;
    }
  }
  return {
    ...head,
    waits,
    answers,
    state: change.state ?? head.state,
    phase: change.phase ?? head.phase,
    holds: change.holds ?? head.holds,
    ...(change.documentVersion === undefined ? {} : { documentVersion: change.documentVersion }),
    ...(change.interruption === undefined ? {} : { interruption: change.interruption }),
    ...(change.end === undefined ? {} : { status: 'ended', outcome: change.end.outcome, endedAt: now.toISOString() }),
  };
}

/** The effects that resume the state machine for a change's answers, with the tokens of the waits as they stand. */
export function resumeEffects<State>(head: ProcessHead<State>, change: ProcessChange<State>): readonly Effect[] {
  return (change.answers ?? []).flatMap((answer) => {
    const wait = change.open?.waitId === answer.waitId ? change.open : head.waits[answer.waitId];
    if (wait === undefined) {
      return [];
    }
    const { token, steps } = wait;
    const { waitId, output } = answer;
    return [{ kind: 'resume', waitId, token, output, ...(steps === undefined ? {} : { steps }) }];
  });
}

/**
 * A state that is entered again by a retry after its wait was answered gets the same answer with its new token;
 * undefined: the wait has no answer yet.
 */
export function answerAgain(head: ProcessHead, waitId: string, token: string): ProcessChange<never> | undefined {
  const output = head.answers[waitId];
  return output === undefined ? undefined : { entries: [], effects: [{ kind: 'resume', waitId, token, output }] };
}

/** The open waits on one subject. */
export function openWaits(head: ProcessHead, kind: WaitKind): readonly Wait[] {
  return Object.values(head.waits).filter((wait) => wait.kind === kind);
}
