/** The pages of administrators: the org chart, everybody's open tasks, handing them over, and the policies in force. */

import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { DecisionDeps } from '../approvals/decision-deps.ts';
import type { GuessDeps } from '../approvals/guesses.ts';
import type { DirectoryData } from '../directory/directory-file.ts';
import type { CompiledForm } from '../office/compile-form.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { say } from '../pages/language.ts';
import { messagePage, NOT_FOUND } from '../pages/message-page.tsx';
import { createPageApp, languageOf } from '../pages/page-app.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import { ADMIN_PATH } from '../pages/places.tsx';
import { readerOf as ownReaderOf } from '../pages/reader.ts';
import type { WorkingTimeBound } from '../policy/policy-tables.ts';
import type { CompiledRules } from '../policy/table.ts';
import { requireRole, requireSignIn, signInMessage } from '../sign-in/require-sign-in.tsx';
import { SIGN_IN_MESSAGES } from '../sign-in/sign-in-words.ts';
import { formPage, formsPage } from './forms-page.tsx';
import { administrationPage, type Reader } from './frame.tsx';
import { applyHandOver, showHandOver } from './hand-over-page.tsx';
import type { HandOverScope } from './hand-over-views.tsx';
import { FORMS_PATH, PEOPLE_PATH, POLICIES_PATH } from './paths.ts';
import { peoplePage } from './people-page.tsx';
import { personPage } from './person-page.tsx';
import { policiesPage } from './policies-page.tsx';
import { publishFormPage } from './publish-form-page.tsx';
import { type FormRefusal, recordRefusedForm } from './refused-form.ts';
import { LABELS } from './words.ts';

export interface AdministrationDeps extends DecisionDeps, GuessDeps {
  /** Version 0 of the directory. */
  readonly deployed: DirectoryData;
  readonly rules: CompiledRules;
  /** That come with Meridian. */
  readonly startingForms: readonly CompiledForm[];
  /** What the calendar allows, where hours are hours of work. */
  readonly bound: WorkingTimeBound | undefined;
  /** The company's own. */
  readonly currency: string;
  /** IANA zone in which instants are shown to those who have none of their own. */
  readonly timeZone: string;
}

/** A form names twenty thousand approvals at most. */
const MAX_BODY_BYTES = 4_000_000;
/** A form is pasted whole, and its text is encoded. */
const MAX_FORM_BYTES = 524_288;
const PERSON = `${PEOPLE_PATH}/:employeeId` as const;
/** Everything of a person, and one approval of theirs. */
const HAND_OVERS = [`${PERSON}/hand-over`, `${PERSON}/tasks/:processId/:approvalId`] as const;

/** `GET` of all, and `POST` of both kinds of hand-over; to administrators only. */
export function createAdministrationPages(deps: AdministrationDeps): Hono<PageEnvironment> {
  const app = createPageApp();
  const limits = [
    [FORMS_PATH, MAX_FORM_BYTES],
    [`${PEOPLE_PATH}/*`, MAX_BODY_BYTES],
  ] as const;
  for (const [path, maxSize] of limits) {
    app.use(path, bodyLimit({ maxSize, onError: (context) => context.body(null, 413) }));
  }
  const refuseForm = (by: string, path: string, refusal: FormRefusal) => recordRefusedForm(deps, { by, path, refusal });
  app.use(
    '*',
    requireSignIn(deps, (by, path) => refuseForm(by, path, 'not-our-form')),
  );
  app.use(
    '*',
    requireRole(deps, {
      roles: ['administrator'],
      page: ADMIN_PATH,
      onForm: (by, path) => refuseForm(by, path, 'not-your-role'),
    }),
  );
  app.get(ADMIN_PATH, async (context) => context.html(overview(context, await readerOf(deps, context))));
  app.get(PEOPLE_PATH, async (context) => context.html(await peoplePage(deps, context, await readerOf(deps, context))));
  app.get(PERSON, async (context) => {
    const { employeeId } = context.req.param();
    const page = await personPage(deps, context, await readerOf(deps, context), employeeId);
    return page === undefined ? notFound(context) : context.html(page);
  });
  app.get(POLICIES_PATH, async (context) =>
    context.html(await policiesPage(deps, context, await readerOf(deps, context))),
  );
  app.get(FORMS_PATH, async (context) => {
    const reader = await readerOf(deps, context);
    const formId = context.req.query('form');
    const page =
      formId === undefined ? await formsPage(deps, context, reader) : await formPage(deps, context, reader, formId);
    return page === undefined ? notFound(context) : context.html(page);
  });
  app.post(FORMS_PATH, (context) => publishForm(deps, context));
  for (const path of HAND_OVERS) {
    app.get(path, (context) => handOver(deps, context, context.req.param(), showHandOver));
    app.post(path, (context) => handOver(deps, context, context.req.param(), applyHandOver));
  }
  return app;
}

/** What was not published is recorded with why; a preview changes nothing. */
async function publishForm(deps: AdministrationDeps, context: PageContext) {
  const { shown, refusal } = await publishFormPage(deps, context, await readerOf(deps, context));
  if (refusal !== undefined) {
    const by = context.get('signedIn').employeeId;
    await recordRefusedForm(deps, { by, path: context.req.path, refusal });
  }
  return context.html(shown, refusal === undefined ? 200 : 400);
}

interface HandOverParts {
  readonly employeeId: string;
  readonly processId?: string;
  readonly approvalId?: string;
}

async function handOver(
  deps: AdministrationDeps,
  context: PageContext,
  { employeeId, processId, approvalId }: HandOverParts,
  answer: typeof showHandOver | typeof applyHandOver,
) {
  const from = await deps.directory.person(employeeId);
  const { path } = context.req;
  const by = context.get('signedIn').employeeId;
  if (from === undefined) {
    await (answer === applyHandOver ? recordRefusedForm(deps, { by, path, refusal: 'unknown-person' }) : undefined);
    return notFound(context);
  }
  const scope: HandOverScope =
    processId === undefined || approvalId === undefined ? { from } : { from, place: { processId, approvalId } };
  const { language } = await readerOf(deps, context);
  const page = await answer(deps, { ...scope, context, language });
  if ('refusal' in page) {
    await recordRefusedForm(deps, { by, path, ...page });
    return signInMessage(context, SIGN_IN_MESSAGES.notOurForm, 400);
  }
  return context.html(page.shown);
}

async function readerOf(deps: AdministrationDeps, context: PageContext): Promise<Reader> {
  return { ...(await ownReaderOf(deps, context)), currency: deps.currency };
}

function notFound(context: PageContext) {
  return context.html(messagePage(NOT_FOUND, languageOf(context)), 404);
}

function overview(context: PageContext, { language }: Reader) {
  const places = [
    [PEOPLE_PATH, LABELS.people, LABELS.peopleIntro],
    [POLICIES_PATH, LABELS.policies, LABELS.policiesIntro],
    [FORMS_PATH, LABELS.forms, LABELS.formsIntro],
  ] as const;
  return administrationPage({
    context,
    title: say(LABELS.title, language),
    language,
    children: (
      <section class="card" aria-labelledby="title">
        <h1 id="title">{say(LABELS.title, language)}</h1>
        <ul class="items">
          {places.map(([path, name, intro]) => (
            <li>
              <div>
                <a href={path}>{say(name, language)}</a>
                <p class="by">{say(intro, language)}</p>
              </div>
            </li>
          ))}
        </ul>
      </section>
    ),
  });
}
