import * as z from 'zod';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './ask-difference.env.ts';
import { askDifference } from './ask-difference.ts';
import { differenceSchema } from './collected-results.ts';
import { periodSchema } from './domain/period.ts';

export const input = z.object({
  executionId: z.string().min(1),
  runId: z.string().min(1),
  period: periodSchema,
  employeeId: z.string().min(1),
  differences: z.array(differenceSchema),
  error: z.string(),
  cause: z.string(),
  stepId: z.string().min(1),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ processId: z.string(), approvalId: z.string() }),
  run: (task, variables) => {
    const deps = processDeps(variables);
    const directory = companyDirectory(deps.store);
    return askDifference({ ...deps, directory, policies: companyPolicies(), company: companyFacts(variables) }, task);
  },
});
