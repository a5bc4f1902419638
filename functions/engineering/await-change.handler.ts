import * as z from 'zod';
import { waitAlarms } from '../runtime/alarms.ts';
import { countMissingYear, waitClock } from '../runtime/calendar.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './await-change.env.ts';
import { awaitChange } from './await-change.ts';

export const input = z.object({
  processId: z.string().min(1),
  kind: z.enum(['rework', 'hold', 'effective-date']),
  waitId: z.string().min(1),
  token: z.string().min(1),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.null(),
  run: async (task, variables) => {
    const deps = processDeps(variables);
    const missing = await awaitChange(
      {
        ...deps,
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
