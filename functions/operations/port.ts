/**
 * What operators see and do outside the store: executions of the state machines, and dead letters. Asked only when a person
 * asks; nothing polls. Adapters: `aws/`.
 */
import { ValidationError } from '../runtime/errors.ts';
import type { StepEvent } from './domain/act.ts';

/** An execution that ended otherwise than well. Instants are ISO 8601 in UTC. */
export interface BadEnd {
  /** Its ARN. */
  readonly executionId: string;
  /** Name of its machine. */
  readonly machine: string;
  readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly endedAt: string;
}

/** Executions that ended badly. */
export interface BadEnds {
  /** Newest first. */
  readonly ends: readonly BadEnd[];
  /** There may be more: not all that are kept were looked at. */
  readonly hasMore: boolean;
}

export interface Execution {
  readonly executionId: string;
  readonly machine: string;
  readonly status: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** As it was started; undefined: no JSON that can be read. */
  readonly input: unknown;
  /** Name of the error, and the cause as Step Functions keeps it. Empty: it has none. */
  readonly error: string;
  readonly cause: string;
  /** Why it cannot be redriven; undefined: it can. */
  readonly notRedrivable?: string;
}

/** A published definition of a machine. */
export interface MachineVersion {
  readonly machine: string;
  /** From 1; `unversioned`: executions that were started without naming one. */
  readonly version: number | 'unversioned';
  /** When it was published; absent for what is unversioned. */
  readonly publishedAt?: string;
  /** Whether new processes run it. */
  readonly isCurrent: boolean;
  /** Executions that run, newest first; at most {@link MOST_LISTED}. */
  readonly running: readonly { readonly executionId: string; readonly startedAt: string }[];
  /** There are more, or there may be: not all that run were looked at. Only without it nothing else runs. */
  readonly hasMore: boolean;
}

/** Executions of one version that are named. */
export const MOST_LISTED = 100;

export interface Executions {
  /** Those that ended within the fourteen days in which an execution can be redriven. */
  badEnds(): Promise<BadEnds>;
  /** Undefined: there is no such execution of our machines, or it is not kept any more. */
  describe(executionId: string): Promise<Execution | undefined>;
  /**
   * Has an execution go on at the state that failed. Done once for one `actId`, however often it is called.
   * @returns why Step Functions refused it; undefined: it goes on.
   * @throws ConnectorTransientError when nobody knows.
   */
  redrive(executionId: string, actId: string): Promise<string | undefined>;
  /** What happened in an execution after an instant, oldest first; undefined: its history is not kept any more. */
  eventsAfter(executionId: string, instant: string): Promise<readonly StepEvent[] | undefined>;
  /** All versions of all machines, newest first for each; what is unversioned is left out only where it is certain that there is none. */
  versions(): Promise<readonly MachineVersion[]>;
}

/** A message that its worker, or the bus, could not hand over. */
export interface Letter {
  /** SQS's id of the message in its queue of dead letters. */
  readonly letterId: string;
  /** ISO 8601 in UTC. */
  readonly sentAt: string;
  readonly body: string;
}

export interface LetterQueue {
  /** As the outputs of the stack name it, such as `RequestsQueueDeadLetters`. */
  readonly name: string;
  /** As SQS counts: about. */
  readonly count: number;
}

/** Tells what is to be done with a letter that is held. */
export type LetterFate = 'sent' | 'kept';

export interface DeadLetters {
  /** Whether a name is one of a queue of dead letters. */
  has(queue: string): boolean;
  /** Every queue of dead letters, with those that are empty. */
  queues(): Promise<readonly LetterQueue[]>;
  /**
   * Some of the letters of a queue, at most `limit`; SQS gives them in no order, and not always all.
   * They are hidden from other readers for a few seconds.
   * @throws ValidationError for a queue that is none of ours.
   */
  read(queue: string, limit: number): Promise<readonly Letter[]>;
  /**
   * Sends letters to where they belong and deletes each once it is sent. A letter that is sent twice is worked on once, as
   * every message that is delivered twice.
   * @param letterIds - which; letters that are not found in a few looks are left out of the answer.
   * @returns what became of each that was found; `kept`: nothing takes it.
   */
  sendAgain(queue: string, letterIds: readonly string[]): Promise<ReadonlyMap<string, LetterFate>>;
}

/** What readers and senders of letters throw for a name that is none of ours. */
export function noSuchLetters(queue: string): ValidationError {
  const problem = `there are no dead letters of the name ${queue}`;
  return new ValidationError([{ field: 'queue', problem, remedy: 'take a name of the list of queues' }]);
}
