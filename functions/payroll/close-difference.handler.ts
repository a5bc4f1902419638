import * as z from 'zod';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './close-difference.env.ts';
import { closeDifference } from './close-difference.ts';

export const input = z.object({ processId: z.string().min(1), settlement: z.enum(['corrected', 'accepted']) });

export const handler = taskHandler({
  environment,
  input,
  output: z.null(),
  run: (task, variables) => closeDifference(processDeps(variables), task),
});
