import * as z from 'zod';
import { ownRequisitionSchema } from '../events/purchase-requisition-submitted.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { erpPort, stockPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './propose-replenishment.env.ts';
import { proposeReplenishment } from './propose-replenishment.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('proposed'), event: ownRequisitionSchema }),
    z.object({ outcome: z.literal('recovered') }),
  ]),
  run: ({ processId }, variables) => {
    const deps = processDeps(variables);
    return proposeReplenishment(
      {
        ...deps,
        erp: erpPort(variables, deps),
        stock: stockPort(variables, deps),
        directory: companyDirectory(deps.store),
        policies: companyPolicies(),
        company: companyFacts(variables),
      },
      processId,
    );
  },
});
