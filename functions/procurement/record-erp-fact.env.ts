/** Environment of `record-erp-fact`. */
import * as z from 'zod';
import { erpEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...erpEnvironment.shape,
  /** ARN of the machine of engineering changes; empty where nobody proposes them in the ERP. */
  ENGINEERING_CHANGE_ARN: z.string(),
});
