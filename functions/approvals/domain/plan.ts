/**
 * What is to be decided, by whom and in which order: fixed when the approval is routed, and from then on only read.
 * Pure data. Amounts are plain decimals; `amount`, `linkLimit` and approval limits are of the company's own currency.
 */

import type { Choices } from './chosen.ts';
import type { BudgetFacts, EarlierRequests, RowSeen } from './decision-facts.ts';
import type { ApprovalLevelRule } from './level-rule.ts';
import type { AskedScope } from './scope.ts';

/** Questions whose people the company's rules name. */
export const RULED_SUBJECTS = [
  'order',
  'payment',
  'invoice-mismatch',
  'expense',
  'expense-exception',
  'leave',
  'engineering-change',
  'compliance',
] as const;
export type RuledSubject = (typeof RULED_SUBJECTS)[number];

/** Questions whose people rules name: also those whose form says itself who is asked. */
export const FILED_SUBJECTS = [...RULED_SUBJECTS, 'office'] as const;
export type FiledSubject = (typeof FILED_SUBJECTS)[number];

/** What kind of question a person answers. */
export type ApprovalSubject = FiledSubject | 'operator';

/** Stands for whoever is on duty for the installation, where an employee id is expected. */
export const OPERATORS = 'operators';

/**
 * Voices on levels that open together, with all that are added. A change writes up to three items for each (a mail, a place
 * on a task list, an entry), and DynamoDB takes 100 items at once.
 */
export const MAX_VOICES = 30;

export interface ApprovalPlan {
  readonly approvalId: string;
  readonly subject: ApprovalSubject;
  /** Version of the document that is decided on; a decision about another version does not count. */
  readonly documentVersion: number;
  readonly requesterId: string;
  readonly amount: string;
  /** What the rules were asked about. Absent: routed before they told documents apart by it. */
  readonly scope?: AskedScope;
  /** Of its row of requests. Absent: it stands in none, or was routed before this was kept. */
  readonly row?: RowSeen;
  /** The highest amount that a link alone may decide; {@link NO_LINK}: a link alone decides nothing. */
  readonly linkLimit: string;
  /** Of a document whose form has a route of its own: the company's tables say nothing about it. */
  readonly ownRules?: OwnRules;
  /** Who may not decide because of something else they did (segregation of duties). */
  readonly excluded: readonly Exclusion[];
  /** In order; never empty. */
  readonly levels: readonly ApprovalLevel[];
  readonly actions: readonly ApprovalAction[];
  readonly document: DecisionDocument;
  /** Whom the request named, where it named somebody: a new way of the rules asks them again. */
  readonly choices?: Choices;
  /** Who is to know of it by the rules (抄送). Absent: nobody. */
  readonly copyTo?: readonly RuledCopy[];
  /** Which rows of which tables said so. Absent: it was planned before this was kept. */
  readonly ruledBy?: readonly FiredRules[];
  /** How the approvers came to differ from what the rules name first: for the record. */
  readonly routing: readonly RoutingNote[];
}

/** As the highest amount that a link alone may decide: below every amount. */
export const NO_LINK = '-1';

/**
 * What the route of a form says about one document: the version of the form and the document are fixed, so that this is too,
 * and a new directory alone changes who is asked.
 */
export interface OwnRules {
  readonly levels: readonly ApprovalLevelRule[];
  readonly linkLimit: string;
  readonly ruledBy: readonly FiredRules[];
}

/** Which rows of a table answered a question; as it stands in the record. */
export type FiredRules = {
  /** Name of its file without `.dmn`. */
  readonly table: string;
  /** SHA-256 (hex) of the table, see `policyDigest` of functions/policy. */
  readonly digest: string;
  /** Numbers of the rows, from 1 as a DMN modeler counts, in the order of the answer. */
  readonly rows: readonly number[];
};

/** Somebody whom a row of the approval levels lets know. */
export interface RuledCopy {
  readonly employeeId: string;
  /** Row of the table, from 1. */
  readonly row: number;
  /** Which of its rules named the person, such as `post:cfo`. */
  readonly rule: string;
}

export interface Exclusion {
  readonly employeeId: string;
  readonly reason: string;
}

/** How the people of a level decide it together. */
export type LevelMode =
  /** Or-sign (或签): whoever decides first decides for all. */
  | { readonly kind: 'any' }
  /** Claim (认领): as `any`, but whoever wants to decide claims the task first, and then nobody else may. */
  | { readonly kind: 'claim' }
  /** Countersign (会签): everybody says yes; one no ends it. */
  | { readonly kind: 'all' }
  /** In turn (依次): everybody says yes, one after the other in the order of the list. */
  | { readonly kind: 'in-turn' }
  /** So many of them say yes; it ends with no once so many can no longer be reached. */
  | { readonly kind: 'quorum'; readonly needed: number }
  /** As `quorum`, but each voice has a weight; whoever is not named weighs 1. */
  | { readonly kind: 'weighted'; readonly needed: number; readonly weights: { readonly [employeeId: string]: number } };

export interface ApprovalLevel {
  /** For people, such as `Department head`. */
  readonly name: string;
  /** The policy's rule that named the approvers, such as `post:finance-director`. */
  readonly rule: string;
  /** In the order in which they are asked; never empty. */
  readonly approverIds: readonly string[];
  /** Whom the rules named, where an operator handed the level over to others since, or one of them was chosen. */
  readonly named?: readonly string[];
  /** All who could be chosen, where whoever decided before has chosen one of them. */
  readonly chosenFrom?: readonly string[];
  readonly mode: LevelMode;
  /** Opens together with the level before it; the next one opens when all of these are decided. */
  readonly isParallel: boolean;
  /** What it decided about a version stands for the next one, if that is no dearer. */
  readonly keepsVotes?: true;
  /** Hours after the level opened: of working time, where the company has a calendar. */
  readonly remindAfterHours: number;
  readonly escalateAfterHours: number;
  readonly expireAfterHours: number;
  /** The hours are those of the clock, whatever the calendar. */
  readonly isOnTheClock?: true;
  /** Becomes a further approver when the level is escalated; undefined: nobody is left to add. */
  readonly escalateTo?: string;
  /** Whom the rules named for that, where an operator handed it over since. */
  readonly escalationNamed?: string;
}

