/** Environment of `erase-expired`. */
import * as z from 'zod';
import { booksEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...booksEnvironment.shape,
  /** Days for which personal values are kept after the end of their process. */
  PERSONAL_DAYS: z.string().regex(/^\d{1,5}$/),
});
