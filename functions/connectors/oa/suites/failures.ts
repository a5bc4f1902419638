/** What answers of a suite's API mean, in the words of the taxonomy: each suite has codes of its own, and says failures with status 200. */
import type * as z from 'zod';
import { exactJsonOf } from '../../../intake/domain/text.ts';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../runtime/errors.ts';
import type { Outcome } from './exchange.ts';

/** The access token of a call is no longer good: a new one is asked for once. */
export class StaleTokenError extends ConnectorTransientError {}

/** How a suite says what came of a call. */
export interface Dialect {
  /** For the reader, such as `Feishu`. */
  readonly suite: string;
  /** The code in an answer, numbers of which are text; `0`: it succeeded; undefined: it is no answer of the suite. */
  readonly codeOf: (answer: unknown) => string | undefined;
  /** Codes of an access token that is not good. */
  readonly stale: RegExp;
  /** Codes of too many calls, or of a suite that is busy. */
  readonly busy: RegExp;
  /** Codes that only an operator can mend: a wrong id or secret, a permission that is missing. */
  readonly notAllowed: RegExp;
}

/**
 * @param what - what was asked, for the message; neither question nor answer is told
 * @returns undefined: it succeeded, and its data are to be read
 */
export function failureOf({ suite, codeOf, ...codes }: Dialect, outcome: Outcome, what: string): Error | undefined {
  if (outcome.kind === 'network') {
    const isLate = outcome.cause instanceof Error && outcome.cause.name === 'TimeoutError';
    const reason = isLate ? 'did not answer in time' : 'was not reached, or the line was cut';
    return new ConnectorTransientError(`${suite} ${reason} (${what})`, { cause: outcome.cause });
  }
  const { status, text, retryAfter } = outcome;
  const again = retryAfter === undefined ? {} : { retryAfter };
  const code = codeOf(exactJsonOf(text));
  if (code === undefined || code === '0') {
    return status < 300 && code === '0' ? undefined : failureOfStatus(suite, status, what, again);
  }
  if (codes.stale.test(code)) {
    return new StaleTokenError(`${suite} takes the access token no more (${what}, ${code})`);
  }
  if (codes.busy.test(code) || status === 429 || status >= 500) {
    return new ConnectorTransientError(`${suite} is asked too often, or busy (${what}, ${code})`, again);
  }
  return codes.notAllowed.test(code)
    ? new ConfigError(
        `${suite} does not let the app do this (${what}, ${code}): see its secret and its permissions in docs/suites.md`,
      )
    : new ConnectorPermanentError(`${suite} refuses ${what} (${code})`);
}

/** Of what is no answer of the suite's own. */
function failureOfStatus(suite: string, status: number, what: string, again: { retryAfter?: number }): Error {
  if (status >= 300 && status < 400) {
    return new ConfigError(`${suite} sends ${what} elsewhere (${status}): check its address in the company file`);
  }
  if (status === 401 || status === 403 || status === 404) {
    return new ConfigError(`${suite}, or what stands before it, refuses ${what} (${status})`);
  }
  return status === 408 || status === 425 || status === 429 || status >= 500
    ? new ConnectorTransientError(`${suite}, or what stands before it, answered ${status} (${what})`, again)
    : status >= 400
      ? new ConnectorPermanentError(`${suite} refuses ${what} with ${status}`)
      : new ConnectorTransientError(`the answer to ${what} was cut off or is not of ${suite}`);
}

/**
 * The data of an answer.
 * @throws Error of the taxonomy; a shape that is not known is named by its place, never by what it holds.
 */
export function answerOf<Shape>(dialect: Dialect, outcome: Outcome, what: string, shape: z.ZodType<Shape>): Shape {
  const failure = failureOf(dialect, outcome, what);
  if (failure !== undefined) {
    throw failure;
  }
  const parsed = shape.safeParse(outcome.kind === 'reply' ? exactJsonOf(outcome.text) : undefined);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConnectorPermanentError(
      `${dialect.suite} answered ${what} in a shape that is not known: ${issue?.path.join('.')} (${issue?.code})`,
    );
  }
  return parsed.data;
}
