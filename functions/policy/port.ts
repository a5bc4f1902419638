/**
 * The company's rules as decision tables (`rules/*.dmn`), evaluated behind a strict guard. Amounts given to a table are
 * of the company's own currency.
 */

import type { ApprovalLevelRule } from '../approvals/domain/level-rule.ts';
import type { FiredRules, RuledSubject } from '../approvals/domain/plan.ts';
import type { AskedScope } from '../approvals/domain/scope.ts';
import type { ComplianceRule, DetectorName } from '../compliance/domain/finding.ts';
import type { RuledFinding, Severity } from '../expenses/domain/finding.ts';
import type { CompiledRules } from './table.ts';

export interface WaitingTimes {
  /** Of what its hours are, where the company has a calendar of its working time; else all are of the clock. */
  readonly countedIn: 'working time' | 'clock time';
  readonly remindAfterHours: number;
  readonly escalateAfterHours: number;
  readonly expireAfterHours: number;
}

export interface MatchTolerance {
  /** Per line: the invoice's unit price may exceed the order's by this many percent … */
  readonly pricePercent: string;
  /** … and the line's amount by no more than this, in the order's currency. */
  readonly lineAmount: string;
  /** Invoiced quantity may exceed the received one by this many percent. */
  readonly quantityPercent: string;
}

export const EXPENSE_UNITS = ['day', 'night', 'person', 'piece'] as const;
export type ExpenseUnit = (typeof EXPENSE_UNITS)[number];

/** What may be claimed of a kind of expense. */
export interface ExpenseLimit {
  /** Company currency, for each day, night or person. */
  readonly perUnit: string;
  /** Company currency: what costs more needs a receipt. */
  readonly receiptAbove: string;
  /** Whole days from the expense to the check of the claim. */
  readonly maxAgeDays: number;
  /** What becomes of a line above `perUnit`: it goes back to the employee, or a reviewer judges it. */
  readonly overLimit: 'return' | 'review';
  /** What `perUnit` is for. Days and nights of a journey are no more than the journey has. */
  readonly unit: ExpenseUnit;
  /** Units that one line may have. */
  readonly mostUnits: number;
  /** A line of it names the approved journey that it belongs to. */
  readonly needsJourney: boolean;
}

/** Accounts of a legal entity that an expense claim is credited to. */
export interface ExpenseAccounts {
  /** What is owed to employees. */
  readonly payableAccount: string;
  /** What was advanced to employees. */
  readonly advanceAccount: string;
}

/** How the attendance of an employee is counted in a month. */
export interface AttendanceRule {
  /**
   * `calendar`: what is worked are the calendar's hours less absences. `clock`: every working day needs presence by the clock,
   * or approved absence. `clock where used`: so in each month in which they have clocked at all.
   */
  readonly countedBy: 'calendar' | 'clock' | 'clock where used';
  /** A working day that is shorter by no more than this is whole. */
  readonly shortMinutes: number;
  /** Nobody is asked about a day that is longer by no more than this. */
  readonly overMinutes: number;
  /** From a clock-in to its clock-out, 1 to 24. */
  readonly longestHours: number;
}

export interface SplitLimit {
  /** Company currency: purchases up to it count together; those above are judged by themselves anyway. */
  readonly limit: string;
  /** Whole days, 1 to 90, back from the moment that a purchase is routed. */
  readonly windowDays: number;
}

/** How stock that is short is bought. */
export interface ReplenishmentRule {
  /** Whose purchase it is: `post:<postId>` (its first active holder) or `person:<employeeId>`. */
  readonly planner: string;
  readonly costCentre: string;
  /** `automatic`: nobody is asked about the order; never without a row that says so. */
  readonly release: 'automatic' | 'ask';
  /** Whole days in which the same stock is not proposed again after people said no. */
  readonly pauseDays: number;
  /** By which rows. */
  readonly ruledBy: FiredRules;
}

