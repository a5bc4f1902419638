/** Port: the event log as something that answers questions. */

/** A row of an answer: texts, numbers, and null. */
export type AnswerRow = { readonly [column: string]: string | number | null };

/** Names of the saved queries that the report asks. */
export type ReportQuery =
  | 'cycle-times'
  | 'level-waits'
  | 'waits'
  | 'level-answers'
  | 'rework'
  | 'in-turn'
  | 'approver-load'
  | 'failures';

export interface EventLogAnswers {
  /** Rows in the order that the query gives them. */
  ask(query: ReportQuery): Promise<readonly AnswerRow[]>;
}

/** Empty when the column has no text. */
export function textOf(row: AnswerRow, column: string): string {
  return String(row[column] ?? '');
}

/** 0 when the column has no number. */
export function numberOf(row: AnswerRow, column: string): number {
  return Number(row[column] ?? 0);
}
