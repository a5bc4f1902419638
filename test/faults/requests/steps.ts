/** What people do with any request, and what happens to the systems meanwhile; each process adds its own steps. */
import * as z from 'zod';
import { chances, type Draw, drawFrom } from '../kit/chance.ts';

/** Which of the requests of a run it is about: more than one, where they may get into each other's way. */
const of = z.number().default(0);

export const COMMON_STEPS = [
  z.object({ do: z.literal('submit'), copy: z.number(), of }),
  z.object({ do: z.literal('submit-other') }),
  z.object({ do: z.literal('answer'), choice: z.number() }),
  z.object({ do: z.literal('old-link'), link: z.number(), choice: z.number() }),
  z.object({ do: z.literal('double-click'), choice: z.number() }),
  /** Something else than deciding, by who was asked last or by an older link. */
  z.object({ do: z.literal('task'), kind: z.number(), to: z.number(), link: z.number() }),
  /** An operator says what is to become of a step that failed. */
  z.object({ do: z.literal('resolve'), choice: z.number() }),
  z.object({ do: z.literal('withdraw'), byRequester: z.boolean(), of }),
  z.object({ do: z.literal('return') }),
  /** Version 0: in the place of the one that stands. */
  z.object({ do: z.literal('resubmit'), version: z.number(), change: z.number(), byRequester: z.boolean(), of }),
  z.object({ do: z.literal('hold'), of }),
  z.object({ do: z.literal('release'), of }),
  z.object({ do: z.literal('poll') }),
  z.object({ do: z.literal('sweep') }),
  z.object({ do: z.literal('redrive') }),
  z.object({ do: z.literal('wait'), hours: z.number() }),
  z.object({ do: z.literal('restart') }),
  z.object({ do: z.literal('oa'), isDown: z.boolean() }),
] as const;
export type CommonStep = z.infer<(typeof COMMON_STEPS)[number]>;

/** Steps that every process draws, of a run with so many requests. */
export function common(requests: number) {
  const ofAny = (draw: Draw) => (requests === 1 ? 0 : draw(requests));
  return {
    submit: (draw) => ({ do: 'submit', copy: draw(3), of: ofAny(draw) }),
    submitOther: () => ({ do: 'submit-other' }),
    answer: (draw) => ({ do: 'answer', choice: draw(12) }),
    oldLink: (draw) => ({ do: 'old-link', link: draw(20), choice: draw(12) }),
    doubleClick: (draw) => ({ do: 'double-click', choice: draw(12) }),
    task: (draw) => ({ do: 'task', kind: draw(12), to: draw(12), link: draw(3) }),
    resolve: (draw) => ({ do: 'resolve', choice: draw(4) }),
    withdraw: (draw) => ({ do: 'withdraw', byRequester: draw(3) > 0, of: ofAny(draw) }),
    giveBack: () => ({ do: 'return' }),
    resubmit: (draw) => ({
      do: 'resubmit',
      version: [0, 0, 0, 1, 2][draw(5)] ?? 0,
      change: draw(6),
      byRequester: draw(6) > 0,
      of: ofAny(draw),
    }),
    hold: (draw) => ({ do: 'hold', of: ofAny(draw) }),
    release: (draw) => ({ do: 'release', of: ofAny(draw) }),
    poll: () => ({ do: 'poll' }),
    sweep: () => ({ do: 'sweep' }),
    redrive: () => ({ do: 'redrive' }),
    wait: (draw) => ({ do: 'wait', hours: [0.02, 1, 3, 30, 200, 2200][draw(6)] ?? 1 }),
    restart: () => ({ do: 'restart' }),
    oa: (draw) => ({ do: 'oa', isDown: draw(2) === 0 }),
  } as const satisfies { readonly [name: string]: (draw: Draw) => CommonStep };
}

/** A kind of step, and how often it is drawn, relative to the others. */
export type Weighted<Step> = readonly (readonly [weight: number, make: (draw: Draw) => Step])[];

/** The same seed gives the same steps; the first is always the request. */
export function drawSteps<Step>(seed: number, kinds: Weighted<Step>): readonly (Step | CommonStep)[] {
  const draw = drawFrom(chances(seed));
  const total = kinds.reduce((sum, [weight]) => sum + weight, 0);
  const step = (): Step | CommonStep => {
    let left = draw(total);
    const kind = kinds.find(([weight]) => {
      left -= weight;
      return left < 0;
    });
    return kind === undefined ? { do: 'sweep' } : kind[1](draw);
  };
  return [{ do: 'submit', copy: 0, of: 0 }, ...Array.from({ length: 6 + draw(26) }, step)];
}
