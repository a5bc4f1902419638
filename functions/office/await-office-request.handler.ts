import * as z from 'zod';
import { waitAlarms } from '../runtime/alarms.ts';
import { countMissingYear, waitClock } from '../runtime/calendar.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './await-office-request.env.ts';
import { awaitOfficeRequest } from './await-office-request.ts';

export const input = z.object({
  processId: z.string().min(1),
  kind: z.enum(['rework', 'hold']),
  waitId: z.string().min(1),
  token: z.string().min(1),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.null(),
  run: async (task, variables) => {
    const deps = processDeps(variables);
    const missing = await awaitOfficeRequest(
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
