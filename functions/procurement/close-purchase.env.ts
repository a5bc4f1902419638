/** Environment of `close-purchase`. */
import * as z from 'zod';
import {
  companyEnvironment,
  erpEnvironment,
  pagesEnvironment,
  recordLinkEnvironment,
  storeEnvironment,
} from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...erpEnvironment.shape,
  ...companyEnvironment.shape,
  ...pagesEnvironment.shape,
  ...recordLinkEnvironment.shape,
});
