import * as z from 'zod';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './close-replenishment.env.ts';
import { closeReplenishment } from './close-replenishment.ts';

export const input = z.object({ processId: z.string().min(1), ending: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.string() }),
  run: (task, variables) => closeReplenishment(processDeps(variables), task),
});
