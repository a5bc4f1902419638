/**
 * The pages of whoever is signed in: their tasks, where they decide them, their requests and what happened to each, and who
 * stands in for whom.
 */

import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import { actInPerson, type PersonalResult, type PersonalTask, viewInPerson } from '../approvals/act-in-person.ts';
import type { DecidingDeps } from '../approvals/decision-deps.ts';
import { decisionPage, MAX_BODY_BYTES, shownAfter } from '../approvals/decision-page.tsx';
import { MAX_COMMENT } from '../approvals/decision-page-parts.tsx';
import { MESSAGES } from '../approvals/decision-page-words.ts';
import type { GuessDeps } from '../approvals/guesses.ts';
import { readLevel, readWish } from '../approvals/read-wish.ts';
import { OWN_PAGES, recordRefusal } from '../approvals/record-refusal.ts';
import { timelinePage } from '../audit/timeline-page.tsx';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Message, messagePage, NOT_FOUND } from '../pages/message-page.tsx';
import { createPageApp, languageOf, otherLanguageQuery } from '../pages/page-app.ts';
import { ABSENCE_PATH, COPIES_PATH, DECIDED_PATH, REQUESTS_PATH, TASKS_PATH } from '../pages/places.tsx';
import { readerOf } from '../pages/reader.ts';
import type { ProcessHead } from '../process/domain/process.ts';
import { requesterCommands } from '../requests/requester-commands.ts';
import { requireSignIn } from '../sign-in/require-sign-in.tsx';
import { changeAbsences, showAbsences } from './absence-page.tsx';
import { askAboutEarlyReturn, type EarlyReturnFormDeps } from './early-return-forms.tsx';
import { myCopiesPage } from './my-copies-page.tsx';
import { myDecidedPage } from './my-decided-page.tsx';
import { type Reader, requestsPage } from './my-requests-page.tsx';
import { myTasksPage } from './my-tasks-page.tsx';
import { actOnOwnRequest, askAboutWithdrawal } from './own-request-forms.tsx';
import { readRecordFor } from './read-record.ts';
import { MAX_FORM_BYTES } from './resubmission/read-form.ts';
import { askToChange } from './resubmission/resubmission-forms.tsx';
import { withdrawalPath } from './withdrawal-page.tsx';
import { LABELS } from './words.ts';

/** The company's zone is that in which instants are shown to those who have none of their own. */
export type MyPagesDeps = EarlyReturnFormDeps & GuessDeps & DecidingDeps;

type PageContext = Context<PageEnvironment>;

const index = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number);
/** What the form says that its page asked about. */
const askedSchema = z.object({ level: index, round: index, documentVersion: index });

/**
 * `GET` of `/me/tasks`, `/me/tasks/:processId/:approvalId`, `/me/decided`, `/me/copies`, `/me/requests`, `/me/requests/:processId` and `/me/absence`;
 * `POST` of a task, of `/me/requests` and of `/me/absence`.
 */
export function createMyPages(deps: MyPagesDeps): Hono<PageEnvironment> {
  const app = createPageApp();
  const task = `${TASKS_PATH}/:processId/:approvalId` as const;
  const limitedTo = (maxSize: number) =>
    bodyLimit({ maxSize, onError: (context) => say(context, MESSAGES.tooLong, 413) });
  app.use(task, limitedTo(MAX_BODY_BYTES));
  app.use(REQUESTS_PATH, limitedTo(MAX_FORM_BYTES));
  app.use(ABSENCE_PATH, limitedTo(MAX_BODY_BYTES));
  app.use(
    '/me/*',
    requireSignIn(deps, (employeeId, path) => recordForged(deps, employeeId, path)),
  );
  app.get(ABSENCE_PATH, async (context) => showAbsences(deps, context, await readerOf(deps, context)));
  app.post(ABSENCE_PATH, async (context) => changeAbsences(deps, context, await readerOf(deps, context)));
  app.get(TASKS_PATH, async (context) => {
    const { employeeId } = context.get('signedIn');
    return context.html(await myTasksPage(deps, context, employeeId, await readerOf(deps, context)));
  });
  app.get(COPIES_PATH, async (context) => {
    const { employeeId } = context.get('signedIn');
    return context.html(await myCopiesPage(deps, context, employeeId, await readerOf(deps, context)));
  });
  app.get(DECIDED_PATH, async (context) => {
    const { employeeId } = context.get('signedIn');
    return context.html(await myDecidedPage(deps, context, employeeId, await readerOf(deps, context)));
  });
  app.get(task, (context) => showTask(deps, context, taskOf(context, context.req.param())));
  app.post(task, (context) => act(deps, context, taskOf(context, context.req.param())));
  app.get(REQUESTS_PATH, async (context) => showRequests(deps, context, await readerOf(deps, context)));
  app.post(REQUESTS_PATH, async (context) => actOnOwnRequest(deps, context, await readerOf(deps, context)));
  app.get(`${REQUESTS_PATH}/:processId`, (context) => showRecord(deps, context, context.req.param('processId')));
  return app;
}

