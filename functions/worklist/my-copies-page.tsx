/** What others let somebody know of (抄送), newest first. */
import type { Context } from 'hono';
import type { Directory } from '../directory/port.ts';
import { formatInstant, formatMoney } from '../pages/format.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say } from '../pages/language.ts';
import { PLACE_NAMES, TASKS_PATH } from '../pages/places.tsx';
import { copierText, outcomeText, SUBJECTS } from '../pages/words.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { afterOf, More, ownPage } from './frame.tsx';
import { type CopiedApproval, listCopies } from './list-copies.ts';
import { LABELS } from './words.ts';

/** Approvals on one page. */
const PAGE_SIZE = 25;

interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

/** `?after=` shows a further page. */
export async function myCopiesPage(
  deps: { readonly store: ProcessStore; readonly directory: Directory },
  context: Context<PageEnvironment>,
  employeeId: string,
  reader: Reader,
) {
  const { language } = reader;
  const { copies, next } = await listCopies(deps, employeeId, { limit: PAGE_SIZE, after: afterOf(context) });
  return ownPage({
    context,
    title: PLACE_NAMES.copies,
    language,
    children: (
      <>
        {copies.length === 0 ? (
          <p class="none">{say(LABELS.noCopies, language)}</p>
        ) : (
          <ul class="items">
            {copies.map((copy) => (
              <Copied copy={copy} {...reader} />
            ))}
          </ul>
        )}
        <More context={context} language={language} next={next} />
      </>
    ),
  });
}

function Copied({ copy, language, timeZone }: Reader & { readonly copy: CopiedApproval }) {
  const { processId, approvalId, outcome } = copy;
  const who = [copy.requesterName, copy.supplier].filter((one) => one !== undefined && one !== '');
  return (
    <li>
      <div>
        <a href={`${TASKS_PATH}/${encodeURIComponent(processId)}/${encodeURIComponent(approvalId)}`}>{copy.title}</a>
        <p class="by">
          {say(SUBJECTS[copy.subject], language)}
          {who.map((one) => ` · ${one}`)}
        </p>
        {outcome === undefined ? null : <p class="by">{say(outcomeText(outcome), language)}</p>}
        <p class="by">
          {say(LABELS.copiedBy, language)} {say(copierText(copy.by), language)} ·{' '}
          <time datetime={copy.at}>{formatInstant(copy.at, language, timeZone)}</time>
        </p>
      </div>
      {copy.total === '0' ? null : <p class="amount">{formatMoney(copy.total, copy.currency, language)}</p>}
    </li>
  );
}
