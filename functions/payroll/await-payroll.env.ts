/** Environment of `await-payroll`. */
import * as z from 'zod';
import {
  alarmEnvironment,
  companyEnvironment,
  payrollSystemEnvironment,
  storeEnvironment,
} from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...alarmEnvironment.shape,
  ...companyEnvironment.shape,
  ...payrollSystemEnvironment.shape,
});
