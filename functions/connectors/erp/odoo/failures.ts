/**
 * Every way in which a call of Odoo's JSON-2 API can fail, in the words of the taxonomy. A call is one transaction of
 * Odoo's: whatever exception it answers with, it took everything back. What was seen of a real server is in
 * test/support/odoo/recorded.json.
 */
import * as z from 'zod';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../runtime/errors.ts';
import { NotDoneError, networkError, RefusedError, retryAfterOf } from '../outcome.ts';

export type Failure =
  /** No whole answer came. */
  | { readonly kind: 'network'; readonly cause: unknown }
  | { readonly kind: 'status'; readonly status: number; readonly text: string; readonly retryAfter: string | null }
  /** Status 200 of `load` with messages in place of identifiers. */
  | { readonly kind: 'not-loaded'; readonly messages: readonly string[] }
  /** Status 200 with a body that is no JSON: cut off, or from something that stands before Odoo. */
  | { readonly kind: 'garbled' }
  /** Status 200 with JSON of another shape than Odoo 19 gives; the problem names places, never values. */
  | { readonly kind: 'unknown-shape'; readonly problem: string };

/** What Odoo answers with where it raised an exception. */
const exceptionSchema = z.object({ name: z.string(), message: z.string() });
type Exception = z.infer<typeof exceptionSchema>;

/** Odoo's database gave up after its own repetitions, or another caller was faster with the same external id. */
const DATABASE_BUSY =
  /could not serialize|deadlock|could not obtain lock|connection pool|duplicate key|LockNotAvailable/i;
const MAX_TEXT = 300;
const AFTER_LIMIT = 30;

/** @param method - model and method called, for the message; parameters are never told */
export function errorOf(failure: Failure, method: string): Error {
  switch (failure.kind) {
    case 'network':
      return networkError('Odoo', failure.cause, method);
    case 'status':
      return statusError(failure, method);
    case 'not-loaded':
      return refusalOf(sentence(failure.messages.join(' - ')), method);
    case 'garbled':
      return new ConnectorTransientError(`the answer to ${method} was cut off or is not Odoo's`);
    case 'unknown-shape':
      return new ConnectorPermanentError(
        `Odoo answered ${method} in a shape that this connector, made for Odoo 19, does not know: ${failure.problem}`,
      );
  }
}

function statusError(
  { status, text, retryAfter }: Extract<Failure, { readonly kind: 'status' }>,
  method: string,
): Error {
  const exception = exceptionIn(text);
  if (status === 401) {
    return new ConfigError('Odoo refuses the API key of the connector: renew apiKey in its secret');
  }
  if (status >= 300 && status < 400) {
    return new ConfigError(`Odoo sends the connector elsewhere (${status}): check url in its secret`);
  }
  if (status === 404 && exception?.name !== 'odoo.exceptions.MissingError') {
    return new ConfigError(
      `Odoo has no ${method}: check url and database in the connector's secret, and that Odoo is version 19 with Purchase, Inventory and Invoicing`,
    );
  }
  if (status === 429) {
    return new NotDoneError(`Odoo lets the connector wait (${method})`, {
      retryAfter: AFTER_LIMIT,
      ...retryAfterOf(retryAfter),
    });
  }
  if (exception !== undefined) {
    return exceptionError(exception, method);
  }
  if (status === 408 || status >= 500) {
    return new ConnectorTransientError(
      `Odoo, or what stands before it, answered ${status} (${method})`,
      retryAfterOf(retryAfter),
    );
  }
  return new RefusedError(`Odoo, or what stands before it, refuses ${method} (${status})`);
}

function exceptionError({ name, message }: Exception, method: string): Error {
  const text = sentence(message);
  switch (name) {
    case 'odoo.exceptions.AccessError':
    case 'odoo.exceptions.AccessDenied':
      return new RefusedError(`Odoo does not allow the connector's user to call ${method}: ${text}`);
    case 'odoo.exceptions.MissingError':
    case 'odoo.exceptions.UserError':
    case 'odoo.exceptions.ValidationError':
    case 'odoo.exceptions.RedirectWarning':
      return refusalOf(text, method);
    default:
      return refusalOf(`${name}: ${text}`, method);
  }
}

function refusalOf(text: string, method: string): Error {
  return DATABASE_BUSY.test(text)
    ? new NotDoneError(`somebody else was faster in Odoo, or its database was busy (${method})`, { retryAfter: 1 })
    : new RefusedError(`Odoo refuses ${method}: ${text}`);
}

function exceptionIn(text: string): Exception | undefined {
  try {
    return exceptionSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function sentence(text: string): string {
  const said = text.trim().replaceAll(/\s*\n\s*/g, ' - ');
  return said.length > MAX_TEXT ? `${said.slice(0, MAX_TEXT)}…` : said;
}
