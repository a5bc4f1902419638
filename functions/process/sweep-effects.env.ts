/** Environment of `sweep-effects`. */
import * as z from 'zod';
import { effectQueuesEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...effectQueuesEnvironment.shape,
});
