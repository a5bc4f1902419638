/** The cases that nobody has settled, those first whose deadline is, page by page. */
import type { Context } from 'hono';
import { formatInstant } from '../pages/format.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { say } from '../pages/language.ts';
import { casePath } from '../pages/places.tsx';
import { type Reader, type ReaderDeps, readerOf } from '../pages/reader.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { afterOf, More } from '../worklist/frame.tsx';
import { type ListedCase, openCasesPage } from './case-store.ts';
import { detectorText } from './detector-words.ts';
import type { CaseState } from './domain/case-state.ts';
import { compliancePage } from './frame.tsx';
import { LABELS, SEVERITY_WORDS } from './words.ts';

export async function casesPage(
  deps: ReaderDeps & { readonly store: ProcessStore },
  context: Context<PageEnvironment>,
) {
  const reader = await readerOf(deps, context);
  const { language } = reader;
  const { cases, next } = await openCasesPage(deps.store, afterOf(context));
  return compliancePage({
    context,
    title: say(LABELS.openCases, language),
    language,
    children: (
      <section class="card" aria-labelledby="title">
        <h1 id="title">{say(LABELS.openCases, language)}</h1>
        {cases.length === 0 ? <p>{say(LABELS.noCases, language)}</p> : null}
        <ul class="items">
          {cases.map(({ caseId, state }) => (
            <Item caseId={caseId} state={state} reader={reader} />
          ))}
        </ul>
        <More context={context} language={language} next={next} />
      </section>
    ),
  });
}

interface ItemProps extends ListedCase {
  readonly reader: Reader;
}

function Item({ caseId, state, reader: { language, timeZone } }: ItemProps) {
  return (
    <li>
      <div>
        <a href={casePath(caseId)}>{say(detectorText(state.detector), language)}</a>
        <p class="by">{state.processIds.join(', ')}</p>
        <p class="by">
          {say(LABELS.deadline, language)} {formatInstant(state.deadline, language, timeZone)}
        </p>
      </div>
      <p class="status">
        <SeverityTag severity={state.severity} language={language} />
        {state.held.length === 0 ? null : <span class="tag wait">{say(LABELS.held, language)}</span>}
      </p>
    </li>
  );
}

/** Red where it is high. */
export function SeverityTag({ severity, language }: Pick<CaseState, 'severity'> & Pick<Reader, 'language'>) {
  return <span class={severity === 'high' ? 'tag bad' : 'tag'}>{say(SEVERITY_WORDS[severity], language)}</span>;
}
