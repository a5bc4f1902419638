import { pageHandler } from '../pages/http-api.ts';
import { sqsQueue } from '../process/adapters/queue.ts';
import { sqsClient } from '../runtime/clients.ts';
import { logger } from '../runtime/handler.ts';
import { suiteCallbacks } from '../runtime/suite-callbacks.ts';
import { reportRefusedWebhook } from '../runtime/webhooks.ts';
import { environment } from './suite-callback.env.ts';
import { createSuiteCallback } from './suite-callback.ts';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const callbacks = suiteCallbacks(variables);
    return createSuiteCallback({
      callbacksOf: (system) => callbacks.get(system),
      queue: sqsQueue(sqsClient(), variables.SUITE_CHANGES_QUEUE_URL),
      clock: { now: () => new Date() },
      report: reportRefusedWebhook,
      log: (message, facts) => logger.warn(message, facts),
    });
  },
});
