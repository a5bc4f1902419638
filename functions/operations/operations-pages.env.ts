/** Environment of `operations-pages`. */
import * as z from 'zod';
import { companyEnvironment, storeEnvironment } from '../runtime/environment.ts';

export const environment = z.object({
  ...storeEnvironment.shape,
  ...companyEnvironment.shape,
  /** ARNs of the machines whose executions operators see, separated by spaces. */
  MACHINE_ARNS: z.string().min(1),
  /** JSON: names of queues in SQS by the names of the stack's outputs without `Url`, those of dead letters among them. */
  QUEUE_NAMES: z.string().min(2),
  /** Name of the function that hears alarms. */
  ALARM_FUNCTION: z.string().min(1),
});
