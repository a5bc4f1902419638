import * as z from 'zod';
import { effectReferenceSchema } from '../process/finish-effect.ts';
import { snsClient } from '../runtime/clients.ts';
import { queueHandler } from '../runtime/handler.ts';
import { readSecret } from '../runtime/secrets.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './send-warning.env.ts';
import { sendWarning } from './send-warning.ts';
import { createTopicWarnings } from './sns/topic-warnings.ts';
import { createWebhookWarnings } from './webhook/webhook-warnings.ts';

const secretSchema = z.object({ signingKey: z.string().min(32) });

export const handler = queueHandler({
  environment,
  message: effectReferenceSchema,
  run: (reference, variables) => {
    const deps = processDeps(variables);
    const { WARNING_WEBHOOK_URL: url, WARNING_SECRET_ARN: secretArn } = variables;
    const signingKey = async () => (await readSecret(secretArn, secretSchema)).signingKey;
    const channels = {
      topic: createTopicWarnings({ client: snsClient(), topicArn: variables.WARNING_TOPIC_ARN }),
      webhook: url === '' ? undefined : createWebhookWarnings({ url, signingKey, clock: deps.clock }),
    };
    return sendWarning({ ...deps, channels, pagesUrl: variables.PAGES_URL }, reference);
  },
});
