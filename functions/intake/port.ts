/**
 * An OA suite (Feishu, DingTalk, WeCom) as Meridian hears of its approvals: a callback that says that something changed, and
 * the instance of the form, which is read from the suite itself. Adapters: `functions/connectors/oa/suites/`.
 */

/** A request of a suite, before anything of it is believed. */
export interface CallbackRequest {
  readonly method: 'GET' | 'POST';
  /** A parameter of the query; undefined where it is missing. */
  readonly query: (name: string) => string | undefined;
  /** A header, by its lower-case name; undefined where it is missing. */
  readonly header: (name: string) => string | undefined;
  readonly rawBody: Uint8Array;
}

/** What the suite expects to read. */
export interface CallbackAnswer {
  readonly contentType: string;
  readonly body: string;
}

/** Why a callback is not taken. */
export type CallbackRefusal =
  /** What every callback of the suite carries is missing. */
  | 'malformed'
  | 'wrong-signature'
  /** Its timestamp is more than five minutes away from our clock. */
  | 'outside-window'
  /** It is signed, and cannot be deciphered or read. */
  | 'unreadable'
  | 'too-deep'
  /** It was made for another app or company. */
  | 'other-receiver';

/** What became of an instance of a form. `urged`: whoever filed it asks those who are to decide to get on with it. */
export const CHANGES = ['filed', 'urged', 'approved', 'rejected', 'withdrawn'] as const;
export type Change = (typeof CHANGES)[number];

/** That something became of an instance: a pointer, with nothing of what was filed. */
export interface InstanceChange {
  /** The suite's own id of the instance. */
  readonly instanceId: string;
  /** The suite's own code of the form (审批模板). */
  readonly form: string;
  readonly change: Change;
  /** When, ISO 8601 in UTC. */
  readonly occurredAt: string;
}

export type Heard =
  | { readonly result: 'refused'; readonly refusal: CallbackRefusal }
  /** Without a change: a check of the address, or news that is none of ours. */
  | { readonly result: 'taken'; readonly answer: CallbackAnswer; readonly change?: InstanceChange };

export interface SuiteCallbacks {
  /**
   * Believes nothing that is not signed with the company's keys, made for its app and of these minutes.
   * @throws ConfigError when the suite's secret is not filled in.
   */
  hear(request: CallbackRequest, now: Date): Promise<Heard>;
}

/** A value of a form as its suite has it, in words that all suites share. Parts of a range are `start` and `end`. */
export type FormValue =
  | string
  | boolean
  | readonly string[]
  | { readonly start: string; readonly end: string }
  /** A table: its rows, each with its own values. */
  | readonly FormRow[];
export type FormRow = { readonly [field: string]: FormValue };

/** An instance of a form as it stands now. */
export interface FormInstance {
  /** What has become of it so far. */
  readonly change: Exclude<Change, 'urged'>;
  /** The suite's own id of who filed it. */
  readonly userId: string;
  /** By the suite's own ids of the fields. */
  readonly values: FormRow;
}

export interface SuiteInstances {
  /**
   * @throws ConnectorTransientError when the suite may answer later.
   * @throws ConnectorPermanentError when it knows no such instance, or has it in another shape.
   * @throws ConfigError when it does not let us read it.
   */
  read(instanceId: string): Promise<FormInstance>;
}

/** Changes that wait to be worked on, after the suite was answered. */
export interface ChangeQueue {
  /** @throws ConnectorTransientError when it may work later: the suite sends the callback again. */
  send(change: QueuedChange): Promise<void>;
}

/** A change, and of which suite of the company (`oa.system`). */
export interface QueuedChange extends InstanceChange {
  readonly system: string;
}
