/** Environment of `timeline-page`. */
import * as z from 'zod';
import { companyEnvironment, recordLinkEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...recordLinkEnvironment.shape,
});