/** Of the path only the page is kept: what follows may be any text. */
function recordForged(deps: MyPagesDeps, employeeId: string, path: string): Promise<void> {
  const page = [ABSENCE_PATH, REQUESTS_PATH, TASKS_PATH].find((one) => path.startsWith(one)) ?? '/me';
  const actor = { kind: 'person', id: employeeId } as const;
  return recordRefusal(deps, OWN_PAGES, { type: 'OwnFormRefused', actor, facts: { employeeId, page } });
}

function taskOf(context: PageContext, parts: Pick<PersonalTask, 'processId' | 'approvalId'>): PersonalTask {
  return { ...parts, employeeId: context.get('signedIn').employeeId, via: 'signed-in' };
}

async function showRequests(deps: MyPagesDeps, context: PageContext, reader: Reader) {
  const { withdraw, resubmit, shorten } = context.req.query();
  if (shorten !== undefined) {
    return askAboutEarlyReturn(deps, context, reader, shorten);
  }
  if (resubmit !== undefined) {
    return askToChange(deps, context, reader, resubmit);
  }
  return withdraw === undefined
    ? context.html(await requestsPage(deps, context, reader))
    : askAboutWithdrawal(deps, context, reader, withdraw);
}

async function showTask(deps: MyPagesDeps, context: PageContext, task: PersonalTask) {
  const view = await viewInPerson(deps, task, readLevel(context.req.query('level')));
  return view === undefined
    ? say(context, NOT_FOUND, 404)
    : decisionPage(deps, context, { view, session: context.get('signedIn'), isWithoutLink: true });
}

async function act(deps: MyPagesDeps, context: PageContext, task: PersonalTask) {
  const form = new URLSearchParams(await context.req.text());
  const wish = readWish(form);
  const asked = askedSchema.safeParse(Object.fromEntries(form)).data;
  if (wish === undefined || asked === undefined) {
    return say(context, MESSAGES.badRequest, 403);
  }
  if (wish.comment.length > MAX_COMMENT) {
    return say(context, MESSAGES.tooLong, 413);
  }
  return answer(deps, context, await actInPerson(deps, task, asked, wish), wish.comment);
}

function answer(deps: MyPagesDeps, context: PageContext, result: PersonalResult, comment: string) {
  switch (result.kind) {
    case 'unknown':
      return say(context, NOT_FOUND, 404);
    case 'too-many-attempts':
      context.header('Retry-After', '60');
      return say(context, MESSAGES.tooManyGuesses, 429);
    default:
      return decisionPage(deps, context, {
        ...shownAfter(result, comment),
        session: context.get('signedIn'),
        isWithoutLink: true,
      });
  }
}

/** Whoever is none of the requester, the approvers, the operators and the auditors learns not even that there is one. */
async function showRecord(deps: MyPagesDeps, context: PageContext, processId: string) {
  const signedIn = context.get('signedIn');
  const timeline = await readRecordFor(deps, signedIn, processId);
  if (timeline === undefined) {
    return say(context, NOT_FOUND, 404);
  }
  const isOwn = timeline.head.requesterId === signedIn.employeeId;
  const links = isOwn ? linksOfRequester(timeline.head) : {};
  return context.html(timelinePage({ ...(await readerOf(deps, context)), ...links }, context, timeline));
}

function linksOfRequester(head: ProcessHead) {
  const { processId } = head;
  const filesPath = `${REQUESTS_PATH}/${encodeURIComponent(processId)}/files`;
  const canWithdraw = requesterCommands(head)?.isWithdrawable(head) ?? false;
  return {
    filesPath,
    ...(canWithdraw ? { withdrawal: { path: withdrawalPath(processId), label: LABELS.withdraw } } : {}),
  };
}

async function say(context: PageContext, message: Message, status: 403 | 404 | 413 | 429) {
  const language = languageOf(context);
  return context.html(messagePage(message, language, otherLanguageQuery(context, language)), status);
}
