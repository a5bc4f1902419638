/** The way of a question through its levels, and how long it takes: levels that open together wait side by side. Pure. */

/** One level of a way. */
export interface PastLevel {
  readonly name: string;
  readonly approverIds: readonly string[];
  /** It opens beside the level before it; of the first this says nothing. */
  readonly isParallel: boolean;
}

/** Observed waits in hours by the clock: of a question and level, in any order. */
export type ObservedWaits = ReadonlyMap<string, readonly number[]>;

/** Names the waits of a level. */
export function waitKey(subject: string, level: string): string {
  return `${subject}/${level}`;
}

/** The names of the levels that are open at a time, one time after the other. */
export function stretchesOf(levels: readonly PastLevel[]): readonly (readonly string[])[] {
  const stretches: string[][] = [];
  for (const { name, isParallel } of levels) {
    const last = stretches.at(-1);
    if (isParallel && last !== undefined) {
      last.push(name);
    } else {
      stretches.push([name]);
    }
  }
  return stretches;
}

/** Of levels that wait side by side the longest counts, draw by draw: so many of them are as sure as anybody needs. */
const DRAWS = 400;

/**
 * What one stretch of a way was observed to take. Of levels that open together nobody knows which wait belongs to which, so
 * that one of each is drawn. What was never observed is drawn from all.
 */
export function waitsOf(
  waits: ObservedWaits,
  subject: string,
  levels: readonly string[],
  random: () => number,
): readonly number[] {
  const all = [...waits.values()].flat();
  const observed = levels.map((level) => waits.get(waitKey(subject, level)) ?? all);
  const [only] = observed;
  if (only === undefined || observed.length === 1) {
    return only ?? [];
  }
  return Array.from({ length: all.length === 0 ? 0 : DRAWS }, () =>
    Math.max(...observed.map((one) => one[Math.floor(random() * one.length)] ?? 0)),
  );
}
