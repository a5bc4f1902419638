/** Environment of `start-purchase`. */
import * as z from 'zod';

export const environment = z.object({
  /** The procure-to-pay state machine. */
  STATE_MACHINE_ARN: z.string().min(1),
});
