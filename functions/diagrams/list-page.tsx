/** The list of processes, each with its slowest node. */
import type { Tallies } from '../measures/domain/tally.ts';
import { hoursText, placeText } from '../measures/measure-words.ts';
import { slowestNodes } from '../measures/read-figures.ts';
import { type Language, say } from '../pages/language.ts';
import { renderPage } from '../pages/layout.tsx';
import { otherLanguageQuery } from '../pages/page-app.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import { PROCESSES_PATH } from '../pages/places.tsx';
import { Periods } from './diagram-frame.tsx';
import { LABELS } from './diagram-words.ts';
import { machineName, PERIODS } from './machines.ts';

interface ListPageProps {
  readonly context: PageContext;
  readonly language: Language;
  readonly weeks: number;
  readonly machines: readonly { readonly machine: string; readonly tallies: Tallies }[];
}

/** The whole document as text. */
export function listPage({ context, language, weeks, machines }: ListPageProps) {
  return renderPage({
    title: say(LABELS.title, language),
    language,
    otherLanguage: otherLanguageQuery(context, language),
    children: (
      <section class="card" aria-labelledby="title">
        <h1 id="title">{say(LABELS.title, language)}</h1>
        <p>{say(LABELS.intro, language)}</p>
        <Periods path={PROCESSES_PATH} periods={PERIODS} weeks={weeks} language={language} />
        <ul class="items">
          {machines.map(({ machine, tallies }) => (
            <li>
              <div>
                <a href={`${PROCESSES_PATH}/${machine}?weeks=${weeks}`}>{say(machineName(machine), language)}</a>
                <p class="by">{slowestText(machine, tallies, language)}</p>
              </div>
            </li>
          ))}
        </ul>
      </section>
    ),
  });
}

function slowestText(machine: string, tallies: Tallies, language: Language): string {
  const [slowest] = slowestNodes(machine, tallies, 1);
  return slowest === undefined
    ? say(LABELS.noFigures, language)
    : [LABELS.slowest, placeText(slowest.place), hoursText(slowest.median)]
        .map((text) => say(text, language))
        .join(' · ');
}
