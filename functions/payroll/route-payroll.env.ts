/** Environment of `route-payroll`. */
import * as z from 'zod';
import { companyEnvironment, payrollEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...payrollEnvironment.shape,
});
