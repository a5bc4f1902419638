import * as z from 'zod';
import { operatorQuestion } from '../requests/ask-operators.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './route-replenishment.env.ts';
import { routeReplenishment } from './route-replenishment.ts';

export const input = operatorQuestion;

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ approvalId: z.string() }),
  run: (task, variables) => {
    const deps = processDeps(variables);
    const directory = companyDirectory(deps.store);
    return routeReplenishment(
      { ...deps, directory, policies: companyPolicies(), company: companyFacts(variables) },
      task,
    );
  },
});
