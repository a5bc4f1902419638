import { recordMessageSchema } from '../audit/record-message.ts';
import { companyWorkedTime } from '../runtime/calendar.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { queueHandler } from '../runtime/handler.ts';
import { logMetrics } from '../runtime/measures.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './measure-record.env.ts';
import { measureRecord } from './measure-record.ts';

/** Worker of the queue that new entries of the record come to. */
export const handler = queueHandler({
  environment,
  message: recordMessageSchema,
  run: (message, variables, _context, messageId) => {
    const deps = processDeps(variables);
    return measureRecord(
      {
        ...deps,
        directory: companyDirectory(deps.store),
        worked: companyWorkedTime(variables),
        timeZone: companyFacts(variables).timeZone,
        metrics: logMetrics(variables),
      },
      message,
      messageId,
    );
  },
});
