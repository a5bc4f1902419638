/** The parts of the decision page that show what people said, and who is to know. */
import { formatInstant } from '../pages/format.ts';
import { say } from '../pages/language.ts';
import { deciderText, doneText, levelText } from '../pages/words.ts';
import type { PartProps, Reader } from './decision-page-parts.tsx';
import {
  aboutVersionText,
  copiedText,
  entryText,
  keptText,
  LABELS,
  mayApproveText,
  personText,
} from './decision-page-words.ts';
import type { EarlierDecision } from './shown-voices.ts';

/** What others said before. */
export function Earlier({ view, language, timeZone }: PartProps) {
  return view.earlier.length === 0 ? null : (
    <section class="card" aria-labelledby="earlier">
      <h2 id="earlier">{say(LABELS.earlier, language)}</h2>
      <ol class="steps">
        {view.earlier.map((decision) => (
          <li>
            <DecisionLine decision={decision} language={language} timeZone={timeZone} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What was said about the versions before: none of it counts for this one. */
export function SaidBefore({ view, language, timeZone }: PartProps) {
  return view.saidBefore.length === 0 ? null : (
    <section class="card" aria-labelledby="said-before">
      <h2 id="said-before">{say(LABELS.saidBefore, language)}</h2>
      <ol class="steps">
        {view.saidBefore.map(({ version, ...decision }) => (
          <li>
            <DecisionLine decision={decision} language={language} timeZone={timeZone} about={version} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Who can approve it, where whoever stands in cannot. */
export function WhoMay({ view: { mayDecide = [] }, language }: Pick<PartProps, 'view' | 'language'>) {
  return mayDecide.length === 0 ? null : <p>{say(mayApproveText(mayDecide), language)}</p>;
}

/** Who is to know of it, and decides nothing. */
export function Copies({ view, language, timeZone }: PartProps) {
  return view.copies.length === 0 ? null : (
    <section class="card" aria-labelledby="copies">
      <h2 id="copies">{say(LABELS.copies, language)}</h2>
      <ul class="steps">
        {view.copies.map(({ name, by, at, note }) => (
          <li>
            <p>{name}</p>
            <p class="by">
              {say(copiedText(by), language)} · {formatInstant(at, language, timeZone)}
            </p>
            {note === '' ? null : <p class="quote">{note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The reader's own decision, once it is made. */
export function OwnDecision({ view, language, timeZone }: PartProps) {
  const { own } = view;
  return own === undefined ? null : (
    <>
      <p class="by">
        {say(doneText(own.action), language)} · {formatInstant(own.at, language, timeZone)}
        {own.sequence === undefined ? null : ` · ${say(entryText(own.sequence), language)}`}
      </p>
      {own.comment === '' ? null : <p class="quote">{own.comment}</p>}
    </>
  );
}

interface LineProps extends Reader {
  readonly decision: EarlierDecision;
  /** The earlier version about which it was said. */
  readonly about?: number;
}

/** One decision with its comment. */
function DecisionLine({ decision, about, language, timeZone }: LineProps) {
  return (
    <>
      <p>
        {say(doneText(decision.action), language)} ·{' '}
        {say(deciderText(personText(decision.by), decision.onBehalfOf), language)}
        {about === undefined ? null : ` · ${say(aboutVersionText(about), language)}`}
        {decision.isVoid ? ` · ${say(LABELS.isVoid, language)}` : null}
        {decision.keptFrom === undefined ? null : ` · ${say(keptText(decision.keptFrom), language)}`}
      </p>
      <p class="by">
        {say(levelText(decision.levelName), language)} · {formatInstant(decision.at, language, timeZone)}
      </p>
      {decision.comment === '' ? null : <p class="quote">{decision.comment}</p>}
    </>
  );
}
