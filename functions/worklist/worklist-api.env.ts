/** Environment of `worklist-api`. */
import * as z from 'zod';
import {
  attachmentEnvironment,
  companyEnvironment,
  storeEnvironment,
  tokenEnvironment,
} from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...attachmentEnvironment.shape,
  ...tokenEnvironment.shape,
});
