/** Environment of `send-mail`. */
import * as z from 'zod';
import {
  companyEnvironment,
  mailEnvironment,
  pagesEnvironment,
  signInEnvironment,
  storeEnvironment,
} from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...mailEnvironment.shape,
  ...pagesEnvironment.shape,
  ...signInEnvironment.shape,
  ...companyEnvironment.shape,
});
