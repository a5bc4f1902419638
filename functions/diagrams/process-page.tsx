/** One process: its diagram, coloured by how long it is waited, and the same figures as a table. */
import type { Tallies } from '../measures/domain/tally.ts';
import { placeText } from '../measures/measure-words.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { renderPage } from '../pages/layout.tsx';
import { otherLanguageQuery } from '../pages/page-app.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import { PROCESSES_PATH } from '../pages/places.tsx';
import { Periods } from './diagram-frame.tsx';
import { descriptionOf, LABELS } from './diagram-words.ts';
import type { LaidOut } from './domain/laid-out.ts';
import { Drawing, Legend } from './draw-diagram.tsx';
import { HEATS, heatOf, workingText } from './heat.ts';
import { machineName, PERIODS } from './machines.ts';
import { type NodeFigures, type WaitFigures, waitFigures } from './wait-figures.ts';

interface ProcessPageProps {
  readonly context: PageContext;
  readonly language: Language;
  readonly weeks: number;
  readonly machine: string;
  readonly tallies: Tallies;
  readonly drawing: LaidOut;
}

/** The whole document as text. */
export function processPage({ context, language, weeks, machine, tallies, drawing }: ProcessPageProps) {
  const name = machineName(machine);
  const figures = waitFigures(drawing.nodes, tallies);
  const path = `${PROCESSES_PATH}/${machine}`;
  return renderPage({
    title: say(name, language),
    language,
    otherLanguage: otherLanguageQuery(context, language),
    isWide: true,
    children: (
      <>
        <nav class="places" aria-label={say(LABELS.navigation, language)}>
          <ul>
            <li>
              <a href={`${PROCESSES_PATH}?weeks=${weeks}`}>{say(LABELS.all, language)}</a>
            </li>
            <li>
              <a href={`${path}/bpmn`}>{say(LABELS.download, language)}</a>
            </li>
          </ul>
        </nav>
        <section class="card" aria-labelledby="title">
          <h1 id="title">{say(name, language)}</h1>
          <Periods path={path} periods={PERIODS} weeks={weeks} language={language} />
          <p class="hint apart">{say(LABELS.inNodes, language)}</p>
          <section class="legend scroll" tabindex={0} aria-label={say(LABELS.legend, language)}>
            <Legend steps={HEATS} title={legendText(language)} language={language} />
          </section>
          <p class="hint apart">{say(LABELS.circles, language)}</p>
          <section class="drawing scroll" tabindex={0} aria-label={say(LABELS.drawing, language)}>
            <Drawing
              laidOut={drawing}
              title={say(name, language)}
              description={say(descriptionOf(name, figures.length), language)}
              language={language}
              warmth={warmthOf(figures, language)}
            />
          </section>
        </section>
        <section class="card scroll" tabindex={0} aria-labelledby="figures">
          <h2 id="figures">{say(LABELS.table, language)}</h2>
          <FiguresTable figures={figures} language={language} />
        </section>
      </>
    ),
  });
}

function legendText(language: Language): string {
  const steps = HEATS.map(({ name }) => say(name, language)).join(', ');
  return `${say(LABELS.legend, language)}: ${steps}`;
}

function warmthOf(figures: readonly NodeFigures[], language: Language) {
  return new Map(
    figures.flatMap(({ node, all }) => {
      const times = all === undefined ? undefined : [all.workingMedian, all.workingMost].map(workingText);
      const text = (times ?? []).map((time) => say(time, language)).join(' / ');
      return all === undefined ? [] : [[node.id, { colour: heatOf(all.workingMedian).colour, text }] as const];
    }),
  );
}

const HEADS = [LABELS.node, LABELS.visits, LABELS.median, LABELS.most, LABELS.mean, LABELS.clock, LABELS.share];

function FiguresTable({
  figures,
  language,
}: {
  readonly figures: readonly NodeFigures[];
  readonly language: Language;
}) {
  return (
    <table class="figures">
      <thead>
        <tr>
          {HEADS.map((head) => (
            <th scope="col">{say(head, language)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {figures.map(({ node, all, parts }) => (
          <>
            <Row name={node.name} figures={all} language={language} />
            {parts.map(({ place, figures: part }) => (
              <Row name={placeText(place)} figures={part} language={language} isPart />
            ))}
          </>
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly name: Text;
  readonly figures: WaitFigures | undefined;
  readonly language: Language;
  readonly isPart?: boolean;
}

function Row({ name, figures, language, isPart }: RowProps) {
  return (
    <tr class={isPart === true ? 'level' : undefined}>
      <th scope="row">{say(name, language)}</th>
      {cellsOf(figures, language).map((cell) => (
        <td>{cell}</td>
      ))}
    </tr>
  );
}

function cellsOf(figures: WaitFigures | undefined, language: Language): readonly string[] {
  if (figures === undefined) {
    return ['0', '–', '–', '–', '–', '–'];
  }
  const { visits, workingMedian, workingMost, workingMean, median, share } = figures;
  const times = [workingMedian, workingMost, workingMean, median].map((hours) => say(workingText(hours), language));
  return [String(visits), ...times, `${Math.round(share * 100)} %`];
}
