import * as z from 'zod';
import { companyCalendar, companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { timePort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { collectedSchema } from './collected-results.ts';
import { periodSchema } from './domain/period.ts';
import { environment } from './reconcile-attendance.env.ts';
import { reconcileAttendance } from './reconcile-attendance.ts';

export const input = z.object({
  processId: z.string().min(1),
  period: periodSchema,
  corrects: z.array(periodSchema),
  employeeId: z.string().min(1),
  active: z.boolean(),
});

export const handler = taskHandler({
  environment,
  input,
  output: collectedSchema,
  run: (task, variables) => {
    const deps = processDeps(variables);
    return reconcileAttendance(
      {
        store: deps.store,
        time: timePort(variables, deps),
        calendar: companyCalendar(),
        directory: companyDirectory(deps.store),
        policies: companyPolicies(),
        timeZone: variables.COMPANY_TIME_ZONE,
      },
      task,
    );
  },
});
