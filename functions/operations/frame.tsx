/** The frame of the operators' pages: the way between them, and the token for their forms. */
import type { Context } from 'hono';
import type { PropsWithChildren } from 'hono/jsx';
import { FormToken } from '../pages/form-token.tsx';
import { formatInstant } from '../pages/format.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { renderPage } from '../pages/layout.tsx';
import { otherLanguageQuery } from '../pages/page-app.ts';
import { OPERATIONS_PATH, TASKS_PATH } from '../pages/places.tsx';
import type { SeenAct } from './acts.ts';
import type { FoundTrouble } from './find-trouble.ts';
import { processPath, VERSIONS_PATH } from './paths.ts';
import { ACTION_NAMES, LABELS, STATE_NAMES } from './words.ts';

export type PageContext = Context<PageEnvironment>;

/** How whoever looks at a page reads. */
export interface Reader {
  readonly language: Language;
  /** IANA zone. */
  readonly timeZone: string;
}

interface OperationsPageProps {
  readonly context: PageContext;
  readonly title: string;
  readonly language: Language;
}

const PLACES: readonly (readonly [string, Text])[] = [
  [OPERATIONS_PATH, LABELS.navigation],
  [VERSIONS_PATH, LABELS.versions],
  [TASKS_PATH, LABELS.own],
];

/** The whole document as text; `children` are its cards. */
export function operationsPage({ context, title, language, children }: PropsWithChildren<OperationsPageProps>) {
  return renderPage({
    title,
    language,
    // The answer to a form has no address of its own in the other language.
    ...(context.req.method === 'POST' ? {} : { otherLanguage: otherLanguageQuery(context, language) }),
    children: (
      <FormToken.Provider value={context.get('signedIn').csrfToken}>
        <nav class="places" aria-label={say(LABELS.navigation, language)}>
          <ul>
            {PLACES.map(([place, name]) => (
              <li>
                <a href={place} aria-current={place === context.req.path ? 'page' : undefined}>
                  {say(name, language)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {children}
      </FormToken.Provider>
    ),
  });
}

export function Back({ language }: Pick<Reader, 'language'>) {
  return (
    <p class="apart">
      <a href={OPERATIONS_PATH}>{say(LABELS.back, language)}</a>
    </p>
  );
}

interface TroubleProps {
  readonly trouble: FoundTrouble;
  readonly reader: Reader;
}

/** Which process it is of, since when it waits, and why. */
export function TroubleFacts({ trouble, reader: { language, timeZone } }: TroubleProps) {
  const { processId, ref, since, cause } = trouble;
  const where = cause.step === undefined ? cause.error : `${cause.step} · ${cause.error}`;
  return (
    <>
      <p class="by">
        {processId === undefined ? say(LABELS.noProcess, language) : <a href={processPath(processId)}>{processId}</a>}
        {` · ${say(LABELS.since, language)} ${formatInstant(since, language, timeZone)}`}
      </p>
      {ref.kind === 'execution' ? <p class="by">{ref.executionId}</p> : null}
      <p class="wrong">{where}</p>
      <p class="quote">{cause.message}</p>
    </>
  );
}

interface ActsProps {
  readonly acts: readonly SeenAct[];
  readonly reader: Reader;
}

/** What operators asked for, and what became of it. */
export function Acts({ acts, reader: { language, timeZone } }: ActsProps) {
  return acts.length === 0 ? null : (
    <section class="card" aria-labelledby="acts">
      <h2 id="acts">{say(LABELS.acts, language)}</h2>
      <ul class="steps">
        {acts.map(({ act, state }) => (
          <li>
            <span class={state === 'done' ? 'tag' : 'tag bad'}>{say(STATE_NAMES[state], language)}</span>{' '}
            {say(ACTION_NAMES[act.action], language)}: {act.title}
            <p class="by">
              {act.processId === undefined ? null : <a href={processPath(act.processId)}>{act.processId}</a>}
              {` · ${formatInstant(act.at, language, timeZone)} · ${say(LABELS.by, language)} ${act.by}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
