import { createHash } from 'node:crypto';
import { ApiError } from './api-errors.ts';

/** AWS: a token of a page expires after 24 hours. */
const TOKEN_LIFE_MS = 24 * 3_600_000;

/**
 * A token for the next page of a call.
 *
 * @param position - where the page begins; what it counts is the call's own affair
 * @param call - the operation and its other parameters: the token holds for no other call
 */
export function pageToken(position: number, call: string, now: number): string {
  return Buffer.from(JSON.stringify([position, now, seal(position, now, call)])).toString('base64url');
}

/** The position in a token; throws InvalidToken for one that was not made for this call, or too long ago. */
export function positionIn(token: string, call: string, now: number): number {
  const [position, madeAt, sealed] = parts(token);
  const sound = typeof position === 'number' && typeof madeAt === 'number' && sealed === seal(position, madeAt, call);
  if (!sound || now - madeAt > TOKEN_LIFE_MS) throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  return position;
}

function parts(token: string): readonly unknown[] {
  try {
    const found: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

function seal(position: number, madeAt: number, call: string): string {
  return createHash('sha256')
    .update(JSON.stringify([position, madeAt, call]))
    .digest('base64url')
    .slice(0, 22);
}
