/** Signing in and out, and who is signed in. */
import type { Context, Hono } from 'hono';
import type { Person } from '../directory/port.ts';
import { FormToken, TokenField } from '../pages/form-token.tsx';
import type { PageEnvironment } from '../pages/http-api.ts';
import { say } from '../pages/language.ts';
import { renderPage } from '../pages/layout.tsx';
import { createPageApp, languageOf, otherLanguageQuery } from '../pages/page-app.ts';
import { Places } from '../pages/places.tsx';
import { ConnectorTransientError } from '../runtime/errors.ts';
import {
  attemptCookie,
  dropAttemptCookie,
  dropSessionCookie,
  sessionCookie,
  setAttemptCookie,
  setSessionCookie,
} from './cookies.ts';
import { ownPath, signInPath } from './own-path.ts';
import { CALLBACK_PATH, SIGNED_OUT_PATH } from './port.ts';
import { requireSignIn, signInMessage } from './require-sign-in.tsx';
import { endSession } from './sessions.ts';
import { finishSignIn, type SignInDeps, startSignIn } from './sign-in.ts';
import { CLAIM_REFUSALS, LABELS, ROLE_NAMES, SIGN_IN_MESSAGES, SIGN_IN_REFUSALS } from './sign-in-words.ts';
import type { SignedIn } from './signed-in.ts';

export interface SignInPageDeps extends SignInDeps {
  /** Told of each sign-in, refused ones included. Never a cookie, a code or a mail address. */
  readonly log: (message: string, facts: { readonly [name: string]: string }) => void;
}

type PageContext = Context<PageEnvironment>;

/** `GET /sign-in`, `/sign-in/callback`, `/me` and `/signed-out`; `POST /sign-out`. */
export function createSignInPage(deps: SignInPageDeps): Hono<PageEnvironment> {
  const app = createPageApp();
  app.use('/me', requireSignIn(deps));
  app.use('/sign-out', requireSignIn(deps));
  app.get('/sign-in', (context) => answered(deps, context, () => start(deps, context)));
  app.get(CALLBACK_PATH, (context) => answered(deps, context, () => finish(deps, context)));
  app.get('/me', (context) => home(deps, context));
  app.post('/sign-out', (context) => signOut(deps, context));
  app.get(SIGNED_OUT_PATH, (context) =>
    signInMessage(context, SIGN_IN_MESSAGES.signedOut, 200, signInPath('/me'), LABELS.signIn),
  );
  return app;
}

async function start(deps: SignInPageDeps, context: PageContext) {
  const again = context.req.query('again') !== undefined;
  const { url, attempt } = await startSignIn(deps, { to: ownPath(context.req.query('to')), again });
  setAttemptCookie(context, attempt);
  return context.redirect(url);
}

async function finish(deps: SignInPageDeps, context: PageContext) {
  const attempt = attemptCookie(context);
  dropAttemptCookie(context);
  const query = new URL(context.req.url).searchParams;
  const result = await finishSignIn(deps, { query, attempt });
  if (result.kind === 'signed-in') {
    // Whoever was signed in with this browser before is not any more.
    await endSession(deps.store, sessionCookie(context));
    deps.log('signed in', { employeeId: result.employeeId });
    setSessionCookie(context, result.secret);
    // The cookie came from the browser: what it names is checked again.
    return context.redirect(ownPath(result.to), 303);
  }
  deps.log('sign-in refused', { refusal: result.refusal, ...result.facts });
  const path = signInPath(ownPath(attempt?.to), { again: result.refusal !== 'no-attempt' });
  const message = 'claim' in result ? CLAIM_REFUSALS[result.refusal](result.claim) : SIGN_IN_REFUSALS[result.refusal];
  return signInMessage(context, message, 403, path);
}

/** A provider that does not answer is no fault of the page: whoever waits is told to try again. */
async function answered(deps: SignInPageDeps, context: PageContext, answer: () => Promise<Response>) {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof ConnectorTransientError)) {
      throw error;
    }
    deps.log('identity provider unavailable', { reason: error.message, cause: nameOf(error.cause) });
    return signInMessage(context, SIGN_IN_MESSAGES.unavailable, 503, signInPath('/me'));
  }
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : 'unknown';
}

/**
 * Ends our session first, whatever becomes of the provider's. The browser goes on by the header `Refresh` and not by a
 * redirect: `form-action` holds for redirects of forms, and would have to name the provider and whoever it federates to.
 */
async function signOut(deps: SignInPageDeps, context: PageContext) {
  await endSession(deps.store, sessionCookie(context));
  dropSessionCookie(context);
  deps.log('signed out', { employeeId: context.get('signedIn').employeeId });
  const url = await deps.provider.signOutUrl().catch((error: unknown) => {
    if (!(error instanceof ConnectorTransientError)) {
      throw error;
    }
    deps.log('identity provider unavailable', { reason: error.message, cause: nameOf(error.cause) });
    return undefined;
  });
  if (url === undefined) {
    return signInMessage(context, SIGN_IN_MESSAGES.signedOut, 200, signInPath('/me'));
  }
  context.header('Refresh', `0; url=${url}`);
  return signInMessage(context, SIGN_IN_MESSAGES.signingOut, 200, url, LABELS.atProvider);
}

async function home(deps: SignInPageDeps, context: PageContext) {
  const signedIn = context.get('signedIn');
  const person = await deps.directory.person(signedIn.employeeId);
  if (person === undefined) {
    throw new Error('a session is only of people whom the directory knows');
  }
  return context.html(homePage(context, signedIn, person));
}

function homePage(context: PageContext, { csrfToken, roles }: SignedIn, person: Person) {
  const language = languageOf(context, person.locale);
  const facts = [
    [LABELS.employeeId, person.employeeId],
    [LABELS.mail, person.email],
    [LABELS.roles, roles.map((role) => say(ROLE_NAMES[role], language)).join(language === 'en' ? ', ' : '、')],
  ] as const;
  return renderPage({
    title: person.name,
    language,
    otherLanguage: otherLanguageQuery(context, language),
    children: (
      <FormToken.Provider value={csrfToken}>
        <Places path="/me" language={language} roles={roles} />
        <section class="card" aria-labelledby="title">
          <p class="kind">{say(LABELS.signedInAs, language)}</p>
          <h1 id="title">{person.name}</h1>
          <dl class="facts">
            {facts.map(([label, value]) =>
              value === '' ? null : (
                <div>
                  <dt>{say(label, language)}</dt>
                  <dd>{value}</dd>
                </div>
              ),
            )}
          </dl>
          <form method="post" action="/sign-out">
            <TokenField />
            <div class="actions">
              <button type="submit">{say(LABELS.signOut, language)}</button>
            </div>
          </form>
        </section>
      </FormToken.Provider>
    ),
  });
}
