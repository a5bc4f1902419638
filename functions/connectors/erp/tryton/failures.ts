/** Every way in which a call to Tryton fails, in the words of the taxonomy. Wire facts: local/tryton/README.md. */
import * as z from 'zod';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../runtime/errors.ts';

const MAX_TEXT = 300;
/** Seconds: Tryton locks a login out for a while after wrong passwords. */
const AFTER_LOCKOUT = 60;

/** The call did not come to an answer: whether Tryton did the work is not known. */
export function transportFailure(method: string, cause: unknown): Error {
  const isLate = cause instanceof Error && (cause.name === 'TimeoutError' || cause.name === 'AbortError');
  return new ConnectorTransientError(`Tryton ${isLate ? 'did not answer in time' : 'was not reached'} (${method})`, {
    cause,
  });
}

/** An answer with another status than 200. */
export function statusFailure(method: string, status: number): Error {
  switch (status) {
    case 401:
      return new ConfigError('Tryton refuses the login of the connector: check user and password in its secret');
    case 404:
      return new ConfigError('Tryton knows no such database: check url and database in the secret of the connector');
    case 403:
      return new ConnectorPermanentError(`Tryton does not allow the connector to call ${method}`);
    case 429:
      return new ConnectorTransientError('Tryton lets the connector wait after wrong passwords', {
        retryAfter: AFTER_LOCKOUT,
      });
    default:
      return status >= 500 || status === 408
        ? new ConnectorTransientError(`Tryton answered ${status} (${method})`)
        : new ConnectorPermanentError(`Tryton answered ${status} (${method})`);
  }
}

const errorSchema = z.tuple([z.unknown()], z.unknown());
const textsSchema = z.array(z.unknown());

/**
 * An answer with status 200 that says that the call failed. Warnings are questions to a person: nobody answers them
 * here. Details, which can be kilobytes of field definitions, are dropped.
 */
export function refusalFailure(method: string, error: unknown): Error {
  const parsed = errorSchema.safeParse(error);
  const [kind, args] = parsed.success ? parsed.data : ['unknown', undefined];
  const texts = textsSchema.safeParse(args);
  const said = (texts.success ? texts.data : [args]).filter((text) => typeof text === 'string' && text !== '');
  switch (kind) {
    case 'ConcurrencyException':
      return new ConnectorTransientError(`somebody else changed the record in Tryton meanwhile (${method})`);
    case 'UserWarning':
      // Name, message, description: the name says nothing to people.
      return new ConnectorPermanentError(`Tryton warns and wants a person to confirm: ${sentence(said.slice(1))}`);
    case 'UserError':
      return new ConnectorPermanentError(`Tryton refuses: ${sentence(said.slice(0, 2))}`);
    default:
      return new ConnectorPermanentError(`Tryton refuses ${method}: ${String(kind)} ${sentence(said)}`.trim());
  }
}

/** An answer that is not what Tryton answers: a proxy in between, or another version. */
export function shapeFailure(method: string, what: string, cause?: unknown): Error {
  return new ConnectorPermanentError(`Tryton answered ${method} with ${what}`, { cause });
}

function sentence(texts: readonly unknown[]): string {
  return texts.join(' - ').slice(0, MAX_TEXT);
}
