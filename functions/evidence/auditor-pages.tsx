/** The pages of auditors: a process is found by its id or by the request's number, and shown as evidence. To print as well. */

import type { Context, Hono } from 'hono';
import type { GuessDeps } from '../approvals/guesses.ts';
import { noteRead, readingsOf } from '../audit/note-read.ts';
import { readTimeline, type TimelineDeps } from '../audit/timeline.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say } from '../pages/language.ts';
import { Notice, renderPage } from '../pages/layout.tsx';
import { messagePage, NOT_FOUND } from '../pages/message-page.tsx';
import { createPageApp, otherLanguageQuery } from '../pages/page-app.ts';
import { AUDIT_PATH } from '../pages/places.tsx';
import { readerOf } from '../pages/reader.ts';
import { requestKey } from '../process/keys.ts';
import { readHead } from '../process/update-process.ts';
import { requireRole, requireSignIn } from '../sign-in/require-sign-in.tsx';
import { LABELS } from './auditor-words.ts';
import { EvidenceCards } from './evidence-cards.tsx';

export interface AuditorDeps extends TimelineDeps, GuessDeps {
  /** IANA zone in which instants are shown to those who have none of their own. */
  readonly timeZone: string;
}

type PageContext = Context<PageEnvironment>;

/** `GET /audit` and `/audit/:processId`; to auditors only. */
export function createAuditorPages(deps: AuditorDeps): Hono<PageEnvironment> {
  const app = createPageApp();
  app.use('*', requireSignIn(deps));
  app.use('*', requireRole(deps, { roles: ['auditor'], page: AUDIT_PATH }));
  app.get(AUDIT_PATH, (context) => find(deps, context));
  app.get(`${AUDIT_PATH}/:processId`, (context) => show(deps, context, context.req.param('processId')));
  return app;
}

async function find(deps: AuditorDeps, context: PageContext) {
  const { process = '', request = '', system = '' } = context.req.query();
  const asked = process.trim() !== '' || request.trim() !== '';
  const processId = asked ? await findProcess(deps, { process, request, system }) : undefined;
  if (processId !== undefined) {
    return context.redirect(`${AUDIT_PATH}/${encodeURIComponent(processId)}`);
  }
  const { language } = await readerOf(deps, context);
  const page = renderPage({
    title: say(LABELS.title, language),
    language,
    otherLanguage: otherLanguageQuery(context, language),
    children: (
      <>
        {asked ? <Notice tone="bad" title={say(LABELS.notFound, language)} /> : null}
        <FindForm values={{ process, request, system }} language={language} />
      </>
    ),
  });
  return context.html(page, asked ? 404 : 200);
}

interface Asked {
  readonly process: string;
  readonly request: string;
  readonly system: string;
}

async function findProcess({ store }: AuditorDeps, asked: Asked): Promise<string | undefined> {
  const [process, request, system] = [asked.process.trim(), asked.request.trim(), asked.system.trim()];
  if (process !== '') {
    return (await readHead(store, process))?.processId;
  }
  return (await store.read<{ readonly processId: string }>(requestKey(system, request)))?.value.processId;
}

function FindForm({ values, language }: { readonly values: Asked; readonly language: Language }) {
  return (
    <section class="card" aria-labelledby="title">
      <h1 id="title">{say(LABELS.title, language)}</h1>
      <p>{say(LABELS.intro, language)}</p>
      <form method="get" action={AUDIT_PATH}>
        {(['process', 'request', 'system'] as const).map((name) => (
          <>
            <label for={name}>{say(LABELS[name], language)}</label>
            <input id={name} name={name} type="text" value={values[name]} maxlength={200} autocomplete="off" />
          </>
        ))}
        <div class="actions">
          <button type="submit" class="main">
            {say(LABELS.find, language)}
          </button>
        </div>
      </form>
    </section>
  );
}

/** That it was looked at is recorded before it is shown. */
async function show(deps: AuditorDeps, context: PageContext, processId: string) {
  const timeline = await readTimeline(deps, processId);
  const reader = await readerOf(deps, context);
  if (timeline === undefined) {
    return context.html(messagePage(NOT_FOUND, reader.language), 404);
  }
  const { employeeId } = context.get('signedIn');
  await noteRead(deps, { processId, reader: { kind: 'person', id: employeeId }, what: 'evidence' });
  const day = deps.clock.now().toISOString().slice(0, 10);
  const readings = await readingsOf(deps.store, processId, day);
  const page = renderPage({
    title: `${say(LABELS.title, reader.language)} ${processId}`,
    language: reader.language,
    otherLanguage: otherLanguageQuery(context, reader.language),
    children: <EvidenceCards timeline={timeline} readings={readings} reader={reader} />,
  });
  return context.html(page);
}
