/** Lines that share a gap lie side by side in it, so that none hides another. Pure. */

/** A stretch of a gap that a line takes. */
export interface Stretch {
  /** Of one owner may lie on another of the same owner: they are one line that parts. */
  readonly owner: string;
  readonly from: number;
  readonly to: number;
}

/** The lane of each stretch, from 0, as few lanes as the order of their beginnings allows. */
export function lanesOf<T extends Stretch>(stretches: readonly T[]): ReadonlyMap<T, number> {
  const ordered = [...stretches].sort((one, other) => lower(one) - lower(other) || higher(one) - higher(other));
  const lanes: T[][] = [];
  const found = new Map<T, number>();
  for (const stretch of ordered) {
    const free = lanes.findIndex((lane) => lane.every((other) => isBeside(stretch, other)));
    const number = free === -1 ? lanes.length : free;
    lanes[number] = [...(lanes[number] ?? []), stretch];
    found.set(stretch, number);
  }
  return found;
}

function isBeside(one: Stretch, other: Stretch): boolean {
  return one.owner === other.owner || lower(one) > higher(other) || lower(other) > higher(one);
}

const lower = ({ from, to }: Stretch) => Math.min(from, to);
const higher = ({ from, to }: Stretch) => Math.max(from, to);
