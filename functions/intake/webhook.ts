/** The webhook over HTTP: what is answered to whom (docs/webhook.md). */
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from '../connectors/oa/signature.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { ConnectorTransientError } from '../runtime/errors.ts';
import { problem } from './problem.ts';
import { MAX_BODY_BYTES, type ReceiveDeps, receiveEvent, type WebhookRefusal } from './receive-event.ts';

export interface WebhookDeps extends ReceiveDeps {
  /** Counts a request that was not taken: operators see how many. */
  readonly report: (refusal: WebhookRefusal) => void;
  readonly log: (message: string, facts: Readonly<Record<string, string>>) => void;
}

const REFUSALS: { readonly [refusal in WebhookRefusal]: readonly [ContentfulStatusCode, string] } = {
  'unknown-system': [404, 'No OA of this name has a webhook'],
  'too-large': [413, `The body has more than ${MAX_BODY_BYTES} bytes`],
  malformed: [401, `${TIMESTAMP_HEADER} (seconds) and ${SIGNATURE_HEADER} must both be there`],
  'wrong-signature': [401, 'The signature does not fit the body, the timestamp and the key'],
  'outside-window': [401, 'The timestamp is more than 300 seconds away from our clock'],
  'not-json': [400, 'The body must be JSON in UTF-8, with Content-Type: application/json'],
  'too-deep': [400, 'The body is nested more than 32 times'],
  'unreadable-event': [422, 'The event cannot be read; see errors'],
  'other-system': [403, 'detail.oa.system must be the system in the address'],
  'event-id-reused': [409, 'metadata.eventId was used for another event: give each its own'],
};

export function createWebhook(deps: WebhookDeps): Hono<PageEnvironment> {
  const app = new Hono<PageEnvironment>();
  app.post('/events/:system', async (context) => {
    const system = context.req.param('system');
    const reception = await receiveEvent(deps, {
      system,
      contentType: context.req.header('content-type'),
      timestamp: context.req.header(TIMESTAMP_HEADER),
      signature: context.req.header(SIGNATURE_HEADER),
      rawBody: new Uint8Array(await context.req.arrayBuffer()),
    });
    if (reception.result !== 'refused') {
      return context.json(reception, 202);
    }
    const { refusal, errors } = reception;
    deps.report(refusal);
    deps.log('webhook refused', { refusal, address: context.env.sourceIp });
    const [status, title] = REFUSALS[refusal];
    return problem({ code: refusal, status, title, errors });
  });
  app.notFound(() => problem({ code: 'not-found', status: 404, title: 'There is no such address', errors: [] }));
  app.onError((error) => {
    deps.log('webhook failed', { name: error.name, reason: error.message });
    const isBusy = error instanceof ConnectorTransientError;
    return problem({
      code: isBusy ? 'try-again' : 'failed',
      status: isBusy ? 503 : 500,
      title: 'Nothing was taken: send it again',
      errors: [],
    });
  });
  return app;
}
