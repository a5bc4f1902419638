/** Environment of `watch-orders`. */
import * as z from 'zod';
import { erpEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...erpEnvironment.shape,
  ORDER_QUEUE_URL: z.url(),
});
