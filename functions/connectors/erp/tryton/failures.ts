/**
 * Every way in which a call of Tryton can fail, in the words of the taxonomy. Whether the call was certainly not done
 * is told too, since only then may a creation be sent again without looking first. Wire facts: local/tryton/README.md.
 */
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../runtime/errors.ts';
import { NotDoneError, networkError, RefusedError, retryAfterOf } from '../outcome.ts';

export type Failure =
  /** No whole answer came: refused connection, time-out, cut line. */
  | { readonly kind: 'network'; readonly cause: unknown }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter: string | null }
  /** Status 200 with Tryton's `error`. */
  | { readonly kind: 'refusal'; readonly error: unknown }
  /** Status 200 with a body that is no JSON: cut off, or from something that stands before Tryton. */
  | { readonly kind: 'garbled' }
  /** Status 200 with JSON of another shape than Tryton 8.2 gives; the problem names places, never values. */
  | { readonly kind: 'unknown-shape'; readonly problem: string };

/** Tryton's database gave up after its own repetitions; the transaction was taken back. */
const DATABASE_BUSY = /could not serialize|deadlock|database is locked|could not obtain lock|connection pool/i;
const MAX_TEXT = 300;
/** Seconds: Tryton locks a login out for a while after wrong passwords. */
const AFTER_LOCKOUT = 60;

/** @param method - the method called, for the message; parameters are never told */
export function errorOf(failure: Failure, method: string): Error {
  switch (failure.kind) {
    case 'network':
      return networkError('Tryton', failure.cause, method);
    case 'status':
      return statusError(failure.status, failure.retryAfter, method);
    case 'refusal':
      return refusalError(failure.error, method);
    case 'garbled':
      return new ConnectorTransientError(`the answer to ${method} was cut off or is not Tryton's`);
    case 'unknown-shape':
      return new ConnectorPermanentError(
        `Tryton answered ${method} in a shape that this connector, made for Tryton 8.2, does not know: ${failure.problem}`,
      );
  }
}

function statusError(status: number, retryAfter: string | null, method: string): Error {
  if (status === 401) {
    return new ConfigError('Tryton refuses the login of the connector: check user and password in its secret');
  }
  if (status === 404 || (status >= 300 && status < 400)) {
    return new ConfigError(`no such database of Tryton (${status}): check url and database in the connector's secret`);
  }
  if (status === 429) {
    const message = 'Tryton lets the connector wait after wrong passwords';
    return new NotDoneError(message, { retryAfter: AFTER_LOCKOUT, ...retryAfterOf(retryAfter) });
  }
  if (status === 408 || status >= 500) {
    return new ConnectorTransientError(
      `Tryton, or what stands before it, answered ${status} (${method})`,
      retryAfterOf(retryAfter),
    );
  }
  return new RefusedError(`Tryton does not allow the connector to call ${method} (${status})`);
}

/** `[kind, [text, …]]`; for an exception that is not Tryton's own `[text, traceback]`. */
function refusalError(error: unknown, method: string): Error {
  const [kind, details]: readonly unknown[] = Array.isArray(error) ? error : [error];
  const texts = Array.isArray(details) ? details : [details];
  switch (kind) {
    case 'ConcurrencyException':
      return new NotDoneError(`somebody else changed the record in Tryton meanwhile (${method})`, { retryAfter: 1 });
    // Name, message, description: the name says nothing to people. A warning is a question to a person.
    case 'UserWarning':
      return new RefusedError(
        `Tryton warns at ${method}, and a person has to confirm it there: ${sentence(texts.slice(1, 3))}`,
      );
    // Message and description; what follows can be many kilobytes of field definitions.
    case 'UserError':
      return new RefusedError(`Tryton refuses ${method}: ${sentence(texts.slice(0, 2))}`);
    case 'LoginException':
      return new ConfigError('Tryton asks for more than a password: the connector needs a user with a password alone');
  }
  const text = sentence([kind]);
  return DATABASE_BUSY.test(text)
    ? new NotDoneError(`Tryton's database was busy (${method})`)
    : new RefusedError(`Tryton failed at ${method}: ${text}`);
}

function sentence(texts: readonly unknown[]): string {
  const said = texts.filter((text) => typeof text === 'string' && text !== '').join(' - ');
  return said.length > MAX_TEXT ? `${said.slice(0, MAX_TEXT)}…` : said;
}
