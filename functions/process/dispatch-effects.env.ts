/** Environment of `dispatch-effects`. */
import * as z from 'zod';
import { alarmEnvironment, effectQueuesEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...effectQueuesEnvironment.shape,
  /** To take away the alarms of a wait that was answered, and to set the next of one that waits on. */
  ...alarmEnvironment.shape,
});
