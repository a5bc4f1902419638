import * as z from 'zod';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './route-change.env.ts';
import { routeChange } from './route-change.ts';

const common = { processId: z.string().min(1), stepId: z.string().min(1) };

/** An operator's question says what failed; the other needs nothing but the process. */
export const input = z.discriminatedUnion('subject', [
  z.object({ ...common, subject: z.literal('engineering-change') }),
  z.object({
    ...common,
    subject: z.literal('operator'),
    failure: z.object({ step: z.string(), error: z.string(), cause: z.string() }),
  }),
]);

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ approvalId: z.string() }),
  run: (task, variables) => {
    const deps = processDeps(variables);
    const directory = companyDirectory(deps.store);
    return routeChange({ ...deps, directory, policies: companyPolicies(), company: companyFacts(variables) }, task);
  },
});
