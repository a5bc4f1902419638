import { recordMessageSchema } from '../audit/record-message.ts';
import { waitClock } from '../runtime/calendar.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { logger, queueHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './watch-record.env.ts';
import { watchEntries } from './watch-record.ts';

export const handler = queueHandler({
  environment,
  message: recordMessageSchema,
  run: async ({ entries }, variables) => {
    const deps = processDeps(variables);
    const directory = companyDirectory(deps.store);
    const watched = await watchEntries(
      { ...deps, directory, policies: companyPolicies(), waitClock: waitClock(variables) },
      entries,
    );
    if (watched.opened > 0) {
      logger.warn('cases opened', { ...watched });
    }
  },
});
