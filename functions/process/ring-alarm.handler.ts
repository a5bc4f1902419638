import * as z from 'zod';
import { companyDirectory } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './ring-alarm.env.ts';
import { ringAlarm } from './ring-alarm.ts';

export const input = z.object({
  processId: z.string().min(1),
  waitId: z.string().min(1),
  purpose: z.enum(['remind', 'escalate', 'expire']),
  step: z.int().min(2).optional(),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.null(),
  run: async (alarm, variables) => {
    const deps = processDeps(variables);
    await ringAlarm({ ...deps, directory: companyDirectory(deps.store) }, alarm);
    return null;
  },
});
