/** Environment of `poll-erp`. */
import * as z from 'zod';
import { erpEnvironment, storeEnvironment } from '../../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...erpEnvironment.shape,
  /** Name of the bus on which the ERP's facts are put. */
  EVENT_BUS: z.string().min(1),
  /** `yes`: bills that engineers propose in the ERP begin changes. */
  BILL_PROPOSALS: z.enum(['yes', 'no']),
});
