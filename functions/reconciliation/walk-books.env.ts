/** Environment of `walk-books`. */
import * as z from 'zod';
import { erpEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...erpEnvironment.shape,
  BOOKS_QUEUE_URL: z.url(),
  /** From when on each document of the ERP must be of a process: ISO 8601 in UTC. */
  BOOKS_SINCE: z.iso.datetime(),
});
