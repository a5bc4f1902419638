import { pageHandler } from '../pages/http-api.ts';
import { waitClock } from '../runtime/calendar.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { reportGuess } from '../runtime/guesses.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './my-pages.env.ts';
import { createMyPages } from './my-pages.tsx';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const deps = processDeps(variables);
    return createMyPages({
      ...deps,
      directory: companyDirectory(deps.store),
      policies: companyPolicies(),
      onGuess: reportGuess,
      waitClock: waitClock(variables),
      ...companyFacts(variables),
    });
  },
});
