import type { Json, JsonObject } from './json.ts';

/** A field that may hold a JSONata expression (`{% … %}`) instead of a value of its own type. */
export type Expression = string;

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Output?: Json;
  readonly Assign?: JsonObject;
}

interface Common {
  readonly Comment?: string;
  readonly QueryLanguage?: 'JSONata';
  readonly Assign?: JsonObject;
  readonly Output?: Json;
}

interface Moving {
  readonly Next?: string;
  readonly End?: boolean;
}

interface Failing {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface PassState extends Common, Moving {
  readonly Type: 'Pass';
}
export interface TaskState extends Common, Moving, Failing {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Arguments?: Json;
  readonly TimeoutSeconds?: number | Expression;
  readonly HeartbeatSeconds?: number | Expression;
  readonly Credentials?: JsonObject;
}
export interface ChoiceRule {
  readonly Condition: boolean | Expression;
  readonly Next: string;
  readonly Assign?: JsonObject;
  readonly Output?: Json;
}
export interface ChoiceState extends Common {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
}
export interface WaitState extends Common, Moving {
  readonly Type: 'Wait';
  readonly Seconds?: number | Expression;
  readonly Timestamp?: string;
}
export interface SucceedState extends Common {
  readonly Type: 'Succeed';
}
export interface FailState extends Common {
  readonly Type: 'Fail';
  readonly Error?: string;
  readonly Cause?: string;
}
/** A machine within a machine: a branch of a Parallel, the processor of a Map. */
export interface SubMachine {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State };
}
export interface ParallelState extends Common, Moving, Failing {
  readonly Type: 'Parallel';
  readonly Branches: readonly SubMachine[];
  readonly Arguments?: Json;
}
export interface ItemProcessor extends SubMachine {
  readonly ProcessorConfig?: {
    readonly Mode?: 'INLINE' | 'DISTRIBUTED';
    readonly ExecutionType?: 'STANDARD' | 'EXPRESS';
  };
}
/** Where a distributed Map reads its items. */
export interface ItemReader {
  readonly Resource: string;
  readonly Arguments?: Json;
  readonly ReaderConfig?: {
    readonly InputType?: string;
    readonly MaxItems?: number | Expression;
    readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
    readonly CSVHeaders?: readonly string[];
    readonly CSVDelimiter?: string;
    /** A JSON pointer to the list within a JSON object. */
    readonly ItemsPointer?: string;
  };
}
/** How the items of a distributed Map are put together; at least one of the two limits is given. */
export interface ItemBatcher {
  readonly MaxItemsPerBatch?: number | Expression;
  readonly MaxInputBytesPerBatch?: number | Expression;
  readonly BatchInput?: Json;
}
/** What becomes of the results of a distributed Map; with a Resource they are written to S3. */
export interface ResultWriter {
  readonly Resource?: string;
  readonly Arguments?: Json;
  readonly WriterConfig?: {
    readonly Transformation?: 'NONE' | 'COMPACT' | 'FLATTEN';
    readonly OutputType?: 'JSON' | 'JSONL';
  };
}
export interface MapState extends Common, Moving, Failing {
  readonly Type: 'Map';
  readonly ItemProcessor?: ItemProcessor;
  readonly Iterator?: ItemProcessor;
  readonly Items?: Json;
  readonly ItemSelector?: Json;
  readonly MaxConcurrency?: number | Expression;
  readonly ToleratedFailureCount?: number | Expression;
  readonly ToleratedFailurePercentage?: number | Expression;
  readonly Label?: string;
  readonly ItemReader?: ItemReader;
  readonly ItemBatcher?: ItemBatcher;
  readonly ResultWriter?: ResultWriter;
}
export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

/** A state machine in Amazon States Language, query language JSONata. */
export interface MachineDefinition extends SubMachine {
  readonly Comment?: string;
  readonly QueryLanguage?: 'JSONata';
  readonly TimeoutSeconds?: number;
}

/** One step into a nested machine: which state, and which of its branches (0 for a Map). */
export type ScopeStep = readonly [state: string, branch: number];

/** The machine that a list of steps leads to, from the outermost one inwards. */
export function machineAt(definition: MachineDefinition, scope: readonly ScopeStep[]): SubMachine {
  let machine: SubMachine = definition;
  for (const [name, branch] of scope) {
    const state = machine.States[name];
    const next =
      state?.Type === 'Parallel'
        ? state.Branches[branch]
        : state?.Type === 'Map'
          ? (state.ItemProcessor ?? state.Iterator)
          : undefined;
    if (next === undefined) throw new Error(`No machine inside state ${name}`);
    machine = next;
  }
  return machine;
}
