/** Environment of `decision-page`. */
import * as z from 'zod';
import { companyEnvironment, signInEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...signInEnvironment.shape,
});
