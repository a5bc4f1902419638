import { pageHandler } from '../pages/http-api.ts';
import { companyDirectory, companyRules, deployedDirectory } from '../runtime/company-files.ts';
import { reportGuess } from '../runtime/guesses.ts';
import { logger } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './administration-pages.env.ts';
import { createAdministrationPages } from './administration-pages.tsx';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const deps = processDeps(variables);
    return createAdministrationPages({
      ...deps,
      ...companyFacts(variables),
      directory: companyDirectory(deps.store),
      deployed: deployedDirectory(),
      rules: companyRules(),
      onGuess: reportGuess,
      log: (message, facts) => logger.warn(message, facts),
    });
  },
});
