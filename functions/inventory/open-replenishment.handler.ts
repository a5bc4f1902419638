import * as z from 'zod';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './open-replenishment.env.ts';
import { openReplenishment } from './open-replenishment.ts';

export const input = z.object({
  executionId: z.string().min(1),
  productCode: z.string().min(1),
  warehouse: z.string().min(1),
  generation: z.int().min(1),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ processId: z.string(), registration: z.enum(['new', 'duplicate']) }),
  run: (task, variables) => openReplenishment(processDeps(variables), task),
});
