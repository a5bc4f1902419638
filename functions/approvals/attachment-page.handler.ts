import { pageHandler } from '../pages/http-api.ts';
import { attachmentFiles } from '../runtime/attachments.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { reportGuess } from '../runtime/guesses.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './attachment-page.env.ts';
import { createAttachmentPage } from './attachment-page.tsx';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const deps = processDeps(variables);
    return createAttachmentPage({
      ...deps,
      directory: companyDirectory(deps.store),
      files: attachmentFiles(variables),
      pagesUrl: variables.PAGES_URL,
      timeZone: companyFacts(variables).timeZone,
      onGuess: reportGuess,
    });
  },
});
