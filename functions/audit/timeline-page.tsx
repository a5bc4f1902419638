/** The record of one process, for whoever has its read link: where it stands, what happened, and whether it is whole. */
import type { Context, Hono } from 'hono';
import { formatInstant } from '../pages/format.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { both, type Language, say, type Text } from '../pages/language.ts';
import { Notice, renderPage } from '../pages/layout.tsx';
import { messagePage, NOT_FOUND } from '../pages/message-page.tsx';
import { OutcomeTag } from '../pages/outcome-tag.tsx';
import { createPageApp, languageOf, otherLanguageQuery } from '../pages/page-app.ts';
import { phaseText, waitText } from '../pages/words.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { RecordEntry } from './domain/record.ts';
import { entrySentence, entryTone } from './entry-words.ts';
import { readFacts, type Surroundings } from './fact-reader.ts';
import { BY_LINK, noteRead } from './note-read.ts';
import { isReadKey } from './read-key.ts';
import {
  namer,
  readTimeline,
  type Timeline,
  type TimelineDeps,
  type TimelineEntry,
  timelineTitle,
} from './timeline.ts';

export interface TimelinePageDeps extends TimelineDeps, ProcessDeps {
  /** Secret behind the read links. */
  readonly recordKey: () => Promise<string>;
  readonly timeZone: string;
}

/** `GET` and `HEAD /record/:processId?key=`. A wrong key and an unknown process look the same. */
export function createTimelinePage(deps: TimelinePageDeps): Hono<PageEnvironment> {
  const app = createPageApp();
  app.get('/record/:processId', async (context) => {
    const processId = context.req.param('processId');
    const isAllowed = isReadKey(await deps.recordKey(), processId, context.req.query('key') ?? '');
    const timeline = isAllowed ? await readTimeline(deps, processId) : undefined;
    if (timeline === undefined) {
      return context.html(messagePage(NOT_FOUND, languageOf(context)), 404);
    }
    // Who asks for the head alone, as a phone does before it opens the page, sees nothing.
    if (context.req.method !== 'HEAD') {
      await noteRead(deps, { processId, reader: BY_LINK, what: 'record' });
    }
    return context.html(timelinePage({ language: languageOf(context), timeZone: deps.timeZone }, context, timeline));
  });
  return app;
}

const LABELS = {
  kind: both('Approval record', '审批记录'),
  requester: both('Requested by', '申请人'),
  request: both('Request', '申请编号'),
  started: both('Started', '开始'),
  ended: both('Ended', '结束'),
  waiting: both('Waits for', '等待'),
  held: both('On hold', '冻结原因'),
  process: both('Process', '流程编号'),
  history: both('What happened', '过程记录'),
  actor: both('By', '执行者'),
  hash: both('Hash', '哈希'),
  before: both('Hash before', '前一哈希'),
  erased: both('Personal values were erased.', '个人信息已删除。'),
  openFile: both('Open the file', '打开附件'),
  running: both('Running', '进行中'),
} as const;

interface Props {
  readonly timeline: Timeline;
  readonly surroundings: Surroundings;
}

interface RecordReader extends Pick<Surroundings, 'language' | 'timeZone'> {
  /** Below which path the files that the record names are given to the reader; undefined: they are not. */
  readonly filesPath?: string | undefined;
  /** Where the reader may take the request back; undefined: not theirs, or too late. */
  readonly withdrawal?: { readonly path: string; readonly label: Text };
}

/** The record as a page, for whoever may read it. */
export function timelinePage(
  { language, timeZone, filesPath, withdrawal }: RecordReader,
  context: Context<PageEnvironment>,
  timeline: Timeline,
) {
  const surroundings: Surroundings = { language, timeZone, nameOf: namer(timeline, language) };
  return renderPage({
    title: timelineTitle(timeline),
    language,
    otherLanguage: otherLanguageQuery(context, language),
    children: (
      <>
        <Verification timeline={timeline} language={language} />
        <Head timeline={timeline} surroundings={surroundings} />
        {withdrawal === undefined ? null : (
          <p class="more">
            <a href={withdrawal.path}>{say(withdrawal.label, language)}</a>
          </p>
        )}
        <section class="card" aria-labelledby="history">
          <h2 id="history">{say(LABELS.history, language)}</h2>
          <ol class="events">
            {timeline.entries.map((item) => (
              <Entry item={item} surroundings={surroundings} filesPath={filesPath} />
            ))}
          </ol>
        </section>
      </>
    ),
  });
}

