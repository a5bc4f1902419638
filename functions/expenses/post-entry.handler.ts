import * as z from 'zod';
import { INTERRUPTION_OUTCOMES } from '../process/domain/process.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { ledgerPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './post-entry.env.ts';
import { postEntry } from './post-entry.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['posted', 'held', ...INTERRUPTION_OUTCOMES]) }),
  run: ({ processId }, variables) => {
    const deps = processDeps(variables);
    const ledger = ledgerPort(variables, deps);
    const company = companyFacts(variables);
    const [directory, policies] = [companyDirectory(deps.store), companyPolicies()];
    return postEntry({ ...deps, ledger, directory, policies, company }, processId);
  },
});
