import type { Json } from './json.ts';

/** One event of an execution's history, as GetExecutionHistory gives it (details under AWS's own key). */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** Name of the details' field of AWS's API, for example `taskFailedEventDetails`. */
  readonly detailsKey?: string;
  readonly details?: { readonly [key: string]: Json };
}

/** Step Functions' limit of events in one execution's history. */
export const HISTORY_LIMIT = 25_000;

/** Thrown when a history has no room for another event but the last, which says how the execution ended. */
export class HistoryFull extends Error {
  constructor() {
    super(`The execution reached the maximum number of history events (${HISTORY_LIMIT}).`);
    this.name = 'HistoryFull';
  }
}

/** The field of a history event that holds the details of a type. */
export function detailsKeyOf(type: string): string {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}
