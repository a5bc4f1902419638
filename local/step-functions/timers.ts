import { createDeadlines } from './deadlines.ts';

/** Longest delay that setTimeout takes. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Wakes executions at their deadlines, on the machine's clock. */
export interface Timers {
  /** Sets, moves or (undefined) clears the next moment of an execution, in milliseconds since the epoch. */
  set(executionArn: string, at: number | undefined): void;
  stop(): void;
}

/** @param wake - called once for each deadline that has come */
export function createTimers(now: () => number, wake: (executionArn: string) => void): Timers {
  const deadlines = createDeadlines();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const arm = (): void => {
    clearTimeout(timer);
    const first = deadlines.first();
    if (stopped || first === undefined) return;
    timer = setTimeout(ring, Math.min(Math.max(first - now(), 0), LONGEST_DELAY_MS));
  };
  const ring = (): void => {
    // A timer may ring a little early, and a far deadline needs several.
    const due = deadlines.due(now());
    for (const arn of due) deadlines.set(arn, undefined);
    for (const arn of due) wake(arn);
    arm();
  };

  return {
    set: (arn, at) => {
      deadlines.set(arn, at);
      arm();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
