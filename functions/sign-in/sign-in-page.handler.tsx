import * as z from 'zod';
import { pageHandler } from '../pages/http-api.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { reportGuess } from '../runtime/guesses.ts';
import { logger } from '../runtime/handler.ts';
import { readSecret } from '../runtime/secrets.ts';
import { personRule, tokenRoles } from '../runtime/token-roles.ts';
import { processDeps } from '../runtime/wiring.ts';
import { createOpenIdProvider } from './openid/openid-provider.ts';
import { environment } from './sign-in-page.env.ts';
import { createSignInPage } from './sign-in-page.tsx';

const secretSchema = z.object({ clientSecret: z.string().min(1) });

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const deps = processDeps(variables);
    const { claim, groups } = tokenRoles(variables);
    return createSignInPage({
      ...deps,
      directory: companyDirectory(deps.store),
      onGuess: reportGuess,
      provider: createOpenIdProvider({
        issuer: variables.SIGN_IN_ISSUER,
        clientId: variables.SIGN_IN_CLIENT_ID,
        clientSecret: async () => (await readSecret(variables.SIGN_IN_SECRET_ARN, secretSchema)).clientSecret,
        pagesUrl: variables.PAGES_URL,
        groupsClaim: claim,
        signOutUrl: variables.SIGN_IN_SIGN_OUT_URL,
      }),
      personRule: personRule(variables),
      roleGroups: groups,
      log: (message, facts) => logger.info(message, facts),
    });
  },
});
