/** Environment of `compare-books`. */
import * as z from 'zod';
import { companyEnvironment, erpEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...erpEnvironment.shape,
  BOOKS_QUEUE_URL: z.url(),
});
