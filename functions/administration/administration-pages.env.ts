/** Environment of `administration-pages`. */
import * as z from 'zod';
import { companyEnvironment, rolesEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...rolesEnvironment.shape,
});
