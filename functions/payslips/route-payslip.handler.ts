import * as z from 'zod';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './route-payslip.env.ts';
import { routePayslip } from './route-payslip.ts';

export const input = z.object({
  processId: z.string().min(1),
  subject: z.literal('operator'),
  stepId: z.string().min(1),
  failure: z.object({ step: z.string(), error: z.string(), cause: z.string() }),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ approvalId: z.string() }),
  run: (task, variables) => {
    const deps = processDeps(variables);
    const directory = companyDirectory(deps.store);
    return routePayslip({ ...deps, directory, policies: companyPolicies(), company: companyFacts(variables) }, task);
  },
});
