import * as z from 'zod';
import { erpPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './undo-purchase.env.ts';
import { undoPurchase } from './undo-purchase.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['nothing-to-undo', 'order-cancelled', 'kept']) }),
  run: ({ processId }, variables) => {
    const deps = processDeps(variables);
    return undoPurchase({ ...deps, erp: erpPort(variables, deps) }, processId);
  },
});
