/** Where a page may lead after sign-in: to a path of our own, and to nowhere else. */

const HOME = '/me';
/** Any origin does: only whether a text stays on it counts. */
const ORIGIN = 'https://pages.invalid';
const MAX_LENGTH = 1000;

/**
 * The path and query that `wanted` names; {@link HOME} for whatever a browser might read as another site. Parsed as
 * browsers do, which drop tabs and take `\` for `/`.
 */
export function ownPath(wanted: string | undefined): string {
  if (wanted?.startsWith('/') !== true || wanted.length > MAX_LENGTH || !URL.canParse(wanted, ORIGIN)) {
    return HOME;
  }
  const { origin, pathname, search } = new URL(wanted, ORIGIN);
  // `/.//elsewhere` stays on the origin when it is parsed, and becomes `//elsewhere`.
  return origin === ORIGIN && !pathname.startsWith('//') ? `${pathname}${search}` : HOME;
}

/** The page of sign-in that leads back to `path`. */
export function signInPath(path: string, { again = false } = {}): string {
  return `/sign-in?${new URLSearchParams({ to: path, ...(again ? { again: '1' } : {}) }).toString()}`;
}
