/** One process as evidence: whether its record is whole, what was decided, and what was refused. */
import { ruledText } from '../audit/approval-words.ts';
import type { RecordEntry } from '../audit/domain/record.ts';
import { entrySentence } from '../audit/entry-words.ts';
import { readFacts, type Surroundings } from '../audit/fact-reader.ts';
import { namer, type Timeline, timelineTitle } from '../audit/timeline.ts';
import { formatInstant } from '../pages/format.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { Notice } from '../pages/layout.tsx';
import { REQUESTS_PATH } from '../pages/places.tsx';
import { LABELS } from './auditor-words.ts';
import { type EvidenceItem, evidenceOf } from './view-evidence.ts';

interface EvidenceProps {
  readonly timeline: Timeline;
  /** Of today. */
  readonly readings: readonly RecordEntry[];
  readonly reader: { readonly language: Language; readonly timeZone: string };
}

export function EvidenceCards({ timeline, readings, reader }: EvidenceProps) {
  const { language } = reader;
  const surroundings: Surroundings = { ...reader, nameOf: namer(timeline, language) };
  const { decisions, refusals } = evidenceOf(timeline);
  return (
    <>
      <Wholeness timeline={timeline} language={language} />
      <About timeline={timeline} surroundings={surroundings} />
      <Items id="decisions" label={LABELS.decisions} items={decisions} surroundings={surroundings} />
      <Items id="refusals" label={LABELS.refusals} items={refusals} surroundings={surroundings} />
      <section class="card" aria-labelledby="readings">
        <h2 id="readings">{say(LABELS.readings, language)}</h2>
        <ul>
          {readings.map(({ occurredAt, actor, facts }) => (
            <li>
              {formatInstant(occurredAt, language, reader.timeZone)}: {personText(actor.id, surroundings)} (
              {String(facts.what)})
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Wholeness({ timeline, language }: { readonly timeline: Timeline; readonly language: Language }) {
  return timeline.damages.length === 0 ? (
    <Notice tone="good" title={say(LABELS.whole, language)}>
      {say(LABELS.wholeText, language)}
    </Notice>
  ) : (
    <Notice tone="bad" title={say(LABELS.damaged, language)}>
      <ul>
        {timeline.damages.map(({ sequence, damage }) => (
          <li>
            #{sequence}: {damage}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

interface Surrounded {
  readonly surroundings: Surroundings;
}

function About({ timeline, surroundings }: Surrounded & { readonly timeline: Timeline }) {
  const { language } = surroundings;
  const { processId, requesterId, oa, outcome } = timeline.head;
  return (
    <section class="card" aria-labelledby="title">
      <p class="kind">{say(LABELS.title, language)}</p>
      <h1 id="title">{timelineTitle(timeline)}</h1>
      <Rows
        language={language}
        rows={[
          [LABELS.process, processId],
          [LABELS.request, `${oa.requestId} (${oa.system})`],
          [LABELS.requester, requesterId === '' ? '' : personText(requesterId, surroundings)],
          [LABELS.outcome, outcome ?? ''],
        ]}
      />
      <p>
        <a href={`${REQUESTS_PATH}/${encodeURIComponent(processId)}`}>{say(LABELS.wholeRecord, language)}</a>
      </p>
    </section>
  );
}

interface ItemsProps extends Surrounded {
  readonly id: string;
  readonly label: Text;
  readonly items: readonly EvidenceItem[];
}

function Items({ id, label, items, surroundings }: ItemsProps) {
  const { language } = surroundings;
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{say(label, language)}</h2>
      {items.length === 0 ? <p>{say(LABELS.none, language)}</p> : null}
      <ol class="events">
        {items.map((item) => (
          <Item item={item} surroundings={surroundings} />
        ))}
      </ol>
    </section>
  );
}

function Item({ item, surroundings }: Surrounded & { readonly item: EvidenceItem }) {
  const { entry, personal } = item;
  const { language, timeZone } = surroundings;
  const facts = readFacts(entry.facts, surroundings);
  const said = typeof personal === 'object' ? Object.values(personal).filter((text) => text !== '') : [];
  return (
    <li>
      <p class="what">{entrySentence(entry.type, facts)}</p>
      {said.map((text) => (
        <p class="quote">{text}</p>
      ))}
      {personal === 'erased' ? <p class="quote">{say(LABELS.erased, language)}</p> : null}
      <Rows
        language={language}
        rows={[
          [
            LABELS.by,
            entry.actor.kind === 'person' ? personText(entry.actor.id, surroundings) : say(LABELS.meridian, language),
          ],
          [LABELS.behalf, facts.text('onBehalfOf') === '' ? '' : personText(facts.text('onBehalfOf'), surroundings)],
          [LABELS.authority, authorityText(item, surroundings)],
          [LABELS.posts, ownText(entry.facts.ownPosts, language)],
          [LABELS.limit, ownText(entry.facts.ownLimit, language)],
          [LABELS.amount, item.authority === undefined ? '' : amountText(item.authority, surroundings)],
          [LABELS.version, facts.text('documentVersion')],
          [LABELS.via, facts.text('via')],
          [LABELS.reason, facts.text('message') || facts.text('refusal')],
          [
            LABELS.entry,
            `#${entry.sequence}, ${formatInstant(entry.occurredAt, language, timeZone)}, ${entry.hash.slice(0, 16)}`,
          ],
        ]}
      />
    </li>
  );
}

/** The level that the person was asked on, and the rows of the tables that named it. */
function authorityText({ entry, authority }: EvidenceItem, surroundings: Surroundings): string {
  const level = readFacts(entry.facts, surroundings).text('levelName');
  const rows = authority === undefined ? '' : ruledText(readFacts(authority, surroundings));
  return `${level}${rows}`.replace(/^[,，]\s*/, '');
}

/** In the company's currency, as amounts are. An entry from before posts and limits were recorded has neither. */
function ownText(value: RecordEntry['facts'][string] | undefined, language: Language): string {
  if (value === undefined) {
    return '';
  }
  const texts = [value].flat().filter((one) => typeof one === 'string');
  return texts.length === 0 ? say(LABELS.noneOwn, language) : texts.join(', ');
}

function amountText(authority: RecordEntry['facts'], surroundings: Surroundings): string {
  const facts = readFacts(authority, surroundings);
  return facts.money('amount') || facts.amount('amount', 'currency') || facts.text('amount');
}

function personText(id: string, { nameOf }: Surroundings): string {
  const name = nameOf(id);
  return name === id ? id : `${name} (${id})`;
}

interface RowsProps {
  readonly rows: readonly (readonly [Text, string])[];
  readonly language: Language;
}

function Rows({ rows, language }: RowsProps) {
  return (
    <dl class="facts">
      {rows.map(([label, value]) =>
        value === '' ? null : (
          <div>
            <dt>{say(label, language)}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
