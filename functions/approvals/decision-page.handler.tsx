import { pageHandler } from '../pages/http-api.ts';
import { companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { reportGuess } from '../runtime/guesses.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './decision-page.env.ts';
import { createDecisionPage } from './decision-page.tsx';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const deps = processDeps(variables);
    return createDecisionPage({
      ...deps,
      directory: companyDirectory(deps.store),
      policies: companyPolicies(),
      hasSignIn: variables.SIGN_IN !== 'none',
      timeZone: companyFacts(variables).timeZone,
      onGuess: reportGuess,
    });
  },
});
