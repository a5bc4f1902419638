/**
 * The two cookies of sign-in. `__Host-`: the browser takes and sends them for this one host, over a safe connection, and
 * no subdomain can plant them. `SameSite=Lax`, since the provider sends the browser back from another site by a link.
 */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod';
import type { PageEnvironment } from '../pages/http-api.ts';
import { ABSOLUTE_MS } from './sessions.ts';
import { ATTEMPT_MS, type SignInAttempt } from './sign-in.ts';

const SESSION = 'meridian-session';
const ATTEMPT = 'meridian-sign-in';
const OPTIONS = { prefix: 'host', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;

const attemptSchema = z.object({
  state: z.string().min(1),
  nonce: z.string().min(1),
  verifier: z.string().min(1),
  to: z.string(),
  startedAt: z.iso.datetime(),
});

type PageContext = Context<PageEnvironment>;

export function sessionCookie(context: PageContext): string | undefined {
  return getCookie(context, SESSION, 'host');
}

export function setSessionCookie(context: PageContext, secret: string): void {
  setCookie(context, SESSION, secret, { ...OPTIONS, maxAge: ABSOLUTE_MS / 1000 });
}

export function dropSessionCookie(context: PageContext): void {
  deleteCookie(context, SESSION, OPTIONS);
}

/** Undefined: there is none, or it is not as we wrote it. */
export function attemptCookie(context: PageContext): SignInAttempt | undefined {
  const text = Buffer.from(getCookie(context, ATTEMPT, 'host') ?? '', 'base64url').toString();
  try {
    return attemptSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function setAttemptCookie(context: PageContext, attempt: SignInAttempt): void {
  const text = Buffer.from(JSON.stringify(attempt)).toString('base64url');
  setCookie(context, ATTEMPT, text, { ...OPTIONS, maxAge: ATTEMPT_MS / 1000 });
}

export function dropAttemptCookie(context: PageContext): void {
  deleteCookie(context, ATTEMPT, OPTIONS);
}
