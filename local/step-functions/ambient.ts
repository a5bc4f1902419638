import { createHash } from 'node:crypto';

/** What a step may know of the world; journaled with the step, so that a replay sees the same. */
export interface Ambient {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Source of every id, token, jitter and random number of the step. */
  readonly seed: string;
}

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
