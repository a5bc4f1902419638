/** One call of a suite's API over HTTP. */

/** Milliseconds for one call: below the time of the functions that call, so that they can still act on it. */
const CALL_MS = 8_000;
/** What a suite says about a form, and no more: bytes. */
const MOST_BYTES = 1_000_000;

/** What came of a call, before anybody knows what it means. */
export type Outcome =
  /** No whole answer came: refused connection, time-out, cut line. */
  | { readonly kind: 'network'; readonly cause: unknown }
  | { readonly kind: 'reply'; readonly status: number; readonly text: string; readonly retryAfter: number | undefined };

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Default 8,000. */
  readonly timeoutMs?: number | undefined;
  /** Header in which this suite says after how many seconds to come again, beside `Retry-After`. */
  readonly waitHeader?: string;
}

/** Follows no redirect, which could carry a token to somewhere that nobody configured. */
export async function exchange({
  method,
  url,
  headers,
  body,
  timeoutMs = CALL_MS,
  waitHeader,
}: Call): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method,
      headers: {
        Accept: 'application/json',
        'User-Agent': 'Meridian',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const wait = response.headers.get('retry-after') ?? response.headers.get(waitHeader ?? 'retry-after') ?? '';
    return {
      kind: 'reply',
      status: response.status,
      text: await boundedText(response),
      retryAfter: /^\d{1,4}$/.test(wait) ? Number(wait) : undefined,
    };
  } catch (cause) {
    return { kind: 'network', cause };
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) {
      throw new Error(`the answer has more than ${MOST_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
