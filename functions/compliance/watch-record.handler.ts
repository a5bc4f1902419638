import { recordMessageSchema } from '../audit/record-message.ts';
import { stateMachineStarter } from '../process/adapters/step-functions.ts';
import { waitClock } from '../runtime/calendar.ts';
import { stepFunctionsClient } from '../runtime/clients.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { logger, queueHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './watch-record.env.ts';
import { watchEntries } from './watch-record.ts';

export const handler = queueHandler({
  environment,
  message: recordMessageSchema,
  run: async ({ entries }, variables) => {
    const deps = processDeps(variables);
    const watched = await watchEntries(
      {
        ...deps,
        directory: companyDirectory(deps.store),
        policies: companyPolicies(),
        waitClock: waitClock(variables),
        company: companyFacts(variables),
        approvals: stateMachineStarter(stepFunctionsClient(), variables.APPROVAL_ARN),
      },
      entries,
    );
    if (watched.opened > 0) {
      logger.warn('cases opened', { ...watched });
    }
  },
});
