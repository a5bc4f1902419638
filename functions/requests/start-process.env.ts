/** Environment of `start-process`: the state machine of each process that begins with a request. */
import * as z from 'zod';

export const environment = z.object({
  PROCURE_TO_PAY_ARN: z.string().min(1),
  EXPENSE_TO_POSTING_ARN: z.string().min(1),
  LEAVE_REQUEST_ARN: z.string().min(1),
  OFFICE_REQUEST_ARN: z.string().min(1),
  ENGINEERING_CHANGE_ARN: z.string().min(1),
});
