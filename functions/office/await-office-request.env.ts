/** Environment of `await-office-request`. */
import * as z from 'zod';
import { alarmEnvironment, companyEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...alarmEnvironment.shape,
  ...companyEnvironment.shape,
});
