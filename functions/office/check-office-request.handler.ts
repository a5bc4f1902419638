import * as z from 'zod';
import { companyDirectory, companyPolicies, startingForms } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './check-office-request.env.ts';
import { checkOfficeRequest } from './check-office-request.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['complete', 'returned']) }),
  run: ({ processId }, variables) => {
    const deps = processDeps(variables);
    const company = companyFacts(variables);
    const directory = companyDirectory(deps.store);
    return checkOfficeRequest(
      { ...deps, directory, policies: companyPolicies(), company, startingForms: startingForms() },
      processId,
    );
  },
});
