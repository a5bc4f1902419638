/** One run of the fault explorer: what people and systems do, and what goes wrong meanwhile. Data, so that it can be kept. */

import type { ErpFault } from '../support/fake-erp.ts';
import type { CommitFault } from '../support/memory-store.ts';
import type { Fault } from '../support/purchase-world.ts';

export type Step =
  | { readonly do: 'submit'; readonly copy: number }
  | { readonly do: 'submit-other' }
  | { readonly do: 'answer'; readonly choice: number }
  | { readonly do: 'old-link'; readonly link: number; readonly choice: number }
  | { readonly do: 'double-click'; readonly choice: number }
  | { readonly do: 'receive'; readonly share: number }
  | { readonly do: 'invoice'; readonly kind: number }
  | { readonly do: 'correct'; readonly invoice: number }
  | { readonly do: 'take-back'; readonly invoice: number }
  | { readonly do: 'bank'; readonly payment: number; readonly pays: boolean }
  | { readonly do: 'cancel-in-erp' }
  | { readonly do: 'withdraw'; readonly byRequester: boolean }
  | { readonly do: 'hold' }
  | { readonly do: 'release' }
  | { readonly do: 'poll' }
  | { readonly do: 'sweep' }
  | { readonly do: 'wait'; readonly hours: number }
  | { readonly do: 'restart' }
  | { readonly do: 'oa'; readonly isDown: boolean };

export interface Run {
  readonly seed: number;
  readonly steps: readonly Step[];
  /** By the number of the call, commit or operation that they meet. */
  readonly calls: Readonly<Record<number, Exclude<Fault, undefined>>>;
  readonly commits: Readonly<Record<number, Exclude<CommitFault, undefined>>>;
  readonly erp: Readonly<Record<number, Exclude<ErpFault, undefined>>>;
}

/** Numbers from 0 up to 1 that the seed decides (mulberry32). */
function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Draw = (limit: number) => number;

/** How often each kind of step is drawn, relative to the others. */
const KINDS: readonly (readonly [weight: number, make: (draw: Draw) => Step])[] = [
  [3, (draw) => ({ do: 'submit', copy: draw(3) })],
  [1, () => ({ do: 'submit-other' })],
  [14, (draw) => ({ do: 'answer', choice: draw(12) })],
  [3, (draw) => ({ do: 'old-link', link: draw(20), choice: draw(12) })],
  [2, (draw) => ({ do: 'double-click', choice: draw(12) })],
  [5, (draw) => ({ do: 'receive', share: draw(4) })],
  [5, (draw) => ({ do: 'invoice', kind: draw(7) })],
  [2, (draw) => ({ do: 'correct', invoice: draw(4) })],
  [1, (draw) => ({ do: 'take-back', invoice: draw(4) })],
  [4, (draw) => ({ do: 'bank', payment: draw(4), pays: draw(3) > 0 })],
  [1, () => ({ do: 'cancel-in-erp' })],
  [1, (draw) => ({ do: 'withdraw', byRequester: draw(3) > 0 })],
  [1, () => ({ do: 'hold' })],
  [1, () => ({ do: 'release' })],
  [6, () => ({ do: 'poll' })],
  [2, () => ({ do: 'sweep' })],
  [4, (draw) => ({ do: 'wait', hours: [1, 3, 30, 200, 2200][draw(5)] ?? 1 })],
  [2, () => ({ do: 'restart' })],
  [1, (draw) => ({ do: 'oa', isDown: draw(2) === 0 })],
];

/** The same seed gives the same run. */
export function drawRun(seed: number): Run {
  const chance = chances(seed);
  const draw: Draw = (limit) => Math.floor(chance() * limit);
  const total = KINDS.reduce((sum, [weight]) => sum + weight, 0);
  const step = (): Step => {
    let left = draw(total);
    const kind = KINDS.find(([weight]) => {
      left -= weight;
      return left < 0;
    });
    return kind === undefined ? { do: 'poll' } : kind[1](draw);
  };
  const faults = <Kind>(count: number, share: number, kinds: readonly Kind[]): Record<number, Kind> => {
    const found: Record<number, Kind> = {};
    for (let index = 1; index <= count; index += 1) {
      const kind = kinds[draw(kinds.length)];
      if (chance() < share && kind !== undefined) {
        found[index] = kind;
      }
    }
    return found;
  };
  // Some runs meet nothing of a kind, so that what the others do is seen by itself.
  const intensity = () => (chance() < 0.3 ? 0 : chance() * 0.3);
  return {
    seed,
    steps: [{ do: 'submit', copy: 0 }, ...Array.from({ length: 6 + draw(26) }, step)],
    calls: faults(120, intensity(), ['dies-before', 'dies-after']),
    commits: faults(400, intensity(), ['before', 'after']),
    erp: faults(300, intensity(), ['down', 'lost-reply', 'refuses']),
  };
}
