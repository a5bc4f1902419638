import * as z from 'zod';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './route-approval.env.ts';
import { routeApproval } from './route-approval.ts';

const failureSchema = z.object({ step: z.string(), error: z.string(), cause: z.string() });

/** An operator's question says what failed; the others need nothing but the process. */
export const input = z.discriminatedUnion('subject', [
  z.object({
    processId: z.string().min(1),
    subject: z.enum(['order', 'payment', 'invoice-mismatch']),
    stepId: z.string().min(1),
  }),
  z.object({
    processId: z.string().min(1),
    subject: z.literal('operator'),
    stepId: z.string().min(1),
    failure: failureSchema,
  }),
]);

export const handler = taskHandler({
  environment,
  input,
  output: z.union([z.object({ approvalId: z.string() }), z.object({ released: z.literal(true) })]),
  run: (task, variables) => {
    const deps = processDeps(variables);
    return routeApproval(
      {
        ...deps,
        directory: companyDirectory(deps.store),
        policies: companyPolicies(),
        company: companyFacts(variables),
      },
      task,
    );
  },
});
