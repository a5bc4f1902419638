/**
 * Every way in which a call of Tryton can fail, in the words of the taxonomy. Whether the call was certainly not done
 * is told too, since only then may a creation be sent again without looking first. Wire facts: local/tryton/README.md.
 */
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../runtime/errors.ts';

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

/** Tryton said no and took everything back: certainly not done. */
export class RefusedError extends ConnectorPermanentError {}

/** It may go well later, and was certainly not done now. */
export class NotDoneError extends ConnectorTransientError {}

/** Whether the failed call certainly changed nothing in Tryton. */
export function isNotDone(error: unknown): boolean {
  return error instanceof RefusedError || error instanceof NotDoneError || error instanceof ConfigError;
}

const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** Tryton's database gave up after its own repetitions; the transaction was taken back. */
const DATABASE_BUSY = /could not serialize|deadlock|database is locked|could not obtain lock|connection pool/i;
const MAX_TEXT = 300;
/** Seconds: Tryton locks a login out for a while after wrong passwords. */
const AFTER_LOCKOUT = 60;
const AFTER_NOT_REACHED = 15;

/** @param method - the method called, for the message; parameters are never told */
export function errorOf(failure: Failure, method: string): Error {
  switch (failure.kind) {
    case 'network':
      return networkError(failure.cause, method);
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

function networkError(cause: unknown, method: string): Error {
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    return new ConnectorTransientError(`Tryton did not answer in time (${method})`, { cause });
  }
  const code = codeOf(cause);
  if (NOT_CONNECTED.has(code)) {
    return new NotDoneError(`Tryton was not reached (${code})`, { cause, retryAfter: AFTER_NOT_REACHED });
  }
  if (/CERT|SELF_SIGNED|ERR_TLS/.test(code)) {
    return new ConfigError(`Tryton's certificate is not to be trusted (${code}): check url in its secret`, { cause });
  }
  return new ConnectorTransientError(`the connection to Tryton broke (${method}, ${code})`, { cause });
}

/** The runtime's fetch wraps the system's error once. */
function codeOf(cause: unknown): string {
  for (const error of [cause, cause instanceof Error ? cause.cause : undefined]) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
      return error.code;
    }
  }
  return 'no code';
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
    return new NotDoneError(message, { retryAfter: secondsOf(retryAfter) ?? AFTER_LOCKOUT });
  }
  if (status === 408 || status >= 500) {
    const seconds = secondsOf(retryAfter);
    return new ConnectorTransientError(
      `Tryton, or what stands before it, answered ${status} (${method})`,
      seconds === undefined ? {} : { retryAfter: seconds },
    );
  }
  return new RefusedError(`Tryton does not allow the connector to call ${method} (${status})`);
}

function secondsOf(header: string | null): number | undefined {
  return header !== null && /^[1-9]\d{0,2}$/.test(header) ? Number(header) : undefined;
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
