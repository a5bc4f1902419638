/** Environment of `attachment-page`. */
import * as z from 'zod';
import {
  attachmentEnvironment,
  companyEnvironment,
  pagesEnvironment,
  storeEnvironment,
} from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...pagesEnvironment.shape,
  ...attachmentEnvironment.shape,
});
