import { pageHandler } from '../pages/http-api.ts';
import { compliancePosts } from '../policy/rules-in-company.ts';
import { companyDirectory, companyRules } from '../runtime/company-files.ts';
import { reportGuess } from '../runtime/guesses.ts';
import { recordKey } from '../runtime/record-key.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './compliance-pages.env.ts';
import { createCompliancePages } from './compliance-pages.tsx';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const deps = processDeps(variables);
    return createCompliancePages({
      ...deps,
      directory: companyDirectory(deps.store),
      posts: compliancePosts(companyRules()),
      onGuess: reportGuess,
      recordKey: () => recordKey(variables),
      pagesUrl: variables.PAGES_URL,
      timeZone: companyFacts(variables).timeZone,
    });
  },
});
