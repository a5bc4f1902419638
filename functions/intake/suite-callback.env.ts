/** Environment of `suite-callback`. */
import * as z from 'zod';
import { suitesEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...suitesEnvironment.shape,
  /** Where what was accepted waits to be worked on. */
  SUITE_CHANGES_QUEUE_URL: z.url(),
});
