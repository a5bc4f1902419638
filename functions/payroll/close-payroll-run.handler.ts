import * as z from 'zod';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './close-payroll-run.env.ts';
import { closeRun } from './close-run.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.literal('handed-over') }),
  run: ({ processId }, variables) => closeRun(processDeps(variables), processId),
});
