/** Environment of `take-change`. */
import * as z from 'zod';
import { storeEnvironment, suitesEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...suitesEnvironment.shape,
  /** Name of the bus on which the OA's events are put. */
  EVENT_BUS: z.string().min(1),
});
