/** Environment of `await-change`. */
import * as z from 'zod';
import { alarmEnvironment, companyEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...alarmEnvironment.shape,
  ...companyEnvironment.shape,
});
