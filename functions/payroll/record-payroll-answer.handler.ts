import { arrivedKeys, bucketMessage } from '../attachments/bucket-message.ts';
import { runOfAnswer } from '../connectors/payroll/files/file-exchange.ts';
import { queueHandler } from '../runtime/handler.ts';
import { payrollSystem } from '../runtime/payroll.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './record-payroll-answer.env.ts';
import { recordPayrollAnswer } from './record-payroll-answer.ts';

export const handler = queueHandler({
  environment,
  message: bucketMessage,
  run: async (message, variables) => {
    const deps = { ...processDeps(variables), payroll: payrollSystem(variables) };
    // Payslips announce nothing: they wait for their acknowledgement.
    for (const run of arrivedKeys(message).map(runOfAnswer)) {
      if (run !== undefined) {
        await recordPayrollAnswer(deps, run);
      }
    }
  },
});
