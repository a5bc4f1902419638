import * as z from 'zod';
import { ledgerPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './undo-expense.env.ts';
import { undoExpense } from './undo-expense.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['nothing-to-undo', 'entry-reversed', 'kept']) }),
  run: ({ processId }, variables) => {
    const deps = processDeps(variables);
    return undoExpense({ ...deps, ledger: ledgerPort(variables, deps), company: companyFacts(variables) }, processId);
  },
});
