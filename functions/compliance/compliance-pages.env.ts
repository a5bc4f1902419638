/** Environment of `compliance-pages`. */
import * as z from 'zod';
import {
  companyEnvironment,
  pagesEnvironment,
  recordLinkEnvironment,
  storeEnvironment,
} from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...pagesEnvironment.shape,
  ...recordLinkEnvironment.shape,
});
