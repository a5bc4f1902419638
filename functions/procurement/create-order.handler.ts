import * as z from 'zod';
import { INTERRUPTION_OUTCOMES } from '../process/domain/process.ts';
import { erpPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './create-order.env.ts';
import { createOrder } from './create-order.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['created', 'held', ...INTERRUPTION_OUTCOMES]) }),
  run: ({ processId }, variables) => {
    const deps = processDeps(variables);
    return createOrder({ ...deps, erp: erpPort(variables, deps), company: companyFacts(variables) }, processId);
  },
});
