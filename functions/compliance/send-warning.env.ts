/** Environment of `send-warning`. */
import * as z from 'zod';
import { pagesEnvironment, storeEnvironment, warningEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...pagesEnvironment.shape,
  ...warningEnvironment.shape,
});
