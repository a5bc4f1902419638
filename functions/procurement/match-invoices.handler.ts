import * as z from 'zod';
import { companyPolicies } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './match-invoices.env.ts';
import { matchPurchase } from './match-invoices.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['matched', 'mismatched', 'correction-requested']) }),
  run: ({ processId }, variables) =>
    matchPurchase({ ...processDeps(variables), policies: companyPolicies() }, processId),
});
