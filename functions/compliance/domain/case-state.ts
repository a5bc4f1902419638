/** What a case is, what can be done to it, and what can be asked about it. Pure. */
import type { NewEntry } from '../../audit/domain/record.ts';
import type { ComplianceRule, Finding } from './finding.ts';

/** Name of the kind of process that a case's record is, and of its actor. */
export const CASE_KIND = 'compliance-case';

/** Its phase, for people. */
export const CASE_PHASE = 'Case';

/** `release`: held processes go on. `cancel`: they end. `close`: nothing is held, or nothing is to be done. */
export type CaseDecision = 'release' | 'cancel' | 'close';

export interface CaseState extends Finding {
  readonly severity: ComplianceRule['severity'];
  readonly action: Exclude<ComplianceRule['action'], 'off'>;
  readonly warnBy: ComplianceRule['warnBy'];
  readonly ownerPost: string;
  /** Employee id, or `operators` while nobody holds the post. */
  readonly ownerId: string;
  /** ISO 8601 in UTC. */
  readonly deadline: string;
  /** Processes that the case holds, or is about to. */
  readonly held: readonly string[];
  /** Those that it held and holds no more: it does not hold them again. */
  readonly letGo: readonly string[];
  /** The one more approval that was asked for last. */
  readonly approval?: CaseApproval;
  readonly decision?: CaseDecided;
  /** The owner was told that the deadline is over. */
  readonly isOverdue?: true;
  /** What was found is not there any more. */
  readonly isMended?: true;
}

interface CaseApproval {
  /** Empty: nobody could be asked. */
  readonly approvalId: string;
  /** About how many processes. */
  readonly processes: number;
  /** Why it did not decide the case; undefined: it is open, or it did. */
  readonly outcome?: string;
}

interface CaseDecided {
  readonly kind: CaseDecision;
  readonly by: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

export type CaseCommand =
  /** The finding is seen again, perhaps with more evidence. */
  | { readonly kind: 'see'; readonly finding: Finding }
  | { readonly kind: 'hold'; readonly processId: string }
  | { readonly kind: 'assign'; readonly to: string; readonly by: string }
  | {
      readonly kind: 'decide';
      readonly decision: CaseDecision;
      readonly by: CasePerson;
      readonly reason: string;
      /** Whether every held process can be ended from outside. */
      readonly canCancel: boolean;
    }
  /** One more approval was asked for, and has ended; `by`: who decided last, undefined where nobody did. */
  | {
      readonly kind: 'answer';
      readonly approvalId: string;
      readonly outcome: string;
      readonly by?: CasePerson;
      readonly canCancel: boolean;
    }
  /** One more approval cannot be asked for. */
  | { readonly kind: 'nobody-to-ask'; readonly reason: string }
  /** What was decided has been done to a held process, or it had ended by itself. */
  | { readonly kind: 'carry-out'; readonly processId: string; readonly result: string }
  | { readonly kind: 'deadline' }
  /** What was found was looked for again, and is not there any more; nothing follows by itself. */
  | { readonly kind: 'mended' };

/** Whoever decides. */
export interface CasePerson {
  readonly employeeId: string;
  /** They hold the post of the case's owner. */
  readonly isOwner: boolean;
  /** They asked for one of the processes, decided in it, or are named by what was found. */
  readonly hasPart: boolean;
}

export type CaseRefusal =
  /** Somebody decided before. */
  | 'already-decided'
  /** The case is about something that the person did or asked for. */
  | 'has-part'
  /** One more approval was not given: what becomes of the processes is for the owner's post to decide. */
  | 'owner-only'
  /** One more approval is asked for: whoever gives or denies it decides. */
  | 'approval-open'
  | 'reason-required'
  /** Processes are held: release them, or cancel them. */
  | 'holds-stand'
  /** Nothing is held that could be released or cancelled. */
  | 'nothing-held'
  /** One of the held processes cannot be ended from outside. */
  | 'cannot-be-cancelled';

export type CaseResult =
  | { readonly kind: 'done'; readonly state: CaseState; readonly entries: readonly NewEntry[] }
  | { readonly kind: 'refused'; readonly refusal: CaseRefusal; readonly entries: readonly NewEntry[] };

/** Whether nobody has to do anything about it any more. */
export function isSettled({ decision, held }: CaseState): boolean {
  return decision !== undefined && held.length === 0;
}

/** Whether processes are to be held by it. */
export function holdsProcesses({ action, decision }: CaseState): boolean {
  return decision === undefined && (action === 'hold' || asksForApproval({ action }));
}

/** Whether one more approval lets the processes go on. */
export function asksForApproval({ action }: Pick<CaseState, 'action'>): boolean {
  return action === 'approval' || action === 'approval-or-cancel';
}

/** Whether somebody is asked for one more approval and has not answered. */
export function isAsked({ approval, decision }: Pick<CaseState, 'approval' | 'decision'>): boolean {
  return decision === undefined && approval !== undefined && approval.outcome === undefined;
}
