/** A signed POST to an address of the company's (docs/oa-callback.md), and what its answer means. */
import type { Clock } from '../../runtime/ambient.ts';
import { ConnectorPermanentError, ConnectorTransientError } from '../../runtime/errors.ts';
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from './signature.ts';

export interface SignedPostParts {
  readonly url: string;
  /** Read for every call, since it may be rotated. */
  readonly signingKey: () => Promise<string>;
  readonly clock: Clock;
  /** Milliseconds until an answer that did not come counts as none; 8,000 unless given. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 8_000;
/** Longest that a receiver can ask us to wait: queues hold a message no longer. */
const MAX_RETRY_AFTER_SECONDS = 3_600;

/**
 * Resolves once the receiver has taken the message, of which only the status of its answer tells.
 * @param who - whose address it is, for the reader: `the OA's callback`
 * @throws ConnectorTransientError when it may take the same message later (`retryAfter` as it asked).
 * @throws ConnectorPermanentError when it refuses this message.
 */
export async function postSigned(parts: SignedPostParts, who: string, message: object): Promise<void> {
  const response = await post(parts, who, JSON.stringify(message));
  // An unread body would keep the connection.
  await response.body?.cancel();
  const failure = failureOf(who, response.status, response.headers.get('retry-after'), parts.clock.now());
  if (failure !== undefined) {
    throw failure;
  }
}

async function post(parts: SignedPostParts, who: string, body: string): Promise<Response> {
  const timestamp = Math.floor(parts.clock.now().getTime() / 1000).toString();
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': 'Meridian',
    [TIMESTAMP_HEADER]: timestamp,
    [SIGNATURE_HEADER]: signBody(await parts.signingKey(), timestamp, body),
  };
  try {
    return await fetch(parts.url, {
      method: 'POST',
      headers,
      body,
      // A redirect could carry the message to somewhere that nobody configured.
      redirect: 'manual',
      signal: AbortSignal.timeout(parts.timeoutMs ?? TIMEOUT_MS),
    });
  } catch (cause) {
    const reason =
      cause instanceof Error && cause.name === 'TimeoutError' ? 'did not answer in time' : 'was not reached';
    throw new ConnectorTransientError(`${who} ${reason}`, { cause });
  }
}

/** What an answer means; undefined: it has taken the message. */
function failureOf(
  who: string,
  status: number,
  retryAfter: string | null,
  now: Date,
): ConnectorTransientError | ConnectorPermanentError | undefined {
  if (status >= 200 && status < 300) {
    return undefined;
  }
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const seconds = retryAfterSeconds(retryAfter, now);
    return new ConnectorTransientError(`${who} answered ${status}`, {
      ...(seconds === undefined ? {} : { retryAfter: seconds }),
    });
  }
  return new ConnectorPermanentError(`${who} refused the message with ${status}`);
}

/** RFC 9110: seconds or a date; anything else is as if it were not there. */
function retryAfterSeconds(value: string | null, now: Date): number | undefined {
  if (value === null) {
    return undefined;
  }
  const text = value.trim();
  const seconds = /^\d+$/.test(text) ? Number(text) : (dateOf(text) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 0), MAX_RETRY_AFTER_SECONDS) : undefined;
}

/** Milliseconds since 1970, or NaN. Dates of HTTP begin with the day; `Date.parse` alone takes `-5` for the month of May. */
function dateOf(text: string): number {
  return /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
}
