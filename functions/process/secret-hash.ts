/** Secrets that a browser or a mail carries, and of which the table keeps only the hash. */
import { createHash } from 'node:crypto';

/** 256 bits in base64url are 43 characters; anything else is not worth a look-up. */
export function isSecret(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
