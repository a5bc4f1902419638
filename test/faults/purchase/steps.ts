/** What people and systems do in a purchase. */
import * as z from 'zod';
import { COMMON_STEPS, common, drawSteps, type Weighted } from '../requests/steps.ts';

export const stepSchema = z.discriminatedUnion('do', [
  ...COMMON_STEPS,
  z.object({ do: z.literal('receive'), share: z.number() }),
  z.object({ do: z.literal('invoice'), kind: z.number() }),
  z.object({ do: z.literal('correct'), invoice: z.number() }),
  z.object({ do: z.literal('take-back'), invoice: z.number() }),
  z.object({ do: z.literal('bank'), payment: z.number(), pays: z.boolean() }),
  z.object({ do: z.literal('cancel-in-erp') }),
]);
export type Step = z.infer<typeof stepSchema>;

const shared = common(1);

const KINDS: Weighted<Step> = [
  [3, shared.submit],
  [1, shared.submitOther],
  [14, shared.answer],
  [3, shared.oldLink],
  [2, shared.doubleClick],
  [8, shared.task],
  [5, (draw) => ({ do: 'receive', share: draw(4) })],
  [5, (draw) => ({ do: 'invoice', kind: draw(7) })],
  [2, (draw) => ({ do: 'correct', invoice: draw(4) })],
  [1, (draw) => ({ do: 'take-back', invoice: draw(4) })],
  [4, (draw) => ({ do: 'bank', payment: draw(4), pays: draw(3) > 0 })],
  [1, () => ({ do: 'cancel-in-erp' })],
  [1, shared.withdraw],
  [2, shared.giveBack],
  [4, shared.resubmit],
  [1, shared.hold],
  [1, shared.release],
  [6, shared.poll],
  [2, shared.sweep],
  [1, shared.redrive],
  [5, shared.wait],
  [2, shared.restart],
  [1, shared.oa],
];

/** As {@link drawSteps}. */
export function drawPurchase(seed: number): readonly Step[] {
  return drawSteps(seed, KINDS);
}
