/**
 * Callbacks of OA suites over HTTP (docs/suites.md): accepted first and worked on later, since a suite waits a second or two, and
 * reading the form takes longer.
 */
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { PageEnvironment } from '../pages/http-api.ts';
import type { Clock } from '../runtime/ambient.ts';
import { ConnectorTransientError } from '../runtime/errors.ts';
import type { CallbackRefusal, ChangeQueue, SuiteCallbacks } from './port.ts';
import { problem } from './problem.ts';

/** Bytes of a body: a callback points to a form and does not hold it. */
export const MAX_CALLBACK_BYTES = 100_000;

export interface SuiteCallbackDeps {
  /** Undefined: the company has no such suite. */
  readonly callbacksOf: (system: string) => SuiteCallbacks | undefined;
  readonly queue: ChangeQueue;
  readonly clock: Clock;
  /** Counts a callback that was not taken: operators see how many. */
  readonly report: () => void;
  readonly log: (message: string, facts: Readonly<Record<string, string>>) => void;
}

type Refusal = CallbackRefusal | 'unknown-system' | 'too-large';

const REFUSALS: { readonly [refusal in Refusal]: readonly [ContentfulStatusCode, string] } = {
  'unknown-system': [404, 'No suite of this name has callbacks'],
  'too-large': [413, `The body has more than ${MAX_CALLBACK_BYTES} bytes`],
  malformed: [401, 'The signature, its timestamp, or what it signs is missing'],
  'wrong-signature': [401, 'The signature does not fit'],
  'outside-window': [401, 'The timestamp is more than 300 seconds away from our clock'],
  unreadable: [400, 'It is signed, and cannot be deciphered or read'],
  'too-deep': [400, 'It is nested more than 32 times'],
  'other-receiver': [403, 'It was made for another app or company'],
};

export function createSuiteCallback(deps: SuiteCallbackDeps): Hono<PageEnvironment> {
  const app = new Hono<PageEnvironment>();
  app.on(['GET', 'POST'], '/suites/:system', async ({ req, env }) => {
    const refuse = (refusal: Refusal) => {
      deps.report();
      deps.log('callback refused', { refusal, address: env.sourceIp });
      const [status, title] = REFUSALS[refusal];
      return problem({ code: refusal, status, title, errors: [] });
    };
    const system = req.param('system');
    const callbacks = deps.callbacksOf(system);
    if (callbacks === undefined) {
      return refuse('unknown-system');
    }
    const rawBody = new Uint8Array(await req.arrayBuffer());
    if (rawBody.byteLength > MAX_CALLBACK_BYTES) {
      return refuse('too-large');
    }
    const heard = await callbacks.hear(
      {
        method: req.method === 'GET' ? 'GET' : 'POST',
        query: (name) => req.query(name),
        header: (name) => req.header(name),
        rawBody,
      },
      deps.clock.now(),
    );
    if (heard.result === 'refused') {
      return refuse(heard.refusal);
    }
    if (heard.change !== undefined) {
      await deps.queue.send({ system, ...heard.change });
    }
    const { contentType, body } = heard.answer;
    return new Response(body, { headers: { 'Content-Type': contentType, 'Cache-Control': 'no-store' } });
  });
  app.notFound(() => problem({ code: 'not-found', status: 404, title: 'There is no such address', errors: [] }));
  app.onError((error) => {
    deps.log('callback failed', { name: error.name, reason: error.message });
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
