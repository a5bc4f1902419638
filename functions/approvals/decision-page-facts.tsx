/** The parts of the decision page that show what lets a person judge the amount. */
import { budgetFacts, earlierFacts, type ShownFact, sinceFacts } from '../pages/decision-facts.ts';
import { changedSinceText, changeFacts, NOTHING_CHANGED } from '../pages/document-changes.ts';
import { say } from '../pages/language.ts';
import type { PartProps } from './decision-page-parts.tsx';
import { LABELS } from './decision-page-words.ts';

/** What may still be spent. */
export function Budget({ view, language, timeZone }: PartProps) {
  const facts = budgetFacts(view.document, { language, timeZone });
  return <FactCard id="budget" title={say(LABELS.budget, language)} facts={facts} />;
}

/** What the requester bought from the supplier before. */
export function EarlierRequests({ view, language, timeZone }: PartProps) {
  const facts = earlierFacts(view.document, { language, timeZone });
  return <FactCard id="earlier-requests" title={say(LABELS.earlierRequests, language)} facts={facts} />;
}

/** What was asked for in the same row after this was asked, or in the same instant. */
export function RequestsSince({ view, language, timeZone }: PartProps) {
  const facts = sinceFacts(view.document, view.requestsSince, { language, timeZone });
  return <FactCard id="requests-since" title={say(LABELS.requestsSince, language)} facts={facts} />;
}

/** What is other than in the version that was returned. */
export function Changes({ view: { changes }, language }: PartProps) {
  if (changes === undefined) {
    return null;
  }
  const facts = changeFacts(changes, language);
  const title = say(changedSinceText(changes), language);
  return facts.length === 0 ? (
    <section class="card" aria-labelledby="changes">
      <h2 id="changes">{title}</h2>
      <p>{say(NOTHING_CHANGED, language)}</p>
    </section>
  ) : (
    <FactCard id="changes" title={title} facts={facts} />
  );
}

interface FactCardProps {
  readonly id: string;
  readonly title: string;
  readonly facts: readonly ShownFact[];
}

function FactCard({ id, title, facts }: FactCardProps) {
  return facts.length === 0 ? null : (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <dl class="facts plain">
        {facts.map(({ label, value, isWarning }) => (
          <div>
            <dt>{label}</dt>
            {isWarning === true ? <dd class="wrong">{value}</dd> : <dd>{value}</dd>}
          </div>
        ))}
      </dl>
    </section>
  );
}
