import { pageHandler } from '../pages/http-api.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { deployedDiagrams } from '../runtime/deployed-diagrams.ts';
import { logger } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './diagram-pages.env.ts';
import { createDiagramPages } from './diagram-pages.tsx';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const deps = processDeps(variables);
    return createDiagramPages({
      ...deps,
      directory: companyDirectory(deps.store),
      timeZone: companyFacts(variables).timeZone,
      diagrams: deployedDiagrams,
      log: (message, facts) => logger.warn(message, facts),
    });
  },
});
