import * as z from 'zod';
import { waitAlarms } from '../runtime/alarms.ts';
import { countMissingYear, waitClock } from '../runtime/calendar.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { erpPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './await-facts.env.ts';
import { awaitFacts } from './await-facts.ts';

export const input = z.object({
  processId: z.string().min(1),
  kind: z.enum(['rework', 'goods-receipt', 'supplier-invoice', 'payment', 'hold']),
  waitId: z.string().min(1),
  token: z.string().min(1),
  acceptShortReceipt: z.boolean(),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.null(),
  run: async (task, variables) => {
    const deps = processDeps(variables);
    const missing = await awaitFacts(
      {
        ...deps,
        erp: erpPort(variables, deps),
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
