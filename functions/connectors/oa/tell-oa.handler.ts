import * as z from 'zod';
import { effectReferenceSchema } from '../../process/finish-effect.ts';
import { queueHandler } from '../../runtime/handler.ts';
import { readSecret } from '../../runtime/secrets.ts';
import { suiteMessages } from '../../runtime/suite-access.ts';
import { processDeps } from '../../runtime/wiring.ts';
import { oaBySystem } from './by-system.ts';
import { createCallbackOa } from './callback/callback-oa.ts';
import { environment } from './tell-oa.env.ts';
import { tellOa } from './tell-oa.ts';

const secretSchema = z.object({ signingKey: z.string().min(32) });

export const handler = queueHandler({
  environment,
  message: effectReferenceSchema,
  run: (reference, variables) => {
    const deps = processDeps(variables);
    const oa = oaBySystem(suiteMessages(variables, deps.clock), callback(variables, deps));
    return tellOa({ ...deps, oa }, reference);
  },
});

function callback(variables: z.infer<typeof environment>, { clock }: ReturnType<typeof processDeps>) {
  return variables.OA_CALLBACK_URL === ''
    ? undefined
    : createCallbackOa({
        url: variables.OA_CALLBACK_URL,
        signingKey: async () => (await readSecret(variables.OA_SECRET_ARN, secretSchema)).signingKey,
        clock,
      });
}
