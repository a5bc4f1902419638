/** The pages of operators and administrators: what waits, what may be done about it, dead letters, and versions. */

import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { GuessDeps } from '../approvals/guesses.ts';
import { recordRefusal } from '../approvals/record-refusal.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { messagePage, NOT_FOUND } from '../pages/message-page.tsx';
import { createPageApp, languageOf } from '../pages/page-app.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import { OPERATIONS_PATH } from '../pages/places.tsx';
import { readerOf } from '../pages/reader.ts';
import { requireRole, requireSignIn, signInMessage } from '../sign-in/require-sign-in.tsx';
import { SIGN_IN_MESSAGES } from '../sign-in/sign-in-words.ts';
import type { OperationDeps } from './act-on-trouble.ts';
import { applyAct, showAct } from './act-page.tsx';
import type { LetterDeps } from './letters.ts';
import { applyLetters, showLetters } from './letters-page.tsx';
import { OPERATIONS } from './operator.ts';
import { ACT_PATH, LETTERS_ROUTE, PROCESS_ROUTE, VERSIONS_PATH } from './paths.ts';
import { processPage } from './process-page.tsx';
import { troublesPage } from './troubles-page.tsx';
import { versionsPage } from './versions-page.tsx';

export interface OperationPageDeps extends OperationDeps, LetterDeps, GuessDeps {
  /** IANA zone in which instants are shown to those who have none of their own. */
  readonly timeZone: string;
}

/** An order names fifty things at most. */
const MAX_BODY_BYTES = 32_768;

type Refusal = 'not-your-role' | 'not-our-form' | 'bad-form';

/** `GET` of all, and `POST` of acts and letters; to operators and administrators only. */
export function createOperationsPages(deps: OperationPageDeps): Hono<PageEnvironment> {
  const app = createPageApp();
  app.use('*', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => context.body(null, 413) }));
  app.use(
    '*',
    requireSignIn(deps, (by) => refuse(deps, by, 'not-our-form')),
  );
  app.use(
    '*',
    requireRole(deps, {
      roles: ['operator', 'administrator'],
      page: OPERATIONS_PATH,
      onForm: (by) => refuse(deps, by, 'not-your-role'),
    }),
  );
  app.get(OPERATIONS_PATH, async (context) =>
    context.html(await troublesPage(deps, context, await readerOf(deps, context))),
  );
  app.get(VERSIONS_PATH, async (context) =>
    context.html(await versionsPage(deps, context, await readerOf(deps, context))),
  );
  app.get(PROCESS_ROUTE, async (context) => {
    const page = await processPage(deps, context, await readerOf(deps, context), context.req.param('processId'));
    return found(context, page);
  });
  app.get(ACT_PATH, async (context) =>
    found(context, await showAct(deps, { context, reader: await readerOf(deps, context) })),
  );
  app.post(ACT_PATH, async (context) =>
    done(deps, context, await applyAct(deps, { context, reader: await readerOf(deps, context) })),
  );
  app.get(LETTERS_ROUTE, async (context) => found(context, await showLetters(deps, await letterProps(deps, context))));
  app.post(LETTERS_ROUTE, async (context) =>
    done(deps, context, await applyLetters(deps, await letterProps(deps, context))),
  );
  return app;
}

type Page = ReturnType<typeof messagePage> | undefined;

function found(context: PageContext, page: Page) {
  return page === undefined ? context.html(messagePage(NOT_FOUND, languageOf(context)), 404) : context.html(page);
}

/** A form that cannot be read changes nothing, and is recorded. */
async function done(deps: OperationPageDeps, context: PageContext, page: Page) {
  if (page === undefined) {
    await refuse(deps, context.get('signedIn').employeeId, 'bad-form');
    return signInMessage(context, SIGN_IN_MESSAGES.notOurForm, 400);
  }
  return context.html(page);
}

async function letterProps(deps: OperationPageDeps, context: PageContext) {
  return { context, reader: await readerOf(deps, context), queue: context.req.param('queue') ?? '' };
}

function refuse(deps: GuessDeps, employeeId: string, refusal: Refusal): Promise<void> {
  return recordRefusal(deps, OPERATIONS, {
    type: 'OperationRefused',
    actor: { kind: 'person', id: employeeId },
    facts: { employeeId, refusal },
  });
}
