/** Environment of `watch-stock`. */
import * as z from 'zod';
import { erpEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...erpEnvironment.shape,
  STOCK_QUEUE_URL: z.url(),
  /** Executions that may begin within a minute. */
  STARTS_PER_MINUTE: z.coerce.number().int().min(1),
  /** From one look to the next. */
  WATCH_EVERY_MINUTES: z.coerce.number().int().min(1),
});
