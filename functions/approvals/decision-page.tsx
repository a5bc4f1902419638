/**
 * The page behind a decision link. GET and HEAD show and change nothing, since mail scanners follow links; only the
 * form's POST decides. The capability is the path: it is not logged, and no script is involved. Above the amount that a
 * link may decide, its person signs in and comes back to the same page.
 */
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { TOKEN_FIELD } from '../pages/form-token.tsx';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say } from '../pages/language.ts';
import { Notice, renderPage } from '../pages/layout.tsx';
import { isOwnForm } from '../pages/own-form.ts';
import { createPageApp, languageOf, otherLanguageQuery } from '../pages/page-app.ts';
import { Places } from '../pages/places.tsx';
import { doneText, outcomeText } from '../pages/words.ts';
import { signInPath } from '../sign-in/own-path.ts';
import { sessionOf } from '../sign-in/require-sign-in.tsx';
import { isCsrfToken } from '../sign-in/sessions.ts';
import { LABELS as SIGN_IN_LABELS } from '../sign-in/sign-in-words.ts';
import type { SignedIn } from '../sign-in/signed-in.ts';
import { actByLink, type LinkDecisionResult, type NoView, viewDecision } from './act-by-link.ts';
import type { DecidingDeps } from './decision-deps.ts';
import { Budget, Changes, EarlierRequests, RequestsSince } from './decision-page-facts.tsx';
import { DecisionForm, Details, Files, Footer, levelQuery, MAX_COMMENT, Summary } from './decision-page-parts.tsx';
import { Copies, Earlier, OwnDecision, SaidBefore, WhoMay } from './decision-page-voices.tsx';
import { MESSAGES, nextText } from './decision-page-words.ts';
import type { Refusal } from './domain/approval-events.ts';
import type { GuessDeps } from './guesses.ts';
import { isNoView, noPage, refuse } from './no-page.ts';
import { readWish } from './read-wish.ts';
import { statusOf } from './refusal-status.ts';
import { REFUSALS, SIGN_IN_FIRST } from './refusal-words.ts';
import { SessionForms } from './session-forms.tsx';
import { FirstTasks, MoreTasks } from './task-forms.tsx';
import { TASK_DONE } from './task-words.ts';
import type { DecisionView } from './view-decision.ts';

export interface DecisionPageDeps extends DecidingDeps, GuessDeps {
  /** IANA zone in which instants are shown to those who have none of their own. */
  readonly timeZone: string;
}

type PageContext = Context<PageEnvironment>;

/** A comment of the longest kind in Chinese, percent-encoded, and the rest of the form. */
export const MAX_BODY_BYTES = 16_384;

/** `GET`, `HEAD` and `POST /d/:secret`. */
export function createDecisionPage(deps: DecisionPageDeps): Hono<PageEnvironment> {
  const app = createPageApp();
  app.get('/d/:secret', (context) => show(deps, context, context.req.param('secret')));
  app.post(
    '/d/:secret',
    bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => refuse(context, MESSAGES.tooLong, 413) }),
    (context) => decide(deps, context, context.req.param('secret')),
  );
  return app;
}

async function show(deps: DecisionPageDeps, context: PageContext, secret: string) {
  const session = await sessionIn(deps, context);
  const input = { secret, address: context.env.sourceIp, signedInAs: session?.employeeId };
  const result = await viewDecision(deps, input);
  return result.kind === 'shown'
    ? decisionPage(deps, context, { view: result.view, session })
    : noPage(context, result);
}

async function sessionIn(deps: DecisionPageDeps, context: PageContext): Promise<SignedIn | undefined> {
  return deps.hasSignIn === true ? sessionOf(deps, context) : undefined;
}

async function decide(deps: DecisionPageDeps, context: PageContext, secret: string) {
  if (!isOwnForm(context.req.raw.headers)) {
    return refuse(context, MESSAGES.badRequest, 403);
  }
  const form = new URLSearchParams(await context.req.text());
  const wish = readWish(form);
  if (wish === undefined) {
    return refuse(context, MESSAGES.badRequest, 403);
  }
  if (wish.comment.length > MAX_COMMENT) {
    return refuse(context, MESSAGES.tooLong, 413);
  }
  const session = await sessionIn(deps, context);
  // Without its token, what is sent is not the session's: it counts for what the link alone can do.
  const isOfSession = session !== undefined && isCsrfToken(session, form.get(TOKEN_FIELD));
  const signedInAs = isOfSession ? session.employeeId : undefined;
  const result = await actByLink(deps, { secret, address: context.env.sourceIp, wish, signedInAs });
  return isNoView(result)
    ? noPage(context, result)
    : decisionPage(deps, context, { ...shownAfter(result, wish.comment), session });
}

/** What somebody sees who has acted, or tried to. */
export function shownAfter(result: Exclude<LinkDecisionResult, NoView>, comment: string): Omit<Shown, 'session'> {
  const { view } = result;
  switch (result.kind) {
    case 'decided':
      return { view, comment, decided: { action: result.action, outcome: result.outcome } };
    case 'done':
      return { view, done: result.task };
    case 'refused':
      return { view: withNames(view, result), comment, refused: result.refusal };
  }
}

function withNames(view: DecisionView, { mayDecide }: { readonly mayDecide?: readonly string[] }): DecisionView {
  return mayDecide === undefined ? view : { ...view, mayDecide };
}

