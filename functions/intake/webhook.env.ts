/** Environment of `webhook`. */
import * as z from 'zod';
import { storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  /** Name of the bus on which the OA's events are put. */
  EVENT_BUS: z.string().min(1),
  /** JSON `{"<system>": "<ARN of its secret>"}`. */
  WEBHOOK_SECRETS: z
    .string()
    .transform((text) => JSON.parse(text))
    .pipe(z.record(z.string(), z.string().min(1))),
});
