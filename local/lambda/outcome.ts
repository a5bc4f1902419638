/** How an invocation of a function ended, as the Lambda service sees it. */
export type LambdaOutcome =
  | { readonly kind: 'returned'; readonly payload: unknown }
  | {
      readonly kind: 'threw';
      /** The error's name: what `ErrorEquals` of a state machine matches. */
      readonly errorType: string;
      readonly errorMessage: string;
      readonly trace?: readonly string[];
    }
  | { readonly kind: 'timed-out' };

/** A deployed function as the host needs it. */
export interface FunctionDescription {
  readonly arn: string;
  readonly name: string;
  /** The unpacked bundle; another folder when the code changed. */
  readonly folder: string;
  /** `<file without extension>.<export>` */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

/** What the host sends to a worker: one event. */
export interface WorkerRequest {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly arn: string;
  /** JSON text, as on the wire. */
  readonly event: string;
}

/** What a worker sends to the host. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'returned'; readonly requestId: string; readonly payload: string }
  | {
      readonly kind: 'threw';
      /** Absent: while the function's module was being loaded. */
      readonly requestId?: string;
      readonly errorType: string;
      readonly errorMessage: string;
      readonly trace: readonly string[];
    };
