/**
 * The company's rules as decision tables (`rules/*.dmn`), evaluated behind a strict guard. Amounts given to a table are
 * of the company's own currency.
 */
export interface ApprovalLevelRule {
  /** Name of the level for people, such as `Department head`. */
  readonly level: string;
  /** `manager` (the requester's), `department-head` (of the cost centre), or `post:<postId>`. */
  readonly approver: string;
  readonly remindAfterHours: number;
  readonly escalateAfterHours: number;
  readonly expireAfterHours: number;
}

export interface WaitingTimes {
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

export interface Policies {
  /**
   * Levels in order, at least one.
   * @throws BusinessRuleError `no-approval-rule` when no row fires: never an approval.
   */
  approvalLevels(input: {
    readonly subject: 'order' | 'payment' | 'invoice-mismatch';
    /** Company currency. */
    readonly amount: string;
    readonly costCentre: string;
  }): Promise<readonly ApprovalLevelRule[]>;
  /** The highest amount (company currency) that a link alone may decide. */
  linkLimit(subject: 'order' | 'payment' | 'invoice-mismatch' | 'operator'): Promise<string>;
  waitingTimes(wait: 'goods-receipt' | 'supplier-invoice' | 'payment' | 'operator' | 'hold'): Promise<WaitingTimes>;
  matchTolerance(input: { readonly currency: string; readonly costCentre: string }): Promise<MatchTolerance>;
}
