/** What people and systems do with expense claims. */
import * as z from 'zod';
import { COMMON_STEPS, common, drawSteps, type Weighted } from '../requests/steps.ts';

export const stepSchema = z.discriminatedUnion('do', [
  ...COMMON_STEPS,
  z.object({ do: z.literal('bank'), payment: z.number(), pays: z.boolean() }),
  z.object({ do: z.literal('pay-by-hand'), entry: z.number() }),
  z.object({ do: z.literal('account'), isClosed: z.boolean() }),
]);
export type Step = z.infer<typeof stepSchema>;

/** Claims of a run. */
const CLAIMS = 2;
const shared = common(CLAIMS);

const KINDS: Weighted<Step> = [
  [5, shared.submit],
  [1, shared.submitOther],
  [14, shared.answer],
  [3, shared.oldLink],
  [2, shared.doubleClick],
  [3, shared.task],
  [6, shared.resolve],
  [6, (draw) => ({ do: 'bank', payment: draw(4), pays: draw(3) > 0 })],
  [2, (draw) => ({ do: 'pay-by-hand', entry: draw(3) })],
  [3, (draw) => ({ do: 'account', isClosed: draw(2) === 0 })],
  [2, shared.withdraw],
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
export function drawClaims(seed: number): readonly Step[] {
  return drawSteps(seed, KINDS);
}
