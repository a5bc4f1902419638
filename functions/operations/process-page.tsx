/** One process: what waits in it, what operators asked for, and what was already done. */
import { entrySentence, entryTone } from '../audit/entry-words.ts';
import { readFacts } from '../audit/fact-reader.ts';
import { namer, timelineTitle } from '../audit/timeline.ts';
import { formatInstant } from '../pages/format.ts';
import { say } from '../pages/language.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import type { Reader } from '../pages/reader.ts';
import { phaseText } from '../pages/words.ts';
import type { FoundTrouble } from './find-trouble.ts';
import { Acts, Back, operationsPage, TroubleFacts } from './frame.tsx';
import { actPath } from './paths.ts';
import { type ProcessView, type ViewDeps, viewProcess } from './view-process.ts';
import { ACTION_NAMES, LABELS } from './words.ts';

/** Undefined: there is no such process. */
export async function processPage(deps: ViewDeps, context: PageContext, reader: Reader, processId: string) {
  const { employeeId } = context.get('signedIn');
  const view = await viewProcess(deps, processId, { kind: 'person', id: employeeId });
  if (view === undefined) {
    return undefined;
  }
  const { timeline, troubles, acts } = view;
  const { language } = reader;
  const title = timelineTitle(timeline);
  return operationsPage({
    context,
    title,
    language,
    children: (
      <>
        <section class="card" aria-labelledby="title">
          <p class="kind">
            {processId} · {say(phaseText(timeline.head.phase), language)}
          </p>
          <h1 id="title">{title}</h1>
          {troubles.length === 0 ? <p class="none">{say(LABELS.nothing, language)}</p> : null}
          {troubles.map((trouble) => (
            <OneTrouble trouble={trouble} reader={reader} />
          ))}
          <Back language={language} />
        </section>
        <Acts acts={acts} reader={reader} />
        <Done timeline={timeline} reader={reader} />
      </>
    ),
  });
}

function OneTrouble({ trouble, reader }: { readonly trouble: FoundTrouble; readonly reader: Reader }) {
  const { language } = reader;
  return (
    <div class="part">
      <h2>{trouble.title}</h2>
      <TroubleFacts trouble={trouble} reader={reader} />
      {trouble.actions.length === 0 ? <p>{say(LABELS.noAction, language)}</p> : null}
      <ul class="steps">
        {trouble.actions.map((action) => (
          <li>
            <a href={actPath(action, trouble.ref)}>{say(ACTION_NAMES[action], language)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Without mails and other plumbing. */
function Done({ timeline, reader }: { readonly timeline: ProcessView['timeline']; readonly reader: Reader }) {
  const { language, timeZone } = reader;
  const surroundings = { language, timeZone, nameOf: namer(timeline, language) };
  const loud = timeline.entries.filter(({ entry }) => entryTone(entry.type) !== 'quiet');
  return (
    <section class="card" aria-labelledby="done">
      <h2 id="done">{say(LABELS.done, language)}</h2>
      <ol class="steps">
        {loud.map(({ entry }) => (
          <li>
            {entrySentence(entry.type, readFacts(entry.facts, surroundings))}
            <p class="by">{formatInstant(entry.occurredAt, language, timeZone)}</p>
          </li>
        ))}
      </ol>
      <p class="foot">
        {say(LABELS.whole, language)}{' '}
        <code>
          npm run audit -- verify {timeline.head.processId} --by &lt;{say(LABELS.yourName, language)}&gt;
        </code>
      </p>
    </section>
  );
}
