import * as z from 'zod';
import { companyDirectory } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './validate-requisition.env.ts';
import { validateRequisition } from './validate-requisition.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.literal('valid') }),
  run: async ({ processId }, variables) => {
    const deps = processDeps(variables);
    await validateRequisition({ ...deps, directory: companyDirectory(deps.store) }, processId);
    return { outcome: 'valid' as const };
  },
});
