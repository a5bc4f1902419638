/** Environment of `close-office-request`. */
import * as z from 'zod';
import { pagesEnvironment, recordLinkEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...pagesEnvironment.shape,
  ...recordLinkEnvironment.shape,
});
