/**
 * Where processes live: the append-only record, the erasable personal values and the work items, written together in
 * one transaction. Adapters: DynamoDB, and memory for tests; one contract suite (`test/contract/store/`).
 */
import type { PersonalValues, RecordEntry } from '../../audit/domain/record.ts';

/** Work items of one partition are read together, in the order of `sort`. */
export interface WorkKey {
  readonly partition: string;
  readonly sort: string;
}

/**
 * Lists ordered by time. Each is sharded by the adapter; a list is read newest or oldest first. The open tasks are ordered
 * by the employee ids of those who have them instead, so that whoever looks for people steps from one to the next.
 * Processes that run stand apart from those that ended, so that looking at all that run takes no longer as history grows.
 * What waits stands on a list of its kind of process, by since when; people with open tasks are ordered by how many they have.
 * `untold` is what the OA refused to hear, and `acts` what operators asked for.
 * `operator-questions` are the approvals that wait for an operator, by since when.
 * `cases` are those of compliance that nobody has settled, by their deadline.
 */
export type TimeList =
  | 'processes'
  | 'ended-processes'
  | 'effects'
  | 'intents'
  | 'tasks'
  | 'loads'
  | `waiting/${string}`
  | 'untold'
  | 'acts'
  | 'cases'
  | 'operator-questions';

export interface WorkItem<T = unknown> {
  readonly key: WorkKey;
  /** From 1; each replacement adds 1. */
  readonly version: number;
  readonly value: T;
}

interface Placement {
  /** On which list the item stands, and its time there (ISO 8601 in UTC; see {@link TimeList}). Absent: on none (a replacement takes it off). */
  readonly list?: { readonly name: TimeList; readonly at: string };
  /** After this instant the item may vanish; correctness never depends on it. */
  readonly expiresAt?: Date;
}

export type WorkChange =
  | ({ readonly kind: 'create'; readonly key: WorkKey; readonly value: object } & Placement)
  | ({
      readonly kind: 'replace';
      readonly key: WorkKey;
      readonly ifVersion: number;
      readonly value: object;
    } & Placement)
  | { readonly kind: 'delete'; readonly key: WorkKey; readonly ifVersion: number }
  /** Whatever stands there; its version is 1 again. For what only repeats an item that the same transaction changes by condition. */
  | ({ readonly kind: 'put'; readonly key: WorkKey; readonly value: object } & Placement)
  /** Whether or not it is there. */
  | { readonly kind: 'remove'; readonly key: WorkKey };

/** Where personal values stand. */
export type PersonalPlace = Pick<PersonalValues, 'processId' | 'sequence'>;

export interface Transaction {
  readonly entries: readonly RecordEntry[];
  readonly personal: readonly PersonalValues[];
  /** Personal values to erase, whether or not they are there. */
  readonly erasures?: readonly PersonalPlace[];
  readonly changes: readonly WorkChange[];
}

export interface PageOptions {
  readonly limit: number;
  readonly order: 'first-to-last' | 'last-to-first';
  /** Where the page before ended. */
  readonly after?: string | undefined;
}

/** Which part of a time list; `before` and `after` are exclusive bounds, of which at most one is given. */
export interface TimeListOptions {
  readonly order: 'newest-first' | 'oldest-first';
  readonly limit: number;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

export interface ProcessStore {
  /** Strongly consistent. */
  read<T>(key: WorkKey): Promise<WorkItem<T> | undefined>;
  /** All items of the partition whose `sort` begins with the prefix, strongly consistent, ordered by `sort`. */
  list<T>(partition: string, sortPrefix: string): Promise<readonly WorkItem<T>[]>;
  /** As {@link list}, of at most `limit` items, from the first or the last; `after` (a `sort` with the prefix) is exclusive. */
  page<T>(partition: string, sortPrefix: string, options: PageOptions): Promise<readonly WorkItem<T>[]>;
  /** Items of a time list, eventually consistent, merged over its shards. */
  listByTime<T>(name: TimeList, options: TimeListOptions): Promise<readonly WorkItem<T>[]>;
  /**
   * All or nothing; at most 100 items. An entry is never overwritten.
   * @throws ConcurrencyError when any condition fails: nothing was written.
   * @throws ConnectorTransientError when the answer was lost: read again before concluding anything.
   */
  commit(transaction: Transaction): Promise<void>;
  /** The record of a process in order, strongly consistent; all of it, or what follows an entry. */
  readRecord(processId: string, after?: number): Promise<readonly RecordEntry[]>;
  /** What is left of its personal values, of all entries or of those that follow one. */
  readPersonal(processId: string, after?: number): Promise<readonly PersonalValues[]>;
}
