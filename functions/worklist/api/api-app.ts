/** What every resource of the API has in common: who calls, its headers, and what is answered when it fails. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Claims } from '../../pages/http-api.ts';
import { BusinessRuleError, ConcurrencyError } from '../../runtime/errors.ts';
import { KEY_REUSED } from '../act-once.ts';
import { type ApiContext, type ApiEnvironment, type CallerDeps, callerOf, remedyOf } from './caller.ts';
import { problem } from './problems.ts';

export interface ApiDeps extends CallerDeps {
  /** Told of what failed. */
  readonly log: (message: string, facts: { readonly [name: string]: string }) => void;
  /** Told of callers whose token names nobody: who they are at the provider, and what is lacking. */
  readonly onRefusedCaller: (facts: { readonly [name: string]: string }) => void;
}

/** Without operations yet: each of them knows its caller. */
export function createApiApp(deps: ApiDeps): Hono<ApiEnvironment> {
  const app = new Hono<ApiEnvironment>();
  app.use(async (context, next) => {
    await next();
    context.res.headers.set('Cache-Control', 'no-store');
    context.res.headers.set('X-Content-Type-Options', 'nosniff');
  });
  app.use('/api/v1/*', async (context, next) => {
    const caller = await callerOf(deps, context.env.claims);
    if (caller.kind === 'refused') {
      // Not into the record: a program that polls with a wrong token would fill it.
      deps.onRefusedCaller({ ...accountIn(context.env.claims), refusal: caller.refusal, claim: caller.claim });
      return problem(context, 'unknown-caller', { detail: remedyOf(caller) });
    }
    context.set('caller', caller.caller);
    context.set('roles', caller.roles);
    await next();
  });
  app.notFound((context) => problem(context, 'not-found'));
  app.onError((error, context) => failed(deps, context, error));
  return app;
}

/** The provider's own name of the account. */
function accountIn(claims: Claims = {}): { readonly [name: string]: string } {
  return typeof claims.sub === 'string' ? { subject: claims.sub } : {};
}

/** Before an operation that takes a body. */
export function limitedTo(maxSize: number) {
  return bodyLimit({ maxSize, onError: (context) => problem(context, 'too-large') });
}

function failed(deps: ApiDeps, context: ApiContext, error: Error): Response {
  if (error instanceof BusinessRuleError && error.rule === KEY_REUSED) {
    return problem(context, KEY_REUSED, { detail: error.message });
  }
  if (error instanceof ConcurrencyError) {
    context.header('Retry-After', '1');
    return problem(context, 'busy');
  }
  deps.log('API failed', { name: error.name, reason: error.message });
  return problem(context, 'failed');
}
