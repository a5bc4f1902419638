/** Environment of `check-claim`. */
import * as z from 'zod';
import { attachmentEnvironment, companyEnvironment, erpEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...erpEnvironment.shape,
  ...companyEnvironment.shape,
  ...attachmentEnvironment.shape,
});
