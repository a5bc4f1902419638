/** Environment of `send-digests`. */
import * as z from 'zod';
import { companyEnvironment, mailEnvironment, pagesEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...mailEnvironment.shape,
  ...pagesEnvironment.shape,
  ...companyEnvironment.shape,
});
