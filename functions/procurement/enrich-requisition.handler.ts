import * as z from 'zod';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { erpPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './enrich-requisition.env.ts';
import { enrichRequisition } from './enrich-requisition.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.literal('enriched') }),
  run: async ({ processId }, variables) => {
    const deps = processDeps(variables);
    await enrichRequisition(
      {
        ...deps,
        erp: erpPort(variables, deps),
        directory: companyDirectory(deps.store),
        policies: companyPolicies(),
        company: companyFacts(variables),
      },
      processId,
    );
    return { outcome: 'enriched' as const };
  },
});
