import type { ExecutionState } from './execution.ts';

/** Who waits for the end of an execution. */
export interface Endings {
  /** Resolves when the execution has ended; to be called before it starts. */
  of(executionArn: string): Promise<ExecutionState>;
  /** Tells whoever waits. */
  tell(execution: ExecutionState): void;
}

export function createEndings(): Endings {
  const waiting = new Map<string, (execution: ExecutionState) => void>();
  return {
    of: (arn) => new Promise((resolve) => waiting.set(arn, resolve)),
    tell: (execution) => {
      waiting.get(execution.arn)?.(execution);
      waiting.delete(execution.arn);
    },
  };
}
