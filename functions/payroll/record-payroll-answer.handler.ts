import { arrivedKeys, bucketMessage } from '../attachments/bucket-message.ts';
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
    for (const key of arrivedKeys(message)) {
      await recordPayrollAnswer(deps, key);
    }
  },
});
