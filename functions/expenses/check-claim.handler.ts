import * as z from 'zod';
import { attachmentFiles } from '../runtime/attachments.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { erpPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './check-claim.env.ts';
import { checkExpense } from './check-claim.ts';

export const input = z.object({ processId: z.string().min(1) });

const bookedEntities = z.array(z.string());
const taxIds = z.record(z.string(), z.string());
const verificationPolicy = z.object({
  notGenuine: z.enum(['return', 'review']),
  unavailable: z.enum(['review', 'accept']),
});

const rulePolicy = z.object({ fatal: z.enum(['return', 'review']), warning: z.enum(['review', 'accept']) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['complete', 'review', 'returned']) }),
  run: ({ processId }, variables) => {
    const deps = processDeps(variables);
    return checkExpense(
      {
        ...deps,
        erp: erpPort(variables, deps),
        directory: companyDirectory(deps.store),
        policies: companyPolicies(),
        company: companyFacts(variables),
        files: attachmentFiles(variables),
        bookedEntities: bookedEntities.parse(JSON.parse(variables.BOOKED_LEGAL_ENTITIES)),
        taxIds: taxIds.parse(JSON.parse(variables.LEGAL_ENTITY_TAX_IDS)),
        verificationPolicy:
          variables.VERIFICATION_POLICY === ''
            ? undefined
            : verificationPolicy.parse(JSON.parse(variables.VERIFICATION_POLICY)),
        rulePolicy: rulePolicy.parse(JSON.parse(variables.RULE_POLICY)),
      },
      processId,
    );
  },
});