function Verification({ timeline, language }: { readonly timeline: Timeline; readonly language: Language }) {
  const count = timeline.entries.length;
  if (timeline.damages.length === 0) {
    return (
      <Notice tone="good" title={say(both('The record is whole', '记录完整'), language)}>
        {say(
          both(
            `${count} entries, each chained to the one before; none changed, missing or added.`,
            `共 ${count} 条，逐条以哈希相连，未发现篡改、缺失或增补。`,
          ),
          language,
        )}
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title={say(both('The record is damaged', '记录已被破坏'), language)}>
      <ul>
        {timeline.damages.map(({ sequence, damage }) => (
          <li>
            #{sequence}: {damage}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Head({ timeline, surroundings }: Props) {
  const { head } = timeline;
  const { language, timeZone, nameOf } = surroundings;
  const waits = Object.values(head.waits).map((wait) => {
    const deadline = formatInstant(wait.deadline, language, timeZone);
    const kind = say(waitText(wait.kind), language);
    return language === 'en'
      ? `${kind}, until ${deadline}; ${nameOf(wait.owner)} sees to it`
      : `${kind}，截止 ${deadline}，负责人${nameOf(wait.owner)}`;
  });
  const facts: readonly (readonly [Text, readonly string[]])[] = [
    [LABELS.waiting, waits],
    [LABELS.held, head.holds.map((hold) => hold.reason)],
    [LABELS.requester, [nameOf(head.requesterId)]],
    [LABELS.request, [`${head.oa.requestId} (${head.oa.system})`]],
    [LABELS.started, [formatInstant(head.startedAt, language, timeZone)]],
    [LABELS.ended, head.endedAt === undefined ? [] : [formatInstant(head.endedAt, language, timeZone)]],
    [LABELS.process, [head.processId]],
  ];
  return (
    <section class="card" aria-labelledby="title">
      <p class="kind">{say(LABELS.kind, language)}</p>
      <h1 id="title">{timelineTitle(timeline)}</h1>
      <Status timeline={timeline} language={language} />
      <dl class="facts">
        {facts.map(([label, values]) =>
          values.length === 0 ? null : (
            <div>
              <dt>{say(label, language)}</dt>
              {values.map((value) => (
                <dd>{value}</dd>
              ))}
            </div>
          ),
        )}
      </dl>
    </section>
  );
}

function Status({ timeline: { head }, language }: { readonly timeline: Timeline; readonly language: Language }) {
  if (head.status === 'ended') {
    return head.outcome === undefined ? null : (
      <p class="status">
        <OutcomeTag outcome={head.outcome} language={language} />
      </p>
    );
  }
  return (
    <p class="status">
      <span class="tag wait">{say(LABELS.running, language)}</span>
      <span class="tag">{say(phaseText(head.phase), language)}</span>
    </p>
  );
}

interface EntryProps {
  readonly item: TimelineEntry;
  readonly surroundings: Surroundings;
  readonly filesPath: string | undefined;
}

function Entry({ item: { entry, personal }, surroundings, filesPath }: EntryProps) {
  const { language, timeZone } = surroundings;
  const said =
    personal === undefined || personal === 'erased' ? [] : Object.values(personal).filter((text) => text !== '');
  return (
    <li class={entryTone(entry.type)} id={`entry-${entry.sequence}`}>
      <p class="what">{entrySentence(entry.type, readFacts(entry.facts, surroundings))}</p>
      {said.map((text) => (
        <p class="quote">{text}</p>
      ))}
      {personal === 'erased' ? <p class="quote">{say(LABELS.erased, language)}</p> : null}
      {filesPath === undefined || entry.type !== 'FileAttached' ? null : (
        <p>
          <a href={`${filesPath}/${String(entry.facts.fileId)}`}>{say(LABELS.openFile, language)}</a>
        </p>
      )}
      <details>
        <summary>
          <time datetime={entry.occurredAt}>{formatInstant(entry.occurredAt, language, timeZone)}</time> · #
          {entry.sequence}
        </summary>
        <dl>
          {detailsOf(entry, surroundings).map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ))}
        </dl>
      </details>
    </li>
  );
}

function detailsOf(entry: RecordEntry, { language, nameOf }: Surroundings): readonly (readonly [string, string])[] {
  const { actor } = entry;
  const name = nameOf(actor.id);
  return [
    [say(LABELS.actor, language), `${actor.kind} ${name}${name === actor.id ? '' : ` (${actor.id})`}`],
    ['type', entry.type],
    ['time', entry.occurredAt],
    ...Object.entries(entry.facts).map(
      ([fact, value]) => [fact, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    ),
    [say(LABELS.before, language), entry.previousHash],
    [say(LABELS.hash, language), entry.hash],
  ];
}
