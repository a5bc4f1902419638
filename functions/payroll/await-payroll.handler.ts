import * as z from 'zod';
import { waitAlarms } from '../runtime/alarms.ts';
import { countMissingYear, waitClock } from '../runtime/calendar.ts';
import { companyPolicies } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { payrollSystem } from '../runtime/payroll.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './await-payroll.env.ts';
import { awaitPayroll } from './await-payroll.ts';

export const input = z.object({
  processId: z.string().min(1),
  /** Definitions before there were holds of a run say nothing, and wait for payroll. */
  kind: z.enum(['payroll', 'hold']).default('payroll'),
  waitId: z.string().min(1),
  token: z.string().min(1),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.null(),
  run: async (task, variables) => {
    const deps = {
      ...processDeps(variables),
      payroll: payrollSystem(variables),
      alarms: waitAlarms(variables),
      waitClock: waitClock(variables),
      policies: companyPolicies(),
    };
    countMissingYear(await awaitPayroll(deps, task));
    return null;
  },
});
