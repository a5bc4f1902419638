import * as z from 'zod';
import { taskHandler } from '../runtime/handler.ts';
import { payrollFiles } from '../runtime/payroll.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './close-payroll-run.env.ts';
import { closeRun } from './close-run.ts';

export const input = z.object({ processId: z.string().min(1), payslips: z.string().min(1).nullable() });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ outcome: z.enum(['completed', 'handed-over']) }),
  run: (task, variables) => closeRun({ ...processDeps(variables), files: payrollFiles(variables) }, task),
});
