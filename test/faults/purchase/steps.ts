/** What people and systems do in a purchase. */
import * as z from 'zod';
import { chances, type Draw, drawFrom } from '../kit/chance.ts';

export const stepSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('submit'), copy: z.number() }),
  z.object({ do: z.literal('submit-other') }),
  z.object({ do: z.literal('answer'), choice: z.number() }),
  z.object({ do: z.literal('old-link'), link: z.number(), choice: z.number() }),
  z.object({ do: z.literal('double-click'), choice: z.number() }),
  /** Something else than deciding, by who was asked last or by an older link. */
  z.object({ do: z.literal('task'), kind: z.number(), to: z.number(), link: z.number() }),
  z.object({ do: z.literal('receive'), share: z.number() }),
  z.object({ do: z.literal('invoice'), kind: z.number() }),
  z.object({ do: z.literal('correct'), invoice: z.number() }),
  z.object({ do: z.literal('take-back'), invoice: z.number() }),
  z.object({ do: z.literal('bank'), payment: z.number(), pays: z.boolean() }),
  z.object({ do: z.literal('cancel-in-erp') }),
  z.object({ do: z.literal('withdraw'), byRequester: z.boolean() }),
  z.object({ do: z.literal('return') }),
  /** Version 0: in the place of the one that stands. */
  z.object({ do: z.literal('resubmit'), version: z.number(), change: z.number(), byRequester: z.boolean() }),
  z.object({ do: z.literal('hold') }),
  z.object({ do: z.literal('release') }),
  z.object({ do: z.literal('poll') }),
  z.object({ do: z.literal('sweep') }),
  z.object({ do: z.literal('redrive') }),
  z.object({ do: z.literal('wait'), hours: z.number() }),
  z.object({ do: z.literal('restart') }),
  z.object({ do: z.literal('oa'), isDown: z.boolean() }),
]);
export type Step = z.infer<typeof stepSchema>;

/** How often each kind of step is drawn, relative to the others. */
const KINDS: readonly (readonly [weight: number, make: (draw: Draw) => Step])[] = [
  [3, (draw) => ({ do: 'submit', copy: draw(3) })],
  [1, () => ({ do: 'submit-other' })],
  [14, (draw) => ({ do: 'answer', choice: draw(12) })],
  [3, (draw) => ({ do: 'old-link', link: draw(20), choice: draw(12) })],
  [2, (draw) => ({ do: 'double-click', choice: draw(12) })],
  [8, (draw) => ({ do: 'task', kind: draw(12), to: draw(12), link: draw(3) })],
  [5, (draw) => ({ do: 'receive', share: draw(4) })],
  [5, (draw) => ({ do: 'invoice', kind: draw(7) })],
  [2, (draw) => ({ do: 'correct', invoice: draw(4) })],
  [1, (draw) => ({ do: 'take-back', invoice: draw(4) })],
  [4, (draw) => ({ do: 'bank', payment: draw(4), pays: draw(3) > 0 })],
  [1, () => ({ do: 'cancel-in-erp' })],
  [1, (draw) => ({ do: 'withdraw', byRequester: draw(3) > 0 })],
  [2, () => ({ do: 'return' })],
  [
    4,
    (draw) => ({
      do: 'resubmit',
      version: [0, 0, 0, 1, 2][draw(5)] ?? 0,
      change: draw(6),
      byRequester: draw(6) > 0,
    }),
  ],
  [1, () => ({ do: 'hold' })],
  [1, () => ({ do: 'release' })],
  [6, () => ({ do: 'poll' })],
  [2, () => ({ do: 'sweep' })],
  [1, () => ({ do: 'redrive' })],
  [5, (draw) => ({ do: 'wait', hours: [0.02, 1, 3, 30, 200, 2200][draw(6)] ?? 1 })],
  [2, () => ({ do: 'restart' })],
  [1, (draw) => ({ do: 'oa', isDown: draw(2) === 0 })],
];
const TOTAL = KINDS.reduce((sum, [weight]) => sum + weight, 0);

/** The same seed gives the same steps; the first is always the request. */
export function drawSteps(seed: number): readonly Step[] {
  const draw = drawFrom(chances(seed));
  const step = (): Step => {
    let left = draw(TOTAL);
    const kind = KINDS.find(([weight]) => {
      left -= weight;
      return left < 0;
    });
    return kind === undefined ? { do: 'poll' } : kind[1](draw);
  };
  return [{ do: 'submit', copy: 0 }, ...Array.from({ length: 6 + draw(26) }, step)];
}
