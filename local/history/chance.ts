/** Chance by a seed: the same seed is the same history, on every machine. */

export interface Chance {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  pick<T>(choices: readonly [T, ...T[]]): T;
  isTrue(probability: number): boolean;
  /** Positive, half of them below `median`; a few are many times as long, as waits of people are. */
  long(median: number): number;
  /** 32 hexadecimal digits. */
  hex(): string;
  /** Another one that does not depend on how much of this one was used. */
  split(name: string): Chance;
}

/** @param seed - any text */
export function chanceOf(seed: string): Chance {
  let state = hashOf(seed);
  // Mulberry32: 32 bits of state, which is enough for figures and no secret.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const hex = () =>
    Array.from({ length: 4 }, () =>
      Math.floor(next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
  return {
    next,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
    isTrue: (probability) => next() < probability,
    long: (median) => median * Math.exp(0.9 * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
    hex,
    split: (name) => chanceOf(`${seed}/${name}`),
  };
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const unit of Buffer.from(text, 'utf8')) {
    hash = Math.imul(hash ^ unit, 0x01000193) >>> 0;
  }
  return hash;
}
