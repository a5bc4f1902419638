/** The processes as Meridian's tables have them, each with its own page. */
import { Hono } from 'hono';
import { say } from '../../../functions/pages/language.ts';
import { OutcomeTag } from '../../../functions/pages/outcome-tag.tsx';
import { phaseText, waitText } from '../../../functions/pages/words.ts';
import type { ProcessHead } from '../../../functions/process/domain/process.ts';
import { nameOf, type PortalDeps, renderPortalPage, startingPage, Top, type Visit, visitOf } from './frame.tsx';
import { type ListedProcess, listProcesses } from './processes.ts';

const LIMIT = 50;

export function processPages(deps: PortalDeps): Hono {
  const app = new Hono();
  app.get('/processes', async (context) => {
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'processes');
    const processes = await listProcesses(cloud, LIMIT);
    return context.html(processesPage(deps, visitOf(context), processes));
  });
  return app;
}

function processesPage(deps: PortalDeps, visit: Visit, processes: readonly ListedProcess[]) {
  const { t } = visit;
  const title = t('Processes', '流程');
  return renderPortalPage({
    visit,
    place: 'processes',
    title,
    isAwaiting: processes.length === 0 || processes.some(({ head }) => head.status === 'running'),
    children: (
      <>
        <Top title={title}>
          {t(
            'What Meridian keeps of each purchase. A name leads to its record: every fact in order, and whether it is whole.',
            'Meridian 为每笔采购保存的流程。点击名称可查看其审批记录：按顺序列出每一事实，并验证记录是否完整。',
          )}
        </Top>
        <section class="card">
          {processes.length === 0 ? (
            <p class="empty">
              {t('There is none yet. ', '暂无流程。')}
              <a href="/oa/new">{t('File a purchase requisition', '提交一份采购申请')}</a>
            </p>
          ) : (
            <ul class="rows">
              {processes.map((listed) => (
                <Row deps={deps} visit={visit} listed={listed} />
              ))}
            </ul>
          )}
        </section>
        <p class="foot">
          {t('The same check from a terminal: ', '也可在终端中验证：')}
          <code>
            npm run audit -- verify &lt;{t('process', '流程编号')}&gt; --by &lt;{t('name', '姓名')}&gt;
          </code>
        </p>
      </>
    ),
  });
}

interface RowProps {
  readonly deps: PortalDeps;
  readonly visit: Visit;
  readonly listed: ListedProcess;
}

function Row({ deps, visit, listed: { head, recordUrl } }: RowProps) {
  const { t, time, language } = visit;
  const title = deps.oa.filed().find(({ requestId }) => requestId === head.oa.requestId)?.requisition.title;
  return (
    <li>
      <p class="row">
        <a class="name" href={recordUrl}>
          {title ?? head.oa.requestId}
        </a>
        <span class="meta">{time(head.startedAt)}</span>
      </p>
      <p class="meta">
        {head.oa.requestId} · {nameOf(deps, head.requesterId)} · <code>{head.processId}</code>
      </p>
      <p class="tags">
        <ProcessTags head={head} visit={visit} />
        {Object.values(head.waits).map((wait) => (
          <span class="tag quiet">
            {t('waits for ', '等待')}
            {say(waitText(wait.kind), language)}
          </span>
        ))}
      </p>
    </li>
  );
}

/** Where a process stands, or how it ended. */
function ProcessTags({ head, visit }: { readonly head: ProcessHead; readonly visit: Visit }) {
  const { t, language } = visit;
  if (head.status === 'running') {
    return (
      <>
        <span class="tag wait">{t('Running', '进行中')}</span>
        <span class="tag">{say(phaseText(head.phase), language)}</span>
      </>
    );
  }
  return <OutcomeTag outcome={head.outcome} language={language} />;
}
