import * as z from 'zod';
import { periodSchema } from '../payroll/domain/period.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './open-payslip.env.ts';
import { openPayslip } from './open-payslip.ts';

export const input = z.object({
  executionId: z.string().min(1),
  runId: z.string().min(1),
  period: periodSchema,
  employeeId: z.string().min(1),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ processId: z.string(), status: z.enum(['open', 'published', 'ended']), outcome: z.string() }),
  run: (task, variables) => openPayslip(processDeps(variables), task),
});
