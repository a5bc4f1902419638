/** What somebody decided (已办), latest first: from here they find it again, and take it back as long as they may. */
import type { Context } from 'hono';
import type { Directory } from '../directory/port.ts';
import { formatInstant, formatMoney } from '../pages/format.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say } from '../pages/language.ts';
import { PLACE_NAMES, TASKS_PATH } from '../pages/places.tsx';
import { doneText, outcomeText, SUBJECTS } from '../pages/words.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { afterOf, More, ownPage } from './frame.tsx';
import { type DecidedApproval, listDecided } from './list-decided.ts';
import { LABELS } from './words.ts';

/** Approvals on one page. */
const PAGE_SIZE = 25;

interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

/** `?after=` shows a further page. */
export async function myDecidedPage(
  deps: { readonly store: ProcessStore; readonly directory: Directory },
  context: Context<PageEnvironment>,
  employeeId: string,
  reader: Reader,
) {
  const { language } = reader;
  const { decided, next } = await listDecided(deps, employeeId, { limit: PAGE_SIZE, after: afterOf(context) });
  return ownPage({
    context,
    title: PLACE_NAMES.decided,
    language,
    children: (
      <>
        {decided.length === 0 ? (
          <p class="none">{say(LABELS.noDecided, language)}</p>
        ) : (
          <ul class="items">
            {decided.map((one) => (
              <Decided one={one} {...reader} />
            ))}
          </ul>
        )}
        <More context={context} language={language} next={next} />
      </>
    ),
  });
}

function Decided({ one, language, timeZone }: Reader & { readonly one: DecidedApproval }) {
  const { processId, approvalId, outcome, onBehalfOf } = one;
  const who = [one.requesterName, one.supplier].filter((name) => name !== undefined && name !== '');
  return (
    <li>
      <div>
        <a href={`${TASKS_PATH}/${encodeURIComponent(processId)}/${encodeURIComponent(approvalId)}`}>{one.title}</a>
        <p class="by">
          {say(SUBJECTS[one.subject], language)}
          {who.map((name) => ` · ${name}`)}
        </p>
        <p class="by">
          {say(doneText(one.action), language)}
          {one.isVoid ? ` · ${say(LABELS.countsNoMore, language)}` : null}
          {onBehalfOf === undefined ? null : ` · ${say(LABELS.awayIs, language)} ${onBehalfOf}`} ·{' '}
          <time datetime={one.at}>{formatInstant(one.at, language, timeZone)}</time>
        </p>
        <p class="by">
          {say(LABELS.becameOfIt, language)}{' '}
          {say(outcome === undefined ? LABELS.underWay : outcomeText(outcome), language)}
        </p>
      </div>
      {one.total === '0' ? null : <p class="amount">{formatMoney(one.total, one.currency, language)}</p>}
    </li>
  );
}
