/**
 * Beside the decision page of a link: the form that takes a file, and the files themselves. By itself, since it needs the
 * client of the file store, which the page that decides does not. The file goes from the browser straight to the store.
 */
import type { Context, Hono } from 'hono';
import type { AttachmentFiles, UploadForm } from '../attachments/port.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say } from '../pages/language.ts';
import { Notice, renderPage } from '../pages/layout.tsx';
import { createPageApp, languageOf, otherLanguageQuery } from '../pages/page-app.ts';
import { allowFormTo } from '../pages/page-headers.ts';
import { type LinkDeps, viewDecision } from './act-by-link.ts';
import { FileList } from './decision-page-parts.tsx';
import { FILE_ARRIVED, LABELS, MESSAGES } from './decision-page-words.ts';
import type { UploadContext } from './keep-file.ts';
import type { Question } from './links.ts';
import { isNoView, noPage, refuse } from './no-page.ts';
import { REFUSALS } from './refusal-words.ts';
import type { DecisionView } from './view-decision.ts';

export interface AttachmentPageDeps extends LinkDeps {
  readonly files: AttachmentFiles;
  /** Origin of the pages, without a slash at its end. */
  readonly pagesUrl: string;
  /** IANA zone in which instants are shown to those who have none of their own. */
  readonly timeZone: string;
}

type PageContext = Context<PageEnvironment>;

/** `GET` and `HEAD` of `/d/:secret/attach` and `/d/:secret/files/:fileId`. Both change nothing. */
export function createAttachmentPage(deps: AttachmentPageDeps): Hono<PageEnvironment> {
  const app = createPageApp();
  app.get('/d/:secret/attach', async (context) => {
    const result = await viewDecision(deps, openedBy(context));
    return isNoView(result) ? noPage(context, result) : formPage(deps, context, result.view);
  });
  app.get('/d/:secret/files/:fileId', async (context) => {
    const result = await viewDecision(deps, openedBy(context));
    return isNoView(result)
      ? noPage(context, result)
      : download(deps, context, result.view, context.req.param('fileId'));
  });
  return app;
}

function openedBy(context: PageContext) {
  return { secret: context.req.param('secret') ?? '', address: context.env.sourceIp };
}

async function formPage(deps: AttachmentPageDeps, context: PageContext, view: DecisionView) {
  const language = languageOf(context, view.link.locale);
  const path = context.req.path.replace(/\/attach$/, '');
  const form = view.tasks.canAttach
    ? await signedForm(deps, view.link, `${deps.pagesUrl}${path}/attach?arrived`)
    : null;
  if (form !== null) {
    allowFormTo(context, new URL(form.action).origin);
  }
  const page = renderPage({
    title: view.document.title,
    language,
    otherLanguage: otherLanguageQuery(context, language),
    children: (
      <>
        <Arrival
          hasArrived={context.req.query('arrived') !== undefined}
          canAttach={form !== null}
          language={language}
        />
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
            <a href={path}>{say(LABELS.backToTask, language)}</a>
          </p>
        </section>
        {form === null ? null : <FileForm form={form} language={language} />}
      </>
    ),
  });
  return context.html(page);
}

interface ArrivalProps {
  readonly hasArrived: boolean;
  readonly canAttach: boolean;
  readonly language: Language;
}

/** The store sends the browser back here; whether the file counts is not known yet. */
function Arrival({ hasArrived, canAttach, language }: ArrivalProps) {
  if (!hasArrived && canAttach) {
    return null;
  }
  const { title, text } = hasArrived ? FILE_ARRIVED : REFUSALS['not-possible-here'];
  return (
    <Notice tone={hasArrived ? 'good' : 'wait'} title={say(title, language)}>
      <p>{say(text, language)}</p>
    </Notice>
  );
}

function signedForm(deps: AttachmentPageDeps, link: Question, returnTo: string): Promise<UploadForm> {
  const { processId, approvalId, level, round, documentVersion, employeeId: by } = link;
  const terms: UploadContext = { processId, approvalId, level, round, documentVersion, by, via: 'link' };
  return deps.files.uploadForm({ uploadId: deps.randomness.uuid(), context: JSON.stringify(terms), returnTo });
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

async function download(deps: AttachmentPageDeps, context: PageContext, view: DecisionView, fileId: string) {
  const file = view.attachments.find((attachment) => attachment.fileId === fileId);
  if (file === undefined) {
    return refuse(context, MESSAGES.noFile, 404, view.link.locale);
  }
  const { processId } = view.link;
  return context.redirect(await deps.files.downloadUrl({ processId, ...file }, file.name ?? file.fileId));
}
