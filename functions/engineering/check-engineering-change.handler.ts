import * as z from 'zod';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { engineeringPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './check-engineering-change.env.ts';
import { checkEngineeringChange } from './check-engineering-change.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['complete', 'returned']) }),
  run: ({ processId }, variables) => {
    const deps = processDeps(variables);
    return checkEngineeringChange(
      {
        ...deps,
        engineering: engineeringPort(variables, deps),
        directory: companyDirectory(deps.store),
        policies: companyPolicies(),
        company: companyFacts(variables),
      },
      processId,
    );
  },
});
