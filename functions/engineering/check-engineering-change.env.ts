/** Environment of `check-engineering-change`. */
import * as z from 'zod';
import { companyEnvironment, erpEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...erpEnvironment.shape,
  ...companyEnvironment.shape,
});
