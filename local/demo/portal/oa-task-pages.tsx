/** The OA's own list of tasks: what Meridian's API tells of whoever signed in here, through the OA's own client. */
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod';
import { Notice } from '../../../functions/pages/layout.tsx';
import type { LocalCloud } from '../../cloud/start.ts';
import { beginOaSignIn, finishOaSignIn, type OaAttempt, type OaClient } from '../oa-sign-in.ts';
import { type PortalDeps, renderPortalPage, startingPage, Top, type Visit, visitOf } from './frame.tsx';

/** Where the provider sends the browser back to: as `signIn.apiClients` of the company file has it. */
const SIGNED_IN_PATH = '/oa/signed-in';
const READER_COOKIE = 'oa-reader';

const tasksSchema = z.object({
  tasks: z.array(z.object({ processId: z.string(), approvalId: z.string(), title: z.string() })),
});
const problemSchema = z.object({ title: z.string(), detail: z.string().default('') });

type Task = z.infer<typeof tasksSchema>['tasks'][number];

/** What the OA keeps of a browser: a sign-in that it began, or the token of whoever signed in. */
interface Reader {
  readonly attempt?: OaAttempt;
  readonly idToken?: string;
}

export function oaTaskPages(deps: PortalDeps): Hono {
  const readers = new Map<string, Reader>();
  const app = new Hono();
  app.get('/oa/tasks', async (context) => {
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'oa');
    const { idToken } = readers.get(getCookie(context, READER_COOKIE) ?? '') ?? {};
    const answer = idToken === undefined ? undefined : await askForTasks(cloud, idToken);
    return answer === undefined || answer.status === 401
      ? await sendToSignIn(context, readers, clientOf(cloud, context))
      : context.html(await tasksPage(visitOf(context), cloud, answer));
  });
  app.get(SIGNED_IN_PATH, async (context) => {
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'oa');
    const reader = getCookie(context, READER_COOKIE) ?? '';
    const { attempt } = readers.get(reader) ?? {};
    if (attempt === undefined) return context.redirect('/oa/tasks');
    const { idToken } = await finishOaSignIn(clientOf(cloud, context), new URL(context.req.url).searchParams, attempt);
    // Another name than before signing in, which somebody else may have planted.
    readers.delete(reader);
    keepReader(context, readers, { idToken });
    return context.redirect('/oa/tasks');
  });
  return app;
}

function clientOf({ identityUrl, oaClient }: LocalCloud, { req }: Context): OaClient {
  return { issuer: identityUrl, ...oaClient, redirectUri: new URL(SIGNED_IN_PATH, req.url).href };
}

async function sendToSignIn(context: Context, readers: Map<string, Reader>, client: OaClient): Promise<Response> {
  const attempt = await beginOaSignIn(client);
  keepReader(context, readers, { attempt });
  return context.redirect(attempt.url);
}

function keepReader(context: Context, readers: Map<string, Reader>, reader: Reader): void {
  const name = randomUUID();
  readers.set(name, reader);
  setCookie(context, READER_COOKIE, name, { path: '/oa', httpOnly: true, sameSite: 'Lax' });
}

function askForTasks({ pagesUrl }: LocalCloud, idToken: string): Promise<Response> {
  return fetch(`${pagesUrl}/api/v1/tasks?limit=100`, { headers: { authorization: `Bearer ${idToken}` } });
}

async function tasksPage(visit: Visit, { pagesUrl }: LocalCloud, answer: Response) {
  const { t } = visit;
  const title = t('My tasks in the OA', '我的待办（OA）');
  const body: unknown = await answer.json();
  return renderPortalPage({
    visit,
    place: 'oa',
    title,
    children: (
      <>
        <Top title={title}>
          {t(
            'The OA asked Meridian’s API for them, with the token of your sign-in here.',
            'OA 使用您在此登录所得的令牌，通过 Meridian 的 API 查询。',
          )}
        </Top>
        {answer.ok ? (
          <Tasks visit={visit} tasks={tasksSchema.parse(body).tasks} pagesUrl={pagesUrl} />
        ) : (
          <Refused problem={problemSchema.parse(body)} />
        )}
      </>
    ),
  });
}

function Tasks({ visit, tasks, pagesUrl }: { visit: Visit; tasks: readonly Task[]; pagesUrl: string }) {
  return (
    <section class="card">
      {tasks.length === 0 ? (
        <p class="empty">{visit.t('You are asked nothing now.', '暂无待办。')}</p>
      ) : (
        <ul class="rows">
          {tasks.map(({ processId, approvalId, title }) => (
            <li>
              <a href={`${pagesUrl}/me/tasks/${processId}/${approvalId}`}>{title}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Refused({ problem: { title, detail } }: { readonly problem: z.infer<typeof problemSchema> }) {
  return (
    <Notice tone="bad" title={title}>
      {detail}
    </Notice>
  );
}
