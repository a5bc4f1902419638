import * as z from 'zod';
import { INTERRUPTION_OUTCOMES } from '../process/domain/process.ts';
import { waitClock } from '../runtime/calendar.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { accountsPort, erpPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './request-payment.env.ts';
import { requestPayment } from './request-payment.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['requested', 'held', 'changed', ...INTERRUPTION_OUTCOMES]) }),
  run: ({ processId }, variables) => {
    const deps = processDeps(variables);
    return requestPayment(
      {
        ...deps,
        directory: companyDirectory(deps.store),
        policies: companyPolicies(),
        waitClock: waitClock(variables),
        erp: erpPort(variables, deps),
        books: accountsPort(variables, deps),
        company: companyFacts(variables),
      },
      processId,
    );
  },
});
