/**
 * Beside the decision page, of a link or in a session: the form that takes a file, and the files themselves; and, for whoever
 * asked for something, the files of their own request. By itself, since it needs the client of the file store, which the
 * pages that decide do not. The file goes from the browser straight to the store.
 */
import type { Context, Hono } from 'hono';
import type { AttachmentFiles, UploadForm } from '../attachments/port.ts';
import { noteRead } from '../audit/note-read.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say } from '../pages/language.ts';
import { Notice, renderPage } from '../pages/layout.tsx';
import { NOT_FOUND } from '../pages/message-page.tsx';
import { createPageApp, languageOf, otherLanguageQuery } from '../pages/page-app.ts';
import { allowFormTo } from '../pages/page-headers.ts';
import { Places, REQUESTS_PATH, TASKS_PATH } from '../pages/places.tsx';
import { requireSignIn } from '../sign-in/require-sign-in.tsx';
import { type LinkDeps, viewDecision } from './act-by-link.ts';
import { viewInPerson } from './act-in-person.ts';
import { FileList, levelQuery } from './decision-page-parts.tsx';
import { FILE_ARRIVED, LABELS, MESSAGES } from './decision-page-words.ts';
import type { Refusal } from './domain/approval-events.ts';
import type { OpenedQuestion } from './links.ts';
import { isNoView, noPage, refuse } from './no-page.ts';
import { readLevel } from './read-wish.ts';
import { REFUSALS } from './refusal-words.ts';
import { fileOfOwnRequest, type ShownAttachment } from './shown-attachments.ts';
import { uploadFormFor } from './upload-form.ts';
import type { DecisionView } from './view-decision.ts';

export interface AttachmentPageDeps extends LinkDeps {
  readonly files: AttachmentFiles;
  /** Origin of the pages, without a slash at its end. */
  readonly pagesUrl: string;
  /** IANA zone in which instants are shown to those who have none of their own. */
  readonly timeZone: string;
}

type PageContext = Context<PageEnvironment>;
/** The page of what somebody is asked, or the answer that there is none. */
type Viewed = DecisionView | Response;

const TASK = `${TASKS_PATH}/:processId/:approvalId` as const;

/**
 * `GET` and `HEAD` of `/d/:secret/attach` and `/d/:secret/files/:fileId`; in a session `GET` of
 * `/me/tasks/:processId/:approvalId/attach`, of its `/files/:fileId`, and of `/me/requests/:processId/files/:fileId`.
 * All change nothing.
 */
export function createAttachmentPage(deps: AttachmentPageDeps): Hono<PageEnvironment> {
  const app = createPageApp();
  app.use('/me/*', requireSignIn(deps));
  for (const [place, view] of [
    ['/d/:secret', viewByLink],
    [TASK, viewInSession],
  ] as const) {
    app.get(`${place}/attach`, async (context) => formPage(deps, context, await view(deps, context)));
    app.get(`${place}/files/:fileId`, async (context) => download(deps, context, await view(deps, context)));
  }
  app.get(`${REQUESTS_PATH}/:processId/files/:fileId`, (context) => downloadOwn(deps, context));
  return app;
}

async function viewByLink(deps: AttachmentPageDeps, context: PageContext): Promise<Viewed> {
  const secret = context.req.param('secret') ?? '';
  const result = await viewDecision(deps, { secret, address: context.env.sourceIp });
  return isNoView(result) ? noPage(context, result) : result.view;
}

async function viewInSession(deps: AttachmentPageDeps, context: PageContext): Promise<Viewed> {
  const { employeeId } = context.get('signedIn');
  const { processId = '', approvalId = '' } = context.req.param();
  const level = readLevel(context.req.query('level'));
  const view = await viewInPerson(deps, { employeeId, processId, approvalId, via: 'signed-in' }, level);
  return view ?? refuse(context, NOT_FOUND, 404);
}

