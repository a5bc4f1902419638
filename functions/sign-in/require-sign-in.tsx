/** Pages for people who are signed in: who it is, checked anew for each request, and that a form is the session's own. */
import type { Context, MiddlewareHandler } from 'hono';
import type { GuessDeps } from '../approvals/guesses.ts';
import { recordRefusedLook } from '../approvals/record-refusal.ts';
import { TOKEN_FIELD } from '../pages/form-token.tsx';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say } from '../pages/language.ts';
import { Notice, renderPage } from '../pages/layout.tsx';
import type { Message } from '../pages/message-page.tsx';
import { isOwnForm } from '../pages/own-form.ts';
import { languageOf, otherLanguageQuery } from '../pages/page-app.ts';
import { sessionCookie } from './cookies.ts';
import { signInPath } from './own-path.ts';
import { isCsrfToken, readSession, type SessionDeps } from './sessions.ts';
import { LABELS, SIGN_IN_MESSAGES } from './sign-in-words.ts';
import type { Role, SignedIn } from './signed-in.ts';

type PageContext = Context<PageEnvironment>;

/** Told who sent a form to which path that is refused. */
type Refused = (employeeId: string, path: string) => Promise<void>;

interface Guarded {
  /** Whoever has one of them is let in. */
  readonly roles: readonly Role[];
  /** Where the pages begin, for the record. */
  readonly page: string;
  /** For pages with forms, which have an entry of their own. */
  readonly onForm?: Refused;
}

/** Who is signed in by the cookie of the request; undefined: nobody. */
export function sessionOf(deps: SessionDeps, context: PageContext): Promise<SignedIn | undefined> {
  return readSession(deps, sessionCookie(context));
}

/**
 * Before each route that needs sign-in. Whoever opens a page is sent to sign in and comes back; a form without a session,
 * or without the session's token, is refused and changes nothing. Sets `signedIn`.
 * @param onForged - told whose session a form came with that had not its token
 */
export function requireSignIn(deps: SessionDeps, onForged?: Refused): MiddlewareHandler<PageEnvironment> {
  return async (context, next) => {
    const signedIn = await sessionOf(deps, context);
    if (signedIn === undefined) {
      return isLook(context)
        ? context.redirect(signInPath(pathOf(context)))
        : signInMessage(context, SIGN_IN_MESSAGES.sessionOver, 401, signInPath('/me'));
    }
    if (!isLook(context) && !(await isFormOf(signedIn, context))) {
      await onForged?.(signedIn.employeeId, context.req.path);
      return signInMessage(context, SIGN_IN_MESSAGES.notOurForm, 403);
    }
    context.set('signedIn', signedIn);
    await next();
  };
}

/** Behind {@link requireSignIn}: everybody without one of the roles is refused, which stands in the record. */
export function requireRole(
  deps: GuessDeps,
  { roles: allowed, page, onForm }: Guarded,
): MiddlewareHandler<PageEnvironment> {
  return async (context, next) => {
    const { roles, employeeId } = context.get('signedIn');
    if (!roles.some((role) => allowed.includes(role))) {
      await (isLook(context) || onForm === undefined
        ? recordRefusedLook(deps, employeeId, page)
        : onForm(employeeId, context.req.path));
      return signInMessage(context, SIGN_IN_MESSAGES.notYourRole, 403);
    }
    await next();
  };
}

function isLook({ req: { method } }: PageContext): boolean {
  return method === 'GET' || method === 'HEAD';
}

async function isFormOf(signedIn: SignedIn, context: PageContext): Promise<boolean> {
  const form = isOwnForm(context.req.raw.headers) ? new URLSearchParams(await context.req.text()) : undefined;
  return form !== undefined && isCsrfToken(signedIn, form.get(TOKEN_FIELD));
}

function pathOf(context: PageContext): string {
  const { pathname, search } = new URL(context.req.url);
  return `${pathname}${search}`;
}

/** A page that says one thing about sign-in and, with a path, leads there. */
export function signInMessage(
  context: PageContext,
  message: Message,
  status: 200 | 400 | 401 | 403 | 503,
  path?: string,
  label = LABELS.signIn,
) {
  const language: Language = languageOf(context);
  const page = renderPage({
    title: say(message.title, language),
    language,
    otherLanguage: otherLanguageQuery(context, language),
    children: (
      <Notice tone={message.tone} title={say(message.title, language)} isHeading>
        <p>{say(message.text, language)}</p>
        {path === undefined ? null : (
          <p>
            <a href={path}>{say(label, language)}</a>
          </p>
        )}
      </Notice>
    ),
  });
  return context.html(page, status);
}
