import * as z from 'zod';
import { recordUrl } from '../audit/read-key.ts';
import { taskHandler } from '../runtime/handler.ts';
import { recordKey } from '../runtime/record-key.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './close-office-request.env.ts';
import { closeOfficeRequest } from './close-office-request.ts';

export const input = z.object({ processId: z.string().min(1), ending: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.string() }),
  run: (task, variables) =>
    closeOfficeRequest(
      {
        ...processDeps(variables),
        recordUrl: async (processId) => recordUrl(variables.PAGES_URL, await recordKey(variables), processId),
      },
      task,
    ),
});
