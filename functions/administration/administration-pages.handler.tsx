import { pageHandler } from '../pages/http-api.ts';
import {
  companyDirectory,
  companyRules,
  deployedDirectory,
  startingForms,
  workingTimeBound,
} from '../runtime/company-files.ts';
import { reportGuess } from '../runtime/guesses.ts';
import { logger } from '../runtime/handler.ts';
import { personRule, tokenRoles } from '../runtime/token-roles.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { byPath, createAdministrationApi } from './administration-api.ts';
import { environment } from './administration-pages.env.ts';
import { createAdministrationPages } from './administration-pages.tsx';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const processes = processDeps(variables);
    const deps = {
      ...processes,
      directory: companyDirectory(processes.store),
      onGuess: reportGuess,
    };
    const api = createAdministrationApi({
      ...deps,
      log: (message, facts) => logger.warn(message, facts),
      onRefusedCaller: (facts) => logger.warn('refused caller', facts),
      personRule: personRule(variables),
      tokenRoles: tokenRoles(variables),
    });
    const pages = createAdministrationPages({
      ...deps,
      ...companyFacts(variables),
      deployed: deployedDirectory(),
      rules: companyRules(),
      startingForms: startingForms(),
      bound: workingTimeBound(),
    });
    return byPath(api, pages);
  },
});
