/** What people and systems do with leave requests. */
import * as z from 'zod';
import { COMMON_STEPS, common, drawSteps, type Weighted } from '../requests/steps.ts';

export const stepSchema = z.discriminatedUnion('do', [
  ...COMMON_STEPS,
  /** The requester comes back so many days before the last, or took none of them, or somebody else says so. */
  z.object({
    do: z.literal('shorten'),
    days: z.number(),
    endsAtNoon: z.boolean(),
    isNotTaken: z.boolean(),
    byRequester: z.boolean(),
    of: z.number(),
  }),
]);
export type Step = z.infer<typeof stepSchema>;

/** Requests of a run. */
const REQUESTS = 2;
const shared = common(REQUESTS);

const KINDS: Weighted<Step> = [
  [5, shared.submit],
  [1, shared.submitOther],
  [14, shared.answer],
  [3, shared.oldLink],
  [2, shared.doubleClick],
  [3, shared.task],
  [6, shared.resolve],
  [
    8,
    (draw) => ({
      do: 'shorten',
      days: draw(5),
      endsAtNoon: draw(3) === 0,
      isNotTaken: draw(5) === 0,
      byRequester: draw(6) > 0,
      of: draw(REQUESTS),
    }),
  ],
  [5, shared.withdraw],
  [2, shared.giveBack],
  [4, shared.resubmit],
  [1, shared.hold],
  [1, shared.release],
  [2, shared.sweep],
  [1, shared.redrive],
  [7, shared.wait],
  [2, shared.restart],
  [1, shared.oa],
];

/** As {@link drawSteps}. */
export function drawLeaves(seed: number): readonly Step[] {
  return drawSteps(seed, KINDS);
}
