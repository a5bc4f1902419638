/** Environment of `await-expense`. */
import * as z from 'zod';
import { alarmEnvironment, companyEnvironment, erpEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...erpEnvironment.shape,
  ...alarmEnvironment.shape,
  ...companyEnvironment.shape,
});
