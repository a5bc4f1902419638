/** Environment of `poll-payroll`. */
import * as z from 'zod';
import { companyEnvironment, payrollSystemEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...payrollSystemEnvironment.shape,
});
