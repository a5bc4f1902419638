import * as z from 'zod';
import { pageHandler } from '../pages/http-api.ts';
import { eventBusPublisher } from '../process/adapters/event-bus.ts';
import { eventBridgeClient } from '../runtime/clients.ts';
import { logger } from '../runtime/handler.ts';
import { readSecret } from '../runtime/secrets.ts';
import { reportRefusedWebhook } from '../runtime/webhooks.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './webhook.env.ts';
import { createWebhook } from './webhook.ts';

const secretSchema = z.object({
  signingKey: z.string().min(32),
  /** The key before, while the OA changes to the new one. */
  previousSigningKey: z.union([z.literal(''), z.string().min(32)]).optional(),
});

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const { store, clock } = processDeps(variables);
    return createWebhook({
      store,
      clock,
      publisher: eventBusPublisher(eventBridgeClient(), variables.EVENT_BUS),
      keysOf: (system) => keysOf(variables.WEBHOOK_SECRETS, system),
      report: reportRefusedWebhook,
      log: (message, facts) => logger.warn(message, facts),
    });
  },
});

async function keysOf(secrets: Readonly<Record<string, string>>, system: string): Promise<readonly string[]> {
  const arn = Object.hasOwn(secrets, system) ? secrets[system] : undefined;
  if (arn === undefined) {
    return [];
  }
  const { signingKey, previousSigningKey } = await readSecret(arn, secretSchema);
  return previousSigningKey === undefined || previousSigningKey === ''
    ? [signingKey]
    : [signingKey, previousSigningKey];
}