/** What the company grants of one kind of leave. */
export interface LeaveRule {
  /** Whether what is taken in a calendar year is limited by `daysPerYear`. */
  readonly needsBalance: boolean;
  /** Working days, halves included; plain decimals. */
  readonly daysPerYear: string;
  readonly mostDaysAtOnce: string;
  /** Whole days of the calendar from filing to the first day; below zero: so many days afterwards. */
  readonly noticeDays: number;
  /** Whoever is away works elsewhere for the company: a journey, of which the destination is told. */
  readonly isOnBusiness: boolean;
  /** Whoever comes back before the last day has that approved, by those who approve the leave itself. */
  readonly isEarlyReturnApproved: boolean;
}

/** Which version of the policies answers. */
export interface PolicyInForce {
  /** SHA-256 (hex), see `policyDigest`. */
  readonly digest: string;
  readonly rules: CompiledRules;
}

/** What the rules are asked about a document. Every line of it, for every legal entity that it concerns, is a question of its own. */
export interface ScopeQuestion extends Pick<AskedScope, 'lines' | 'legalEntities'> {
  readonly costCentre: string;
}

export interface LevelsQuestion extends ScopeQuestion {
  readonly subject: RuledSubject;
  /** Of the whole document, whatever a line of it costs; company currency. */
  readonly amount: string;
}

export interface LinkQuestion extends ScopeQuestion {
  readonly subject: RuledSubject | 'operator';
}

export interface Policies {
  inForce(): PolicyInForce;
  /**
   * Levels in order, at least one: those of every row that fires for any line, each once.
   * @throws BusinessRuleError `no-approval-rule` when no row fires for one of the lines: never an approval.
   */
  approvalLevels(question: LevelsQuestion): Promise<readonly ApprovalLevelRule[]>;
  /**
   * By which rows {@link approvalLevels} and {@link linkLimit} answer the same question: for the record.
   * @throws as they do
   */
  firedRules(question: LinkQuestion & Pick<LevelsQuestion, 'amount'>): Promise<readonly FiredRules[]>;
  /** The highest amount (company currency) that a link alone may decide: the lowest that a line of the document has. */
  linkLimit(question: LinkQuestion): Promise<string>;
  waitingTimes(
    wait: 'rework' | 'goods-receipt' | 'supplier-invoice' | 'payment' | 'operator' | 'hold' | 'payroll' | 'payslip',
  ): Promise<WaitingTimes>;
  /** Limits below which nobody shall stay by splitting a purchase. */
  splitLimits(costCentre: string): Promise<readonly SplitLimit[]>;
  /**
   * `amount`: of the purchase, in company currency. A product of several categories is asked about once for each: where one of
   * the answers is to ask, it counts.
   */
  replenishmentRule(question: {
    readonly warehouse: string;
    readonly categories: readonly string[];
    readonly amount: string;
  }): Promise<ReplenishmentRule>;
  /** Undefined: the company offers no leave of this kind. */
  leaveRule(kind: string): Promise<LeaveRule | undefined>;
  /**
   * `department` and `grade`: the employee's; empty: none. `period`: `YYYY-MM`, so that a change of the rules begins with a
   * month and leaves alone what was handed over before.
   */
  attendanceRule(input: {
    readonly department: string;
    readonly grade: string;
    readonly period: string;
  }): Promise<AttendanceRule>;
  /** What becomes of something that the checks of expense claims found. */
  findingBecomes(finding: RuledFinding): Promise<Severity>;
  /** `grade`: the employee's; empty: none. Undefined: nobody of that grade claims such an expense. */
  expenseLimit(input: { readonly category: string; readonly grade: string }): Promise<ExpenseLimit | undefined>;
  /** The account of the general ledger that an expense is debited to; undefined: the tables map it to none. */
  accountFor(input: {
    readonly category: string;
    readonly costCentre: string;
    readonly legalEntity: string;
  }): Promise<string | undefined>;
  /** Undefined: the tables know no such entity. */
  ledgerAccounts(input: { readonly legalEntity: string }): Promise<ExpenseAccounts | undefined>;
  /**
   * What follows from a finding of compliance. `process`: name of the state machine; empty: it is about none.
   */
  complianceRule(input: { readonly detector: DetectorName; readonly process: string }): Promise<ComplianceRule>;
  matchTolerance(input: { readonly currency: string; readonly costCentre: string }): Promise<MatchTolerance>;
}
