import { pageHandler } from '../pages/http-api.ts';
import { attachmentFiles } from '../runtime/attachments.ts';
import { waitClock } from '../runtime/calendar.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { reportGuess } from '../runtime/guesses.ts';
import { logger } from '../runtime/handler.ts';
import { personRule, tokenRoles } from '../runtime/token-roles.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { createWorklistApi } from './api/worklist-api.ts';
import { environment } from './worklist-api.env.ts';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const deps = processDeps(variables);
    return createWorklistApi({
      ...deps,
      directory: companyDirectory(deps.store),
      policies: companyPolicies(),
      waitClock: waitClock(variables),
      files: attachmentFiles(variables),
      onGuess: reportGuess,
      timeZone: companyFacts(variables).timeZone,
      personRule: personRule(variables),
      tokenRoles: tokenRoles(variables),
      log: (message, facts) => logger.error(message, facts),
      onRefusedCaller: (facts) => logger.warn('refused caller', facts),
    });
  },
});
