import * as z from 'zod';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './close-payslip.env.ts';
import { closePayslip } from './close-payslip.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['confirmed', 'disputed', 'unanswered']) }),
  run: ({ processId }, variables) => closePayslip(processDeps(variables), processId),
});
