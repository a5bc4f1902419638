import * as z from 'zod';
import { taskHandler } from '../runtime/handler.ts';
import { payrollSystem, payslipStore } from '../runtime/payroll.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './publish-payslip.env.ts';
import { publishPayslip } from './publish-payslip.ts';

export const input = z.object({ processId: z.string().min(1) });

export const handler = taskHandler({
  environment,
  input,
  output: z.null(),
  run: ({ processId }, variables) =>
    publishPayslip(
      { ...processDeps(variables), payroll: payrollSystem(variables), payslips: payslipStore(variables) },
      processId,
    ),
});
