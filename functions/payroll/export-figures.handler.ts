import * as z from 'zod';
import { taskHandler } from '../runtime/handler.ts';
import { payrollFiles, payrollSystem } from '../runtime/payroll.ts';
import { processDeps } from '../runtime/wiring.ts';
import { periodSchema } from './domain/period.ts';
import { environment } from './export-figures.env.ts';
import { exportFigures } from './export-figures.ts';

export const input = z.object({
  processId: z.string().min(1),
  period: periodSchema,
  manifest: z.string().min(1),
  settled: z.string().min(1).nullable(),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.object({ status: z.enum(['open', 'held', 'handed-over']) }),
  run: (task, variables) =>
    exportFigures(
      { ...processDeps(variables), files: payrollFiles(variables), payroll: payrollSystem(variables) },
      task,
    ),
});
