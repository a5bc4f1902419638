/**
 * What lets a person judge an amount: what came before, kept as it was when the approval was asked, and what came into the same
 * row since. Pure data.
 */
import type { WorkKey } from '../../process/store/port.ts';

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

/** Requests of one row, as they are remembered: one item for each row, written with each question of it. */
export interface RequestHistory {
  /** Oldest first. */
  readonly requests: readonly RememberedRequest[];
  /** When the newest was routed that is remembered no more for want of room. Absent: all of a year are there. */
  readonly forgotten?: string;
}

/** One request among others; its amount is of the company's currency. */
export interface RememberedRequest {
  readonly processId: string;
  readonly amount: string;
  /** When it was routed (ISO 8601). */
  readonly at: string;
  /** Counted up within the row, and kept when it is asked for again. Absent: it was routed before they were counted. */
  readonly place?: number;
  /** What people knew it by. */
  readonly title?: string;
}

/** How much of its row a question knew when it was asked: whatever has a higher place came since. */
export interface RowSeen {
  readonly of: Row;
  readonly key: WorkKey;
  readonly place: number;
}

/** What was asked for in the same row since the question was asked, in the same instant too. */
export interface RequestsSince {
  readonly of: Row;
  /** Of all of them, whatever became of them. */
  readonly count: number;
  /** Newest first, at most three; never empty. */
  readonly latest: readonly EarlierRequest[];
}
