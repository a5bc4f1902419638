import { pageHandler } from '../pages/http-api.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { reportGuess } from '../runtime/guesses.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './auditor-pages.env.ts';
import { createAuditorPages } from './auditor-pages.tsx';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const deps = processDeps(variables);
    return createAuditorPages({
      ...deps,
      directory: companyDirectory(deps.store),
      timeZone: companyFacts(variables).timeZone,
      onGuess: reportGuess,
    });
  },
});