export interface ApprovalAction {
  readonly action: string;
  /** `advance`: the next level opens, or the approval ends when there is none. `end`: it ends at once. */
  readonly effect: 'advance' | 'end';
  /** The approval's outcome when the action ends it. */
  readonly outcome: string;
  readonly commentRequired: boolean;
}

/** A departure from the first choice of the rules. */
export interface RoutingNote {
  readonly kind: 'replaced' | 'raised' | 'merged' | 'not-copied';
  /** Name of the level it concerns. */
  readonly level: string;
  readonly from?: string;
  /** Absent: nobody is copied in their place. */
  readonly to?: string;
  readonly reason: string;
}

/** A further fact. */
export interface DocumentNote {
  readonly label: { readonly en: string; readonly zh: string };
  readonly value: string;
  /** It is about a person, and stands on the page only: a mail goes on to others, and cannot be taken back. */
  readonly isOnPageOnly?: true;
}

/** What a person needs to see in order to decide. Amounts of the lines and `total` are in `currency`. */
export interface DecisionDocument {
  readonly title: string;
  readonly requesterName?: string;
  readonly currency: string;
  readonly total: string;
  readonly baseTotal: string;
  readonly baseCurrency: string;
  readonly supplier?: string;
  readonly costCentre?: string;
  readonly lines: readonly DocumentLine[];
  /** Further facts, such as the differences of an invoice or what failed. */
  readonly notes: readonly DocumentNote[];
  /** Of the cost centre. Absent: there is none, or it is nothing that is charged to one. */
  readonly budget?: BudgetFacts;
  /** What was asked for before in the same row. Absent: nothing, or it stands in none. */
  readonly earlierRequests?: EarlierRequests;
  /** Files that came with what is asked for, such as those of receipts. Absent: none. */
  readonly files?: readonly DocumentFile[];
}

export interface DocumentFile {
  readonly fileId: string;
  /** Where it is kept: a folder of the file store. */
  readonly folder: string;
  /** Made by Meridian: no name that a person gave. */
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** When it was read and checked, an instant in UTC. */
  readonly at: string;
}

export interface DocumentLine {
  readonly label: string;
  readonly quantity: string;
  readonly unit?: string;
  readonly unitPrice: string;
  readonly amount: string;
}

const APPROVE_OR_REJECT: readonly ApprovalAction[] = [
  { action: 'approve', effect: 'advance', outcome: 'approved', commentRequired: false },
  { action: 'reject', effect: 'end', outcome: 'rejected', commentRequired: true },
];

/** What can be decided about each subject. */
export const ACTIONS: { readonly [subject in ApprovalSubject]: readonly ApprovalAction[] } = {
  order: APPROVE_OR_REJECT,
  payment: APPROVE_OR_REJECT,
  'invoice-mismatch': [
    { action: 'accept', effect: 'advance', outcome: 'accepted', commentRequired: true },
    { action: 'correct', effect: 'end', outcome: 'correct', commentRequired: false },
    { action: 'cancel', effect: 'end', outcome: 'cancelled', commentRequired: false },
  ],
  expense: APPROVE_OR_REJECT,
  'expense-exception': [
    { action: 'accept', effect: 'advance', outcome: 'accepted', commentRequired: true },
    { action: 'reject', effect: 'end', outcome: 'rejected', commentRequired: true },
  ],
  leave: APPROVE_OR_REJECT,
  office: APPROVE_OR_REJECT,
  'engineering-change': APPROVE_OR_REJECT,
  compliance: [
    { action: 'approve', effect: 'advance', outcome: 'approved', commentRequired: true },
    { action: 'reject', effect: 'end', outcome: 'rejected', commentRequired: true },
  ],
  operator: [
    { action: 'retry', effect: 'end', outcome: 'retry', commentRequired: false },
    { action: 'skip', effect: 'end', outcome: 'skip', commentRequired: true },
    { action: 'cancel', effect: 'end', outcome: 'cancelled', commentRequired: true },
  ],
};

/** What was filed, as its event names it: fields that are wrong are told by it. */
export const FORMS: { readonly [subject in ApprovalSubject]: string } = {
  order: 'requisition',
  payment: 'requisition',
  'invoice-mismatch': 'requisition',
  expense: 'claim',
  'expense-exception': 'claim',
  leave: 'leave',
  office: 'request',
  'engineering-change': 'change',
  compliance: 'case',
  operator: 'request',
};

/** True where one person's decision is the level's. */
export function isForOne({ mode }: { readonly mode: { readonly kind: LevelMode['kind'] } }): boolean {
  return mode.kind === 'any' || mode.kind === 'claim';
}

/** Whether the last word on the subject commits the company to its amount. */
export function needsAuthority(subject: ApprovalSubject): boolean {
  return subject === 'order' || subject === 'payment' || subject === 'expense';
}

/** Whether what is asked for is the requester's own words, which they can change. */
export function isReturnable({ subject }: Pick<ApprovalPlan, 'subject'>): boolean {
  return RETURNABLE.has(subject);
}

const RETURNABLE: ReadonlySet<ApprovalSubject> = new Set([
  'order',
  'expense',
  'expense-exception',
  'leave',
  'engineering-change',
  'office',
]);
