/** Environment of `sweep-intents`. */
import * as z from 'zod';
import { companyEnvironment, erpEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...erpEnvironment.shape,
  /** For the days that the company's calendar still covers. */
  ...companyEnvironment.shape,
});
