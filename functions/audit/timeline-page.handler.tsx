import { pageHandler } from '../pages/http-api.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { recordKey } from '../runtime/record-key.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './timeline-page.env.ts';
import { createTimelinePage } from './timeline-page.tsx';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const deps = processDeps(variables);
    return createTimelinePage({
      ...deps,
      directory: companyDirectory(deps.store),
      recordKey: () => recordKey(variables),
      timeZone: companyFacts(variables).timeZone,
    });
  },
});
