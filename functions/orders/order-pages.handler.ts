import { pageHandler } from '../pages/http-api.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { reportGuess } from '../runtime/guesses.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './order-pages.env.ts';
import { createOrderPages } from './order-pages.tsx';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const deps = processDeps(variables);
    return createOrderPages({
      ...deps,
      directory: companyDirectory(deps.store),
      onGuess: reportGuess,
      ...companyFacts(variables),
    });
  },
});
