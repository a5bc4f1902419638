/** What lets a person judge an amount: what came before. Kept as it was when the approval was asked. Pure data. */

/** The budget that is charged with what is asked for, as the ERP had it. Amounts are plain decimals of `currency`, without tax. */
export interface BudgetFacts {
  /** First day (`YYYY-MM-DD`). */
  readonly from: string;
  /** Last day. */
  readonly to: string;
  readonly currency: string;
  readonly budgeted: string;
  /** Invoiced and otherwise booked. */
  readonly used: string;
  /** Ordered and not invoiced yet. Absent: the ERP cannot tell. */
  readonly committed?: string;
  /** What is left once this is bought; negative: the budget is exceeded. Absent: the request is of another currency. */
  readonly leftAfter?: string;
}

/** What the question is one of a row of: the requester's from the supplier, the employee's, those of the product. */
export type Row = 'purchases' | 'claims' | 'changes';

/** What was asked for before in the same row. Amounts are plain decimals of the company's currency. */
export interface EarlierRequests {
  readonly of: Row;
  /** How far back it looks. */
  readonly days: number;
  /** Those that were carried out or are on their way. */
  readonly count: number;
  /** Of all that are counted. */
  readonly total: string;
  /** There were more than are remembered: count and total are of the newest. */
  readonly isMore?: true;
  /** Newest first, whatever became of them; never empty. */
  readonly latest: readonly EarlierRequest[];
}

export interface EarlierRequest {
  /** The document's in the ERP, or the request's in the OA where there is none. */
  readonly number: string;
  readonly title: string;
  readonly amount: string;
  /** When it was asked for (ISO 8601 in UTC). */
  readonly at: string;
  /** How it ended. Absent: it is on its way. */
  readonly outcome?: string;
}
