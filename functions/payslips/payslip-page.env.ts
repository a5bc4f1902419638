/** Environment of `payslip-page`. */
import * as z from 'zod';
import { companyEnvironment, payslipEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  ...payslipEnvironment.shape,
});
