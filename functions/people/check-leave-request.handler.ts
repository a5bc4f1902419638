import * as z from 'zod';
import { companyCalendar, companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { timePort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './check-leave-request.env.ts';
import { checkLeaveRequest } from './check-leave-request.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['complete', 'returned']) }),
  run: ({ processId }, variables) => {
    const deps = processDeps(variables);
    return checkLeaveRequest(
      {
        ...deps,
        time: timePort(variables, deps),
        directory: companyDirectory(deps.store),
        policies: companyPolicies(),
        calendar: companyCalendar(),
        company: companyFacts(variables),
      },
      processId,
    );
  },
});
