import * as z from 'zod';
import { recordUrl } from '../audit/read-key.ts';
import { erpPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { recordKey } from '../runtime/record-key.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './close-purchase.env.ts';
import { closePurchase } from './close-purchase.ts';

export const input = z.object({ processId: z.string().min(1), ending: z.string().min(1), skipLink: z.boolean() });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.string() }),
  run: (task, variables) => {
    const deps = processDeps(variables);
    return closePurchase(
      {
        ...deps,
        erp: erpPort(variables, deps),
        recordUrl: async (processId) => recordUrl(variables.PAGES_URL, await recordKey(variables), processId),
      },
      task,
    );
  },
});
