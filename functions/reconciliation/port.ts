/** Port: the queue of what is to be compared with the books. */
import type { BooksMessage } from './message.ts';

export interface BooksReport {
  readonly detail: BooksMessage;
  /** Whole seconds until it is looked at; at most 900. */
  readonly delaySeconds?: number;
}

export interface BooksQueue {
  /** @throws ConnectorTransientError when not all of them were taken: they may be sent again. */
  send(reports: readonly BooksReport[]): Promise<void>;
}

/**
 * Seconds between two looks at what seems to be wrong: what the ERP did and the record has not heard of yet is on its way, and
 * the poller looks each minute.
 */
export const SECOND_LOOK_SECONDS = 900;