async function formPage(deps: AttachmentPageDeps, context: PageContext, view: Viewed) {
  if (view instanceof Response) {
    return view;
  }
  const language = languageOf(context, view.link.locale);
  const path = context.req.path.replace(/\/attach$/, '');
  const query = view.link.via === 'link' ? '' : levelQuery(view.link);
  const { attachRefusal } = view.tasks;
  const form = attachRefusal === undefined ? await signedForm(deps, view.link, `${path}/attach${query}`) : null;
  if (form !== null) {
    allowFormTo(context, new URL(form.action).origin);
  }
  const page = renderPage({
    title: view.document.title,
    language,
    otherLanguage: otherLanguageQuery(context, language),
    children: (
      <>
        {view.link.via === 'link' ? null : <Places path={context.req.path} language={language} />}
        <Arrival hasArrived={context.req.query('arrived') !== undefined} refusal={attachRefusal} language={language} />
        <section class="card" aria-labelledby="title">
          <p class="kind">{say(LABELS.files, language)}</p>
          <h1 id="title">{view.document.title}</h1>
          <FileList
            attachments={view.attachments}
            path={path}
            language={language}
            timeZone={view.timeZone ?? deps.timeZone}
          />
          <p>
            <a href={`${path}${query}`}>{say(LABELS.backToTask, language)}</a>
          </p>
        </section>
        {form === null ? null : <FileForm form={form} language={language} />}
      </>
    ),
  });
  return context.html(page);
}

/** The store sends the browser back to the page. */
function signedForm(deps: AttachmentPageDeps, link: OpenedQuestion, page: string): Promise<UploadForm> {
  return uploadFormFor(deps, link, `${deps.pagesUrl}${page}${page.includes('?') ? '&' : '?'}arrived`);
}

interface ArrivalProps {
  readonly hasArrived: boolean;
  /** Why no further file would count; undefined: it would. */
  readonly refusal: Refusal | undefined;
  readonly language: Language;
}

/** The store sends the browser back here; whether the file counts is not known yet. */
function Arrival({ hasArrived, refusal, language }: ArrivalProps) {
  const message = hasArrived ? { tone: 'good' as const, ...FILE_ARRIVED } : refusal && REFUSALS[refusal];
  if (message === undefined) {
    return null;
  }
  const { tone, title, text } = message;
  return (
    <Notice tone={tone} title={say(title, language)}>
      <p>{say(text, language)}</p>
    </Notice>
  );
}

function FileForm({ form, language }: { readonly form: UploadForm; readonly language: Language }) {
  return (
    <section class="card" aria-labelledby="attach">
      <h2 id="attach">{say(LABELS.attach, language)}</h2>
      <form method="post" action={form.action} enctype="multipart/form-data">
        {Object.entries(form.fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <label for="file">{say(LABELS.file, language)}</label>
        <p class="hint" id="file-hint">
          {say(LABELS.fileHint, language)}
        </p>
        <input id="file" type="file" name="file" required aria-describedby="file-hint" />
        <div class="actions">
          <button type="submit" class="main">
            {say(LABELS.upload, language)}
          </button>
        </div>
      </form>
    </section>
  );
}

async function download(deps: AttachmentPageDeps, context: PageContext, view: Viewed) {
  if (view instanceof Response) {
    return view;
  }
  const fileId = context.req.param('fileId');
  const file = view.attachments.find((attachment) => attachment.fileId === fileId);
  const { processId, employeeId } = view.link;
  return give(deps, context, { processId, employeeId }, file);
}

async function downloadOwn(deps: AttachmentPageDeps, context: PageContext) {
  const { employeeId: requesterId } = context.get('signedIn');
  const { processId = '', fileId = '' } = context.req.param();
  const file = await fileOfOwnRequest(deps, { processId, requesterId, fileId });
  return give(deps, context, { processId, employeeId: requesterId }, file);
}

async function give(
  deps: AttachmentPageDeps,
  context: PageContext,
  { processId, employeeId }: { readonly processId: string; readonly employeeId: string },
  file: ShownAttachment | undefined,
) {
  if (file === undefined) {
    return refuse(context, MESSAGES.noFile, 404);
  }
  const { fileId, folder = processId, name = fileId } = file;
  await noteRead(deps, { processId, reader: { kind: 'person', id: employeeId }, what: 'file', fileId });
  return context.redirect(await deps.files.downloadUrl({ ...file, processId: folder }, name));
}
