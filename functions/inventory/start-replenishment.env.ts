/** Environment of `start-replenishment`. */
import * as z from 'zod';
import { erpEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...erpEnvironment.shape,
  REPLENISHMENT_ARN: z.string().min(1),
  /** Executions that may begin within a minute. */
  STARTS_PER_MINUTE: z.coerce.number().int().min(1),
});
