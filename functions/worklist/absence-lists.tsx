/** One's own absences, and those of others in which one stands in. */

import { TokenField } from '../pages/form-token.tsx';
import { formatInstant } from '../pages/format.ts';
import { type Language, say } from '../pages/language.ts';
import { REQUESTS_PATH } from '../pages/places.tsx';
import { scopeText } from '../pages/words.ts';
import type { Absences, ListedAbsence } from '../people/list-absences.ts';
import { ABSENCE_LABELS, SOURCES } from './absence-words.ts';

interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

export function OwnAbsences({ absences, ...reader }: Reader & { readonly absences: Absences['own'] }) {
  const { language } = reader;
  return (
    <section class="card" aria-labelledby="own">
      <h2 id="own">{say(ABSENCE_LABELS.own, language)}</h2>
      {absences.length === 0 ? (
        <p>{say(ABSENCE_LABELS.noOwn, language)}</p>
      ) : (
        <ul class="items">
          {absences.map((absence) => (
            <li>
              <div>
                <Line absence={absence} {...reader} />
                <p class="by">{say(SOURCES[absence.source], language)}</p>
                {absence.leaveId === undefined ? null : <Own leaveId={absence.leaveId} language={language} />}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The record of what the person named themselves, and the button that ends it. */
function Own({ leaveId, language }: { readonly leaveId: string; readonly language: Language }) {
  return (
    <>
      <p class="by">
        <a href={`${REQUESTS_PATH}/${encodeURIComponent(leaveId)}`}>{say(ABSENCE_LABELS.record, language)}</a>
      </p>
      <form method="post" class="task">
        <TokenField />
        <input type="hidden" name="absence" value={leaveId} />
        <button type="submit" name="do" value="end" class="end">
          {say(ABSENCE_LABELS.end, language)}
        </button>
      </form>
    </>
  );
}

export function StandIns({ standIns, ...reader }: Reader & { readonly standIns: Absences['standIns'] }) {
  const { language } = reader;
  return (
    <section class="card" aria-labelledby="stand-ins">
      <h2 id="stand-ins">{say(ABSENCE_LABELS.standIns, language)}</h2>
      {standIns.length === 0 ? (
        <p>{say(ABSENCE_LABELS.noStandIns, language)}</p>
      ) : (
        <ul class="items">
          {standIns.map((absence) => (
            <li>
              <div>
                <Line absence={absence} {...reader} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Line({ absence, language, timeZone }: Reader & { readonly absence: Omit<ListedAbsence, 'source'> }) {
  const { name, from, until, scope = [] } = absence;
  return (
    <>
      <p>
        {name} · {say(scopeText(scope), language)}
      </p>
      <p class="by">
        <time datetime={from}>{formatInstant(from, language, timeZone)}</time> –{' '}
        <time datetime={until}>{formatInstant(until, language, timeZone)}</time>
      </p>
    </>
  );
}
