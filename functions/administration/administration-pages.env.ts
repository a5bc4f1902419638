/** Environment of `administration-pages`. */
import * as z from 'zod';
import { companyEnvironment, storeEnvironment, tokenEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...tokenEnvironment.shape,
});
