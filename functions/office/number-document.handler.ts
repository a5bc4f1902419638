import * as z from 'zod';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './number-document.env.ts';
import { numberDocument } from './number-document.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['numbered', 'held', 'withdrawn', 'cancelled-in-erp']) }),
  run: ({ processId }, variables) =>
    numberDocument({ ...processDeps(variables), company: companyFacts(variables) }, processId),
});
