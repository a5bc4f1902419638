import * as z from 'zod';
import { operatorQuestion } from '../requests/ask-operators.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { payrollSystem } from '../runtime/payroll.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './route-payroll.env.ts';
import { routePayroll } from './route-payroll.ts';

export const input = operatorQuestion;

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ approvalId: z.string() }),
  run: (task, variables) => {
    const deps = processDeps(variables);
    const directory = companyDirectory(deps.store);
    const company = companyFacts(variables);
    const payroll = payrollSystem(variables);
    return routePayroll({ ...deps, directory, policies: companyPolicies(), company, payroll }, task);
  },
});
