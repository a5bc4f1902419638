/** Environment of `erase-expired`. */
import * as z from 'zod';
import { booksEnvironment, personalDaysEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...booksEnvironment.shape,
  ...personalDaysEnvironment.shape,
});
