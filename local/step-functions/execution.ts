import type { MachineDefinition, ScopeStep } from './definition.ts';
import type { Json, JsonObject } from './json.ts';
import type { MapLimits, ReadRequest, WriteTarget } from './map/terms.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** An error on its way through Retry and Catch. */
export interface Failure {
  readonly error?: string;
  readonly cause?: string;
  /** A missed heartbeat: States.Timeout that States.HeartbeatTimeout matches too. */
  readonly heartbeat?: boolean;
}

/** A task attempt whose answer is still due. */
export interface OpenTask {
  /** Id of the event that scheduled it; unique in the execution. */
  readonly id: number;
  readonly resource: string;
  readonly arguments: Json;
  /** Given to tasks that wait for a reply from outside. */
  readonly token?: string;
  /** The service call has been answered; only the reply (token) or the end of the job is still due. */
  submitted: boolean;
  readonly deadline?: number;
  readonly heartbeatMs?: number;
  heartbeatDeadline?: number;
  /** Name of a nested execution, drawn once so that starting it again is harmless. */
  readonly childName?: string;
  childArn?: string;
}

/** What a thread waits for. */
export type Waiting =
  | { readonly kind: 'timer'; readonly at: number }
  | { readonly kind: 'retry'; readonly at: number }
  | { readonly kind: 'task'; readonly task: OpenTask }
  | { readonly kind: 'children'; readonly group: ChildGroup }
  /** The items of a distributed Map are being read. */
  | { readonly kind: 'reader'; readonly plan: MapPlan; readonly request: ReadRequest }
  /** The results of a distributed Map are being written; `failure` is what it ends with then. */
  | { readonly kind: 'writer'; readonly group: ChildGroup; readonly failure?: Failure };

/** What a run of a distributed Map holds to from its start. */
export interface MapPlan {
  readonly runArn: string;
  /** Id of the event that started the Map's attempt. */
  readonly startedEventId: number;
  readonly limits: MapLimits;
  readonly target?: WriteTarget;
}

/** The branches of a Parallel, or the iterations or child executions of a Map, of one attempt. */
export interface ChildGroup {
  readonly kind: 'branches' | 'iterations' | 'executions';
  /** The items of a Map; for a Parallel its input, once for each branch. */
  readonly items: readonly Json[];
  /** What each child begins with. */
  readonly inputs: readonly Json[];
  readonly results: Json[];
  started: number;
  finished: number;
  failed: number;
  /** How many children may run at once. */
  readonly concurrency: number;
  /** How many children may fail. */
  readonly tolerated: number;
  /** The event that the children follow. */
  readonly startedEventId: number;
  /** Of a distributed Map only. */
  readonly run?: GroupRun;
}

/** The child executions of a distributed Map. */
export interface GroupRun {
  readonly runArn: string;
  readonly target?: WriteTarget;
  /** How many items each child execution has. */
  readonly sizes: readonly number[];
  /** What became of each child execution; null for those not started. */
  readonly records: (ItemRecord | null)[];
  /** Child executions that a redrive takes up again as soon as the concurrency allows. */
  again: number[];
}

/** A child execution of a distributed Map. */
export interface ItemRecord {
  /** Drawn once so that starting it again is harmless. */
  readonly name: string;
  readonly redriveCount: number;
  readonly status: ExecutionStatus;
  readonly startedAt: number;
  readonly stoppedAt?: number;
  readonly error?: string;
  readonly cause?: string;
}

/** What a Parallel or a Map that ended badly leaves for a redrive: the threads that did not end well, and the rest. */
export interface LeftBehind {
  readonly group: ChildGroup;
  readonly threads: readonly Thread[];
}

/** One run of a distributed Map, for the calls that describe it; it stays when it has ended. */
export interface MapRun {
  readonly arn: string;
  readonly startedAt: number;
  stoppedAt?: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly limits: MapLimits;
  executions: Tally;
  items: Tally;
  resultsWritten: boolean;
  redriveCount: number;
  redrivenAt?: number;
}

/** How many child executions, or items, are in which status. */
export type Tally = { readonly [status in ExecutionStatus | 'PENDING']: number };

/** The state that a thread is in. */
export interface Visit {
  readonly name: string;
  readonly input: Json;
  readonly enteredEventId: number;
  readonly enteredAt: number;
  /** Attempts used, per retrier of the state. */
  readonly attempts: number[];
  retryCount: number;
  /** The run of a distributed Map that this visit has started last. */
  runArn?: string;
  left?: LeftBehind;
}

/** One flow of control: the execution itself, a branch, or an iteration. */
export interface Thread {
  readonly id: number;
  readonly parent?: number;
  /** Number of the branch or of the iteration. */
  readonly index: number;
  readonly scope: readonly ScopeStep[];
  /** Set for iterations: the item, for the context object. */
  readonly item?: Json;
  readonly variables: JsonObject;
  previousEventId: number;
  next?: { readonly name: string; readonly input: Json };
  visit?: Visit;
  waiting?: Waiting;
  /** How the thread ended; set only until the one around it has been told. */
  ended?: { readonly output: Json } | { readonly failure: Failure };
}

/** The task, or the distributed Map, of another execution that started this one. */
export type StartedBy =
  | {
      readonly executionArn: string;
      readonly taskId: number;
      /** How the task waits: not at all, for a token, or for this execution's end. */
      readonly pattern: 'request' | 'waitForTaskToken' | 'sync' | 'sync:2';
    }
  | {
      readonly executionArn: string;
      readonly pattern: 'item';
      /** The event that started the Map's attempt, and the number of the item. */
      readonly groupId: number;
      readonly index: number;
    };

/** Which revision of its machine an execution runs on, when its machine is kept with revisions. */
export interface RunsOn {
  readonly revisionId?: string;
  /** When that revision was made, in milliseconds since the epoch. */
  readonly revisedAt?: number;
  /** The version that the execution was started with, or that an alias chose for it. */
  readonly machineVersionArn?: string;
  /** The alias that the execution was started with. */
  readonly machineAliasArn?: string;
}

/** What a new execution is made of. */
export interface NewExecution extends RunsOn {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  readonly roleArn: string;
  readonly definition: MachineDefinition;
  readonly input: Json;
  readonly startedBy?: StartedBy;
}

/** Everything that an execution is, as plain JSON: the fold of its journal. */
export interface ExecutionState extends RunsOn {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  readonly roleArn: string;
  /** The definition that the execution started with; an update of the machine does not touch it. */
  readonly definition: MachineDefinition;
  readonly input: Json;
  readonly startedAt: number;
  readonly startedBy?: StartedBy;
  status: ExecutionStatus;
  output?: Json;
  error?: string;
  cause?: string;
  stoppedAt?: number;
  lastEventId: number;
  nextThreadId: number;
  redriveCount: number;
  redrivenAt?: number;
  deadline?: number;
  mapRuns?: MapRun[];
  threads: { [id: string]: Thread };
}

/** A step from one state to the next, or a repetition of a state's attempt, for coverage. `to` is absent at an end. */
export interface Transition {
  readonly machineArn: string;
  /** Names of the states around, outermost first: `Parallel[0]`. */
  readonly scope: string;
  readonly from: string;
  readonly to?: string;
  /** `retry N` repeats an attempt: the state is not left. */
  readonly by: 'next' | 'end' | 'default' | 'failed' | `choice ${number}` | `catch ${number}` | `retry ${number}`;
}
