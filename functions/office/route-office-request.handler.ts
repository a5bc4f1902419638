import * as z from 'zod';
import { operatorQuestion } from '../requests/ask-operators.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './route-office-request.env.ts';
import { routeOfficeRequest } from './route-office-request.ts';

/** An operator's question says what failed; the other needs nothing but the process. */
export const input = z.discriminatedUnion('subject', [
  z.object({ processId: z.string().min(1), stepId: z.string().min(1), subject: z.literal('office') }),
  operatorQuestion,
]);

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ approvalId: z.string() }),
  run: (task, variables) => {
    const deps = processDeps(variables);
    const directory = companyDirectory(deps.store);
    return routeOfficeRequest(
      { ...deps, directory, policies: companyPolicies(), company: companyFacts(variables) },
      task,
    );
  },
});
