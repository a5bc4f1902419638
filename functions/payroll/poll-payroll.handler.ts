import * as z from 'zod';
import { taskHandler } from '../runtime/handler.ts';
import { payrollSystem } from '../runtime/payroll.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './poll-payroll.env.ts';
import { pollPayroll } from './poll-payroll.ts';

export const handler = taskHandler({
  environment,
  // Woken by a schedule: its payload says nothing.
  input: z.unknown(),
  output: z.object({ asked: z.number() }),
  run: (_event, variables) =>
    pollPayroll({ ...processDeps(variables), company: companyFacts(variables), payroll: payrollSystem(variables) }),
});
