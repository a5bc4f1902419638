/**
 * The portal of the demonstration: the company's OA, its people's mailbox and its clerks' work in Tryton, on one port of
 * the loopback interface. None of it is Meridian: it is what Meridian joins.
 */
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import type { Child } from 'hono/jsx';
import { parseDirectory } from '../../functions/directory/directory-file.ts';
import { Notice } from '../../functions/pages/layout.tsx';
import type { LocalCloud } from '../cloud/start.ts';
import type { DemoOa } from './oa.ts';
import { dashboardPages } from './portal/dashboard-pages.tsx';
import { type PortalDeps, portalHeaders, renderPortalPage, type Visit, visitOf } from './portal/frame.tsx';
import { mailPages } from './portal/mail-pages.tsx';
import { oaPages } from './portal/oa-pages.tsx';
import { oaTaskPages } from './portal/oa-task-pages.tsx';
import { officePages } from './portal/office-pages.tsx';
import { processPages } from './portal/process-pages.tsx';
import { startPages } from './portal/start-page.tsx';
import { trytonPages } from './portal/tryton-pages.tsx';

/** A running portal. */
export interface Portal {
  /** Origin without a slash at its end. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts it. The OA takes Meridian's answers at `/oa/callback`.
 *
 * @param options.port - 0 for a free one
 * @param options.cloud - undefined as long as it is being started: the pages say so
 * @throws Error in one sentence when the port is taken
 */
export async function startPortal(options: {
  readonly port: number;
  readonly cloud: () => LocalCloud | undefined;
  readonly oa: DemoOa;
}): Promise<Portal> {
  const { port, cloud, oa } = options;
  const directory = parseDirectory(JSON.parse(await readFile(join(import.meta.dirname, 'directory.json'), 'utf8')));
  const server = createAdaptorServer({ fetch: createPortalApp({ cloud, oa, directory }).fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new Error(`the portal cannot listen on port ${port}`, { cause })));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** All pages, and the OA's receiver. */
function createPortalApp(deps: PortalDeps): Hono {
  const app = new Hono();
  app.use(portalHeaders);
  app.route('/', deps.oa.app);
  // Any site that a person visits could send forms to this machine.
  app.use(csrf());
  for (const pages of [
    startPages,
    officePages,
    oaPages,
    oaTaskPages,
    mailPages,
    processPages,
    dashboardPages,
    trytonPages,
  ])
    app.route('/', pages(deps));
  app.notFound((context) => {
    const visit = visitOf(context);
    const title = visit.t('There is no such page', '页面不存在');
    return context.html(renderProblem(visit, title, <a href="/">{visit.t('Start', '回到开始')}</a>), 404);
  });
  app.onError((error, context) => {
    if ('getResponse' in error) return error.getResponse();
    const visit = visitOf(context);
    return context.html(renderProblem(visit, visit.t('This did not work', '操作未完成'), error.message), 500);
  });
  return app;
}

/** A page that says what went wrong, and what to do. */
function renderProblem(visit: Visit, title: string, remedy: Child) {
  return renderPortalPage({
    visit,
    place: 'start',
    title,
    children: (
      <Notice tone="bad" title={title} isHeading>
        {remedy}
      </Notice>
    ),
  });
}
