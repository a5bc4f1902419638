/** Environment of `worklist-api`. */
import * as z from 'zod';
import {
  attachmentEnvironment,
  companyEnvironment,
  rolesEnvironment,
  storeEnvironment,
} from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...attachmentEnvironment.shape,
  ...rolesEnvironment.shape,
});
