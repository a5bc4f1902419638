/** One case: what was seen and where it stands in the record, what became of it, and what can be done. */
import type { Context } from 'hono';
import { caseRefusalText } from '../audit/compliance-words.ts';
import { entrySentence, entryTone } from '../audit/entry-words.ts';
import { readFacts, type Surroundings } from '../audit/fact-reader.ts';
import { noteRead } from '../audit/note-read.ts';
import { recordUrl } from '../audit/read-key.ts';
import { namer, readTimeline, type Timeline, type TimelineDeps } from '../audit/timeline.ts';
import { formatInstant } from '../pages/format.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { say } from '../pages/language.ts';
import { Notice } from '../pages/layout.tsx';
import { COMPLIANCE_PATH } from '../pages/places.tsx';
import { type ReaderDeps, readerOf } from '../pages/reader.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { factValue } from '../reconciliation/words.ts';
import { CaseForms } from './case-forms.tsx';
import { readCase } from './case-store.ts';
import { SeverityTag } from './cases-page.tsx';
import type { CaseAnswer } from './decide-case.ts';
import { detectorText } from './detector-words.ts';
import { type CaseState, isAsked } from './domain/case-state.ts';
import { compliancePage } from './frame.tsx';
import { DECISIONS, factText, LABELS } from './words.ts';

export interface CasePageDeps extends TimelineDeps, ProcessDeps, ReaderDeps {
  /** Origin of the pages, without a slash at its end. */
  readonly pagesUrl: string;
  /** Secret behind the read links of records. */
  readonly recordKey: () => Promise<string>;
}

/** Undefined: there is no such case. `answer`: what became of the form that the page answers. */
export async function casePage(
  deps: CasePageDeps,
  context: Context<PageEnvironment>,
  caseId: string,
  answer: CaseAnswer | undefined,
) {
  const state = await readCase(deps.store, caseId);
  const timeline = state === undefined ? undefined : await readTimeline(deps, caseId);
  if (state === undefined || timeline === undefined) {
    return undefined;
  }
  const { employeeId } = context.get('signedIn');
  await noteRead(deps, { processId: caseId, reader: { kind: 'person', id: employeeId }, what: 'record' });
  const reader = await readerOf(deps, context);
  const { language } = reader;
  const surroundings: Surroundings = { ...reader, nameOf: namer(timeline, language) };
  const key = await deps.recordKey();
  const linkTo = (processId: string) => recordUrl(deps.pagesUrl, key, processId);
  return compliancePage({
    context,
    title: say(detectorText(state.detector), language),
    language,
    children: (
      <>
        <Answer answer={answer} language={language} />
        <Head caseId={caseId} state={state} surroundings={surroundings} />
        <EvidenceList state={state} linkTo={linkTo} language={language} />
        {state.decision === undefined && !isAsked(state) ? (
          <CaseForms caseId={caseId} state={state} language={language} />
        ) : null}
        <History timeline={timeline} surroundings={surroundings} recordPath={linkTo(caseId)} />
        <p class="more">
          <a href={COMPLIANCE_PATH}>{say(LABELS.back, language)}</a>
        </p>
      </>
    ),
  });
}

interface AnswerProps extends Pick<Surroundings, 'language'> {
  readonly answer: CaseAnswer | undefined;
}

function Answer({ answer, language }: AnswerProps) {
  if (answer === undefined) {
    return null;
  }
  return answer === 'done' ? (
    <Notice tone="good" title={say(LABELS.done, language)} />
  ) : (
    <Notice tone="bad" title={say(LABELS.refused, language)}>
      <p>{say(caseRefusalText(answer), language)}</p>
    </Notice>
  );
}

interface StateProps {
  readonly state: CaseState;
  readonly surroundings: Surroundings;
}

function Head({ caseId, state, surroundings }: StateProps & { readonly caseId: string }) {
  const { language, timeZone, nameOf } = surroundings;
  const decision = state.decision;
  const facts = [
    [LABELS.owner, nameOf(state.ownerId)],
    [LABELS.deadline, formatInstant(state.deadline, language, timeZone)],
    [LABELS.held, state.held.join(', ')],
    [
      LABELS.decided,
      decision === undefined ? '' : `${say(DECISIONS[decision.kind], language)}: ${nameOf(decision.by)}`,
    ],
    ...Object.entries(state.facts).map(
      ([name, value]) => [factText(name), say(factValue(name, value), language)] as const,
    ),
    [LABELS.case, caseId],
  ] as const;
  return (
    <section class="card" aria-labelledby="title">
      <p class="kind">{say(LABELS.case, language)}</p>
      <h1 id="title">{say(detectorText(state.detector), language)}</h1>
      <p class="status">
        <SeverityTag severity={state.severity} language={language} />
      </p>
      {isAsked(state) ? <p>{say(LABELS.approvalNote, language)}</p> : null}
      <dl class="facts">
        {facts.map(([label, value]) =>
          value === '' ? null : (
            <div>
              <dt>{say(label, language)}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}

interface EvidenceProps extends Pick<Surroundings, 'language'> {
  readonly state: CaseState;
  readonly linkTo: (processId: string) => string;
}

function EvidenceList({ state: { processIds, evidence }, linkTo, language }: EvidenceProps) {
  const links = [
    ...processIds.map((processId) => [processId, linkTo(processId)] as const),
    ...evidence.map(
      ({ processId, sequence }) =>
        [`${processId}, ${say(LABELS.entry, language)} ${sequence}`, `${linkTo(processId)}#entry-${sequence}`] as const,
    ),
  ];
  return links.length === 0 ? null : (
    <section class="card" aria-labelledby="evidence">
      <h2 id="evidence">{say(LABELS.evidence, language)}</h2>
      <ul class="items">
        {links.map(([name, path]) => (
          <li>
            <a href={path}>{name}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface HistoryProps {
  readonly timeline: Timeline;
  readonly surroundings: Surroundings;
  readonly recordPath: string;
}

function History({ timeline, surroundings, recordPath }: HistoryProps) {
  const { language, timeZone } = surroundings;
  return (
    <section class="card" aria-labelledby="history">
      <h2 id="history">{say(LABELS.history, language)}</h2>
      <ol class="events">
        {timeline.entries.map(({ entry, personal }) => (
          <li class={entryTone(entry.type)}>
            <p class="what">{entrySentence(entry.type, readFacts(entry.facts, surroundings))}</p>
            {typeof personal === 'object' ? <p class="quote">{personal.reason}</p> : null}
            <p class="by">
              <time datetime={entry.occurredAt}>{formatInstant(entry.occurredAt, language, timeZone)}</time>
            </p>
          </li>
        ))}
      </ol>
      <p class="more">
        <a href={recordPath}>{say(LABELS.record, language)}</a>
      </p>
    </section>
  );
}
