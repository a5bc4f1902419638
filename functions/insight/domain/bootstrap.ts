/** How sure a sum of waits is: what was observed is drawn again and again (the bootstrap), and the middle nine tenths are told. Pure. */

export interface Range {
  readonly expected: number;
  /** Nine in ten draws lie between the two. */
  readonly low: number;
  readonly high: number;
}

/** Waits of a kind, and how many of them there would be more (above 0) or fewer. */
export interface Weighted {
  readonly weight: number;
  readonly observed: readonly number[];
}

const DRAWS = 400;
/** A mean of more than this is as sure as anybody needs, and drawing costs time. */
const MOST_DRAWN = 400;

/** The sum of each kind's mean, times its weight. What was never observed counts nothing. */
export function meanRange(kinds: readonly Weighted[], random: () => number): Range {
  const seen = kinds.filter(({ observed, weight }) => observed.length > 0 && weight !== 0);
  const expected = seen.reduce((sum, { weight, observed }) => sum + weight * mean(observed), 0);
  const sums = Array.from({ length: DRAWS }, () =>
    seen.reduce((sum, one) => sum + one.weight * drawnMean(one.observed, random), 0),
  );
  const ordered = sums.sort((one, other) => one - other);
  return { expected, low: at(ordered, 0.05), high: at(ordered, 0.95) };
}

/** A mean of as many as there are; of more than are drawn, one that is as far from the truth as that would be. */
function drawnMean(observed: readonly number[], random: () => number): number {
  const drawn = Math.min(observed.length, MOST_DRAWN);
  let sum = 0;
  for (let draw = 0; draw < drawn; draw += 1) {
    sum += observed[Math.floor(random() * observed.length)] ?? 0;
  }
  const middle = mean(observed);
  return middle + (sum / drawn - middle) * Math.sqrt(drawn / observed.length);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function at(ordered: readonly number[], share: number): number {
  return ordered[Math.round((ordered.length - 1) * share)] ?? 0;
}
