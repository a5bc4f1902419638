import * as z from 'zod';
import { pageHandler } from '../pages/http-api.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { logger } from '../runtime/handler.ts';
import { readSecret } from '../runtime/secrets.ts';
import { processDeps } from '../runtime/wiring.ts';
import { createOpenIdProvider } from './openid/openid-provider.ts';
import { environment } from './sign-in-page.env.ts';
import { createSignInPage } from './sign-in-page.tsx';

const secretSchema = z.object({ clientSecret: z.string().min(1) });

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const deps = processDeps(variables);
    return createSignInPage({
      ...deps,
      directory: companyDirectory(deps.store),
      provider: createOpenIdProvider({
        issuer: variables.SIGN_IN_ISSUER,
        clientId: variables.SIGN_IN_CLIENT_ID,
        clientSecret: async () => (await readSecret(variables.SIGN_IN_SECRET_ARN, secretSchema)).clientSecret,
        pagesUrl: variables.PAGES_URL,
        groupsClaim: variables.SIGN_IN_GROUPS_CLAIM,
        signOutUrl: variables.SIGN_IN_SIGN_OUT_URL,
      }),
      roleGroups: {
        administrator: variables.SIGN_IN_ADMINISTRATORS,
        operator: variables.SIGN_IN_OPERATORS,
        auditor: variables.SIGN_IN_AUDITORS,
      },
      log: (message, facts) => logger.info(message, facts),
    });
  },
});
