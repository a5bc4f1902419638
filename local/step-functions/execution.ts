import type { MachineDefinition, ScopeStep } from './definition.ts';
import type { Json, JsonObject } from './json.ts';

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
  | { readonly kind: 'children'; readonly group: ChildGroup };

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
  /** The child executions that run; empty for threads. */
  running: RunningItem[];
}

/** A child execution of a distributed Map. */
export interface RunningItem {
  readonly index: number;
  /** Drawn once so that starting it again is harmless. */
  readonly name: string;
}

/** The state that a thread is in. */
export interface Visit {
  readonly name: string;
  readonly input: Json;
  readonly enteredEventId: number;
  readonly enteredAt: number;
  /** Attempts used, per retrier of the state. */
  readonly attempts: number[];
  retryCount: number;
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
