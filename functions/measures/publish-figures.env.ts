/** Environment of `publish-figures`. */
import * as z from 'zod';
import { companyEnvironment, metricsEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...metricsEnvironment.shape,
});
