import { createHash } from 'node:crypto';

/** What a step may know of the world; given the same again, a replay sees the same. */
export interface Ambient {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Source of every id, token, jitter and random number of the step. */
  readonly seed: string;
  /** Whether the world turns a task away before it has begun. Without it, none is. */
  readonly refusalOf?: (attempt: TaskAttempt) => TaskRefusal | undefined;
}

/** A task that is about to be scheduled. */
export interface TaskAttempt {
  readonly executionArn: string;
  readonly stateName: string;
  /** The `Resource` of the state. */
  readonly resource: string;
}

/** How a task is turned away: it names nothing that is there, cannot be scheduled, or cannot be started after it was. */
export type TaskRefusal =
  | { readonly phase: 'lookup' }
  | { readonly phase: 'schedule' | 'start'; readonly error?: string; readonly cause?: string };

/** Numbers and ids that depend on nothing but a seed. */
export interface Randomness {
  /** At least 0 and less than 1. */
  number(): number;
  uuid(): string;
  /** 64 hexadecimal digits. */
  hex(): string;
}

/** Draws from a seed: the same seed gives the same draws in the same order. */
export function randomnessOf(seed: string): Randomness {
  let drawn = 0;
  const hex = (): string => {
    drawn += 1;
    return createHash('sha256').update(`${seed}/${drawn}`).digest('hex');
  };
  return {
    hex,
    number: () => Number.parseInt(hex().slice(0, 13), 16) / 2 ** 52,
    uuid: () => {
      const digits = hex();
      const variant = '89ab'.charAt(Number.parseInt(digits.charAt(16), 16) % 4);
      return [
        digits.slice(0, 8),
        digits.slice(8, 12),
        `4${digits.slice(13, 16)}`,
        `${variant}${digits.slice(17, 20)}`,
        digits.slice(20, 32),
      ].join('-');
    },
  };
}
