/** The deployed dashboards, drawn here as CloudWatch's console draws them on AWS. */
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { Hono } from 'hono';
import { raw } from 'hono/html';
import * as z from 'zod';
import type { LocalCloud } from '../../cloud/start.ts';
import { dashboardNames, readDashboard, readSeries, type Widget, withMetrics } from './dashboard-data.ts';
import { Bars, Lines, Numbers } from './dashboard-drawings.tsx';
import { type PortalDeps, renderPortalPage, startingPage, Top, type Visit, visitOf } from './frame.tsx';

export function dashboardPages({ cloud }: PortalDeps): Hono {
  const app = new Hono();
  app.get('/dashboards', async (context) => {
    const local = cloud();
    if (local === undefined) {
      return startingPage(context, 'dashboards');
    }
    const visit = visitOf(context);
    const names = await withMetrics(local.endpoint, dashboardNames);
    const title = visit.t('Dashboards', '看板');
    return context.html(
      renderPortalPage({
        ...({ visit, place: 'dashboards', title } as const),
        children: (
          <>
            <Top title={title}>
              {visit.t(
                'What managers look at in CloudWatch, from the audit record.',
                '管理者在 CloudWatch 中看到的内容，数据来自审计记录。',
              )}
            </Top>
            <section class="card">
              <NameList names={names} />
              <p class="apart">
                <a href={`${local.pagesUrl}/processes`}>
                  {visit.t('Diagrams of the processes, with waiting times', '流程图与等待时间')}
                </a>
              </p>
            </section>
          </>
        ),
      }),
    );
  });
  app.get('/dashboards/:name', async (context) => {
    const local = cloud();
    if (local === undefined) {
      return startingPage(context, 'dashboards');
    }
    const visit = visitOf(context);
    const name = context.req.param('name');
    const known = await withMetrics(local.endpoint, dashboardNames);
    if (!known.includes(name)) {
      return context.notFound();
    }
    const board = await withMetrics(local.endpoint, (client) => drawn(client, local, name, visit));
    const page = { visit, place: 'dashboards', title: name, isWide: true } as const;
    return context.html(renderPortalPage({ ...page, children: <div class="board">{board}</div> }));
  });
  return app;
}

function NameList({ names }: { readonly names: readonly string[] }) {
  return (
    <ul class="rows">
      {names.map((name) => (
        <li>
          <a href={`/dashboards/${encodeURIComponent(name)}`}>{name}</a>
        </li>
      ))}
    </ul>
  );
}

async function drawn(client: CloudWatchClient, local: LocalCloud, name: string, visit: Visit) {
  await local.metrics.settle();
  const { days, widgets } = await readDashboard(client, name);
  const range = { days, now: new Date() };
  const inOrder = widgets.toSorted((one, other) => one.y - other.y || one.x - other.x);
  return Promise.all(
    inOrder.map(async (widget) => (
      <section class={widget.width > 12 ? 'widget whole' : 'widget'}>
        {widget.properties.title === undefined ? null : <h2>{widget.properties.title}</h2>}
        {await contentOf(client, local, widget, range, visit)}
      </section>
    )),
  );
}

async function contentOf(
  client: CloudWatchClient,
  local: LocalCloud,
  widget: Widget,
  range: { readonly days: number; readonly now: Date },
  { language }: Visit,
) {
  const { markdown = '', view, stacked = false, title = '' } = widget.properties;
  switch (widget.type) {
    case 'text':
      return <Markdown text={markdown} />;
    case 'custom':
      return raw(await customHtml(local, widget, language));
    default: {
      const series = await readSeries(client, widget, range);
      const drawing = { series, language, title };
      if (view === 'singleValue') {
        return <Numbers {...drawing} />;
      }
      return view === 'bar' ? <Bars {...drawing} /> : <Lines {...drawing} isStacked={stacked} />;
    }
  }
}

/** Called as CloudWatch calls it; the HTML is our own function's. */
async function customHtml({ lambdas }: LocalCloud, { properties }: Widget, locale: string): Promise<string> {
  const { endpoint = '', params = {} } = properties;
  const outcome = await lambdas.invoke(endpoint, { ...params, widgetContext: { locale } });
  return z.string().parse(outcome.kind === 'returned' ? outcome.payload : `<p>${outcome.kind}</p>`);
}

/** As much of Markdown as the dashboards use: headings, paragraphs, lists and bold. */
function Markdown({ text }: { readonly text: string }) {
  return text.split('\n').map((line) => {
    if (line.startsWith('# ')) {
      return <h1>{line.slice(2)}</h1>;
    }
    const bold = /^- \*\*(.*?)\*\*(.*)$/.exec(line);
    if (bold !== null) {
      return (
        <p>
          <strong>{bold[1]}</strong>
          {bold[2]}
        </p>
      );
    }
    return line === '' ? null : <p>{line}</p>;
  });
}
