import * as z from 'zod';
import { ledgerPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './pay-employee.env.ts';
import { payEmployee } from './pay-employee.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['requested', 'nothing-due', 'held']) }),
  run: ({ processId }, variables) => {
    const deps = processDeps(variables);
    return payEmployee({ ...deps, ledger: ledgerPort(variables, deps), company: companyFacts(variables) }, processId);
  },
});
