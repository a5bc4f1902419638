/** Chance that a seed decides. */

/** Numbers from 0 up to 1 (mulberry32). */
export function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Numbers from 0 up to 1 that belong to a name: the same ones, whatever else is drawn. */
export function chancesOf(seed: number, name: string): () => number {
  let hash = 2_166_136_261 ^ seed;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 16_777_619);
  }
  return chances(hash);
}

/** A whole number from 0 up to a limit. */
export type Draw = (limit: number) => number;

export function drawFrom(chance: () => number): Draw {
  return (limit) => Math.floor(chance() * limit);
}
