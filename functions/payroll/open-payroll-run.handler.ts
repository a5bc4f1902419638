import * as z from 'zod';
import { deployedDirectory } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { payrollFiles } from '../runtime/payroll.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { periodSchema } from './domain/period.ts';
import { environment } from './open-payroll-run.env.ts';
import { openRun } from './open-run.ts';

export const input = z.object({
  executionId: z.string().min(1),
  /** Without a period, as the schedule starts it: the month before. */
  event: z.object({ period: periodSchema.optional() }),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.object({
    processId: z.string(),
    registration: z.enum(['new', 'duplicate']),
    period: z.string(),
    employees: z.string(),
    corrects: z.array(periodSchema),
    toleratedPercentage: z.number(),
    atOnce: z.number(),
  }),
  run: async ({ executionId, event }, variables) => {
    const deps = processDeps(variables);
    const files = payrollFiles(variables);
    const company = companyFacts(variables);
    const opened = await openRun(
      {
        ...deps,
        files,
        company,
        deployed: deployedDirectory(),
        correctedMonths: variables.PAYROLL_CORRECTED_MONTHS,
      },
      { executionId, period: event.period },
    );
    return {
      ...opened,
      toleratedPercentage: variables.PAYROLL_TOLERATED_PERCENTAGE,
      atOnce: variables.PAYROLL_AT_ONCE,
    };
  },
});
