/**
 * How callbacks are signed and checked (docs/oa-callback.md): HMAC-SHA256 over `<timestamp>.<raw body>`. The timestamp
 * is part of what is signed, so that a recorded request is worth nothing after the window.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const TIMESTAMP_HEADER = 'X-Meridian-Timestamp';
export const SIGNATURE_HEADER = 'X-Meridian-Signature';

/** Seconds that a receiver's clock may differ, either way. */
const REPLAY_WINDOW_SECONDS = 300;

/** Value of the signature header. `timestamp`: seconds since 1970 as decimal text. */
export function signBody(signingKey: string, timestamp: string, rawBody: string | Uint8Array): string {
  return `v1=${createHmac('sha256', signingKey).update(`${timestamp}.`).update(rawBody).digest('hex')}`;
}

export type SignatureCheck = 'valid' | 'malformed' | 'outside-window' | 'wrong-signature';

interface SignedRequest {
  readonly signingKey: string;
  /** Headers as received; undefined where missing. */
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  /** The body's bytes as received, before any parsing. */
  readonly rawBody: string | Uint8Array;
  readonly now: Date;
}

/**
 * For receivers. A request that is sent again within the window is valid again: recognise it by its `messageId`.
 * Compares in the same time wherever the signatures differ.
 */
export function verifySignature({ signingKey, timestamp, signature, rawBody, now }: SignedRequest): SignatureCheck {
  if (timestamp === undefined || signature === undefined || !/^\d{1,12}$/.test(timestamp)) {
    return 'malformed';
  }
  const expected = Buffer.from(signBody(signingKey, timestamp, rawBody));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return 'wrong-signature';
  }
  const age = Math.abs(now.getTime() / 1000 - Number(timestamp));
  return age <= REPLAY_WINDOW_SECONDS ? 'valid' : 'outside-window';
}