/** What a page about a decision shows. */
export interface Shown {
  readonly view: DecisionView;
  readonly session: SignedIn | undefined;
  /** The address names no link: each form carries what the person was asked. */
  readonly isWithoutLink?: boolean;
  readonly decided?: { readonly action: string; readonly outcome: string };
  /** What else was just done, by the kind of the wish. */
  readonly done?: string;
  /** Why the attempt that was just made does not count. */
  readonly refused?: Refusal;
  readonly comment?: string;
}

/** The answer to a request, as a page. */
export function decisionPage(
  deps: Pick<DecisionPageDeps, 'timeZone' | 'hasSignIn'>,
  context: PageContext,
  shown: Shown,
) {
  const { view, decided, refused } = shown;
  const language = languageOf(context, view.link.locale);
  const reader = { language, timeZone: view.timeZone ?? deps.timeZone };
  const part = { view, ...reader };
  const actions = decided === undefined ? view.offered : [];
  const page = renderPage({
    title: view.document.title,
    language,
    otherLanguage: otherLanguageQuery(context, language),
    children: (
      <SessionForms token={shown.session?.csrfToken} question={shown.isWithoutLink === true ? view.link : undefined}>
        {shown.isWithoutLink === true ? <Places path={context.req.path} language={language} /> : null}
        <DecisionNotice shown={shown} {...reader} signInFor={deps.hasSignIn === true ? pathOf(context) : undefined} />
        <FirstTasks tasks={view.tasks} language={language} />
        <Summary {...part} />
        <Changes {...part} />
        <Details {...part} />
        <Budget {...part} />
        <EarlierRequests {...part} />
        <RequestsSince {...part} />
        <Files {...part} path={context.req.path} query={shown.isWithoutLink === true ? levelQuery(view.link) : ''} />
        <SaidBefore {...part} />
        <Earlier {...part} />
        <Copies {...part} />
        {actions.length === 0 ? null : (
          <DecisionForm
            actions={actions}
            language={language}
            comment={shown.comment ?? ''}
            isCommentMissing={refused === 'comment-required'}
            next={view.next}
            isNextMissing={refused === 'choose-next'}
          />
        )}
        <MoreTasks tasks={view.tasks} language={language} />
        <Footer {...part} />
      </SessionForms>
    ),
  });
  return context.html(page, refused === undefined ? 200 : statusOf(refused));
}

function pathOf(context: PageContext): string {
  const { pathname, search } = new URL(context.req.url);
  return `${pathname}${search}`;
}

interface NoticeProps {
  readonly shown: Shown;
  readonly language: Language;
  readonly timeZone: string;
  /** Path of this page, where people can sign in. */
  readonly signInFor: string | undefined;
}

/** The answer to what was just done, or why not everything can be done. */
function DecisionNotice({ shown, language, timeZone, signInFor }: NoticeProps) {
  const { view, decided } = shown;
  const own = <OwnDecision view={view} language={language} timeZone={timeZone} />;
  if (decided !== undefined) {
    return (
      <Notice tone="good" title={say(doneText(decided.action), language)}>
        <p>{say(nextText(view.subject, decided.outcome), language)}</p>
        {own}
      </Notice>
    );
  }
  const done = Object.entries(TASK_DONE).find(([task]) => task === shown.done)?.[1];
  if (done !== undefined) {
    return <Notice tone="good" title={say(done, language)} />;
  }
  const refusal = shown.refused ?? standing(view);
  if (refusal === undefined) {
    return null;
  }
  const signIn = signInFor === undefined ? undefined : signInOf(refusal, signInFor);
  const message = signIn !== undefined && refusal === 'sign-in-required' ? SIGN_IN_FIRST : REFUSALS[refusal];
  const isOwn = refusal === 'already-decided' && view.own !== undefined;
  return (
    <Notice tone={isOwn ? 'good' : message.tone} title={say(message.title, language)}>
      <p>{say(message.text, language)}</p>
      {WITH_WHO_MAY.has(refusal) ? <WhoMay view={view} language={language} /> : null}
      {isOwn ? own : null}
      {view.outcome === undefined || refusal !== 'copied-only' ? null : (
        <p>{say(outcomeText(view.outcome), language)}</p>
      )}
      {signIn === undefined ? null : (
        <p>
          <a class="button" href={signIn.path}>
            {say(signIn.label, language)}
          </a>
        </p>
      )}
    </Notice>
  );
}

/** It is for somebody else, who is known. */
const WITH_WHO_MAY: ReadonlySet<Refusal> = new Set(['substitute-over-authority', 'split-purchases']);

/** Where to sign in, if that is what a decision lacks. */
function signInOf(refusal: Refusal, path: string) {
  switch (refusal) {
    case 'sign-in-required':
      return { path: signInPath(path), label: SIGN_IN_LABELS.signIn };
    case 'sign-in-as-approver':
      return { path: signInPath(path, { again: true }), label: SIGN_IN_LABELS.again };
    default:
      return undefined;
  }
}

/** Whoever is asked for an opinion only need not read that the decision is somebody else's. */
function standing({ refusal, tasks }: DecisionView): Refusal | undefined {
  return tasks.kinds.includes('give-back') ? undefined : refusal;
}
