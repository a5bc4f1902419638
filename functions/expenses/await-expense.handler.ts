import * as z from 'zod';
import { waitAlarms } from '../runtime/alarms.ts';
import { countMissingYear, waitClock } from '../runtime/calendar.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { ledgerPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './await-expense.env.ts';
import { awaitExpense } from './await-expense.ts';

export const input = z.object({
  processId: z.string().min(1),
  kind: z.enum(['rework', 'payment', 'hold']),
  waitId: z.string().min(1),
  token: z.string().min(1),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.null(),
  run: async (task, variables) => {
    const deps = processDeps(variables);
    const missing = await awaitExpense(
      {
        ...deps,
        ledger: ledgerPort(variables, deps),
        alarms: waitAlarms(variables),
        waitClock: waitClock(variables),
        policies: companyPolicies(),
        directory: companyDirectory(deps.store),
      },
      task,
    );
    countMissingYear(missing);
    return null;
  },
});
