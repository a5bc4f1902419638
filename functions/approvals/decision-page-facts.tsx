/** The parts of the decision page that show what lets a person judge the amount. */
import { earlierPurchaseFacts, type ShownFact } from '../pages/decision-facts.ts';
import { say } from '../pages/language.ts';
import type { PartProps } from './decision-page-parts.tsx';
import { LABELS } from './decision-page-words.ts';

/** What the requester bought from the supplier before. */
export function EarlierPurchases({ view, language, timeZone }: PartProps) {
  const facts = earlierPurchaseFacts(view.document, { language, timeZone });
  return <FactCard id="earlier-purchases" title={say(LABELS.earlierPurchases, language)} facts={facts} />;
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
        {facts.map(({ label, value }) => (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
