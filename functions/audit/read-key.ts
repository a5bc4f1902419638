/**
 * The read link of a record: whoever has it may read the record of exactly one process, and nothing else. It carries a
 * MAC over the process's id, so that no table of links is needed and no link can be made without the secret.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Base64url without padding; `secret` is the installation's record key. */
export function readKey(secret: string, processId: string): string {
  return createHmac('sha256', secret).update(`record:${processId}`).digest('base64url');
}

/** Takes the same time wherever the given key differs. */
export function isReadKey(secret: string, processId: string, given: string): boolean {
  const expected = Buffer.from(readKey(secret, processId));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** Address of the record's page. `pagesUrl` has no slash at its end. */
export function recordUrl(pagesUrl: string, secret: string, processId: string): string {
  return `${pagesUrl}/record/${encodeURIComponent(processId)}?key=${readKey(secret, processId)}`;
}
