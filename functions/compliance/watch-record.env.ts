/** Environment of `watch-record`. */
import * as z from 'zod';
import { companyEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  /** The machine of approvals, for one more of them. */
  APPROVAL_ARN: z.string().min(1),
});
