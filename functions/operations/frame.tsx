/** The frame of the operators' pages: the way between them, and the token for their forms. */
import type { PropsWithChildren } from 'hono/jsx';
import { formatInstant } from '../pages/format.ts';
import { say, type Text } from '../pages/language.ts';
import { type OwnPlaceProps, placedPage } from '../pages/placed-page.tsx';
import { OPERATIONS_PATH, TASKS_PATH } from '../pages/places.tsx';
import type { Reader } from '../pages/reader.ts';
import type { SeenAct } from './acts.ts';
import type { FoundTrouble } from './find-trouble.ts';
import { processPath, VERSIONS_PATH } from './paths.ts';
import { ACTION_NAMES, LABELS, STATE_NAMES } from './words.ts';

const PLACES: readonly (readonly [string, Text])[] = [
  [OPERATIONS_PATH, LABELS.navigation],
  [VERSIONS_PATH, LABELS.versions],
  [TASKS_PATH, LABELS.own],
];

/** The whole document as text; `children` are its cards. */
export function operationsPage(props: PropsWithChildren<OwnPlaceProps>) {
  return placedPage({ ...props, navigation: LABELS.navigation, places: PLACES });
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
