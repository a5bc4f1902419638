/**
 * What a failed call leaves behind in an ERP. Only what was certainly not done may be sent again without looking first.
 */
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../runtime/errors.ts';

/** The ERP said no and took everything back: certainly not done. */
export class RefusedError extends ConnectorPermanentError {}

/** It may go well later, and was certainly not done now. */
export class NotDoneError extends ConnectorTransientError {}

/** Whether the failed call certainly changed nothing in the ERP. */
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
const AFTER_NOT_REACHED = 15;

/**
 * A call to which no whole answer came: refused connection, time-out, cut line.
 *
 * @param system - the ERP's name, for the message
 * @param method - the method called, for the message; parameters are never told
 */
export function networkError(system: string, cause: unknown, method: string): Error {
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    return new ConnectorTransientError(`${system} did not answer in time (${method})`, { cause });
  }
  const code = codeOf(cause);
  if (NOT_CONNECTED.has(code)) {
    return new NotDoneError(`${system} was not reached (${code})`, { cause, retryAfter: AFTER_NOT_REACHED });
  }
  if (/CERT|SELF_SIGNED|ERR_TLS/.test(code)) {
    return new ConfigError(`${system}'s certificate is not to be trusted (${code}): check url in its secret`, {
      cause,
    });
  }
  return new ConnectorTransientError(`the connection to ${system} broke (${method}, ${code})`, { cause });
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

/** Seconds of a header `Retry-After`; undefined: none, or a date. */
export function retryAfterOf(header: string | null): { readonly retryAfter?: number } {
  return header !== null && /^[1-9]\d{0,2}$/.test(header) ? { retryAfter: Number(header) } : {};
}
