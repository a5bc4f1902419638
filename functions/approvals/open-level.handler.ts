import * as z from 'zod';
import { waitAlarms } from '../runtime/alarms.ts';
import { countMissingYear, waitClock } from '../runtime/calendar.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './open-level.env.ts';
import { openLevel } from './open-level.ts';

export const input = z.object({
  processId: z.string().min(1),
  approvalId: z.string().min(1),
  waitId: z.string().min(1),
  token: z.string().min(1),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.null(),
  run: async (task, variables) => {
    const process = processDeps(variables);
    const deps = {
      ...process,
      alarms: waitAlarms(variables),
      waitClock: waitClock(variables),
      directory: companyDirectory(process.store),
    };
    countMissingYear(await openLevel(deps, task));
    return null;
  },
});
