/** Headers of every page: nothing is cached, framed, indexed, scripted or told to other sites. */
import type { Context, MiddlewareHandler } from 'hono';
import { STYLES_HASH } from './styles.ts';

/** @param formTargets - origins besides our own to which forms of the page may go */
function contentSecurityPolicy(...formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src '${STYLES_HASH}'`,
    'img-src data:',
    ["form-action 'self'", ...formTargets].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const SECURITY = 'Content-Security-Policy';

const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex, nofollow, noarchive',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

export const pageHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) {
    context.res.headers.set(name, value);
  }
  if (!context.res.headers.has(SECURITY)) {
    context.res.headers.set(SECURITY, contentSecurityPolicy());
  }
};

/** Lets this answer's forms go to one more origin. */
export function allowFormTo(context: Context, origin: string): void {
  context.header(SECURITY, contentSecurityPolicy(origin));
}
