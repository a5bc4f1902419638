/** What somebody asked for: how far it has come, and who has it now. */
import type { Context } from 'hono';
import { OPERATORS } from '../approvals/domain/plan.ts';
import { formatInstant } from '../pages/format.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say } from '../pages/language.ts';
import { PLACE_NAMES, REQUESTS_PATH } from '../pages/places.tsx';
import { outcomeText, phaseText, waitText } from '../pages/words.ts';
import { afterOf, More, ownPage } from './frame.tsx';
import { listRequests, type RequestDeps, type RequestProgress, type WaitsFor } from './list-requests.ts';
import { LABELS } from './words.ts';

/** Requests on one page: each is read from its process. */
const PAGE_SIZE = 20;

interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

/** `?after=` shows a further page. */
export async function myRequestsPage(
  deps: RequestDeps,
  context: Context<PageEnvironment>,
  employeeId: string,
  reader: Reader,
) {
  const { language } = reader;
  const { requests, next } = await listRequests(deps, employeeId, {
    limit: PAGE_SIZE,
    after: afterOf(context),
  });
  return ownPage({
    context,
    title: PLACE_NAMES.requests,
    language,
    children: (
      <>
        {requests.length === 0 ? (
          <p class="none">{say(LABELS.noRequests, language)}</p>
        ) : (
          <ul class="items">
            {requests.map((request) => (
              <Request request={request} {...reader} />
            ))}
          </ul>
        )}
        <More context={context} language={language} next={next} />
      </>
    ),
  });
}

function Request({ request, language, timeZone }: Reader & { readonly request: RequestProgress }) {
  const { processId, title, requestId, startedAt, endedAt } = request;
  return (
    <li>
      <div>
        <a href={`${REQUESTS_PATH}/${encodeURIComponent(processId)}`}>{title}</a>
        <p class="by">
          {requestId} · {say(LABELS.started, language)} {formatInstant(startedAt, language, timeZone)}
          {endedAt === undefined
            ? null
            : ` · ${say(LABELS.ended, language)} ${formatInstant(endedAt, language, timeZone)}`}
        </p>
        <Status request={request} language={language} />
        {request.waitsFor.map((wait) => (
          <p class="by">{waitSentence(wait, language, timeZone)}</p>
        ))}
      </div>
    </li>
  );
}

/** Of what no machine works on, such as a leave, nothing is to be said. */
function Status({ request, language }: { readonly request: RequestProgress; readonly language: Language }) {
  const { status, phase, outcome } = request;
  return status === 'ended' && outcome === undefined ? null : (
    <p class="status">
      {status === 'running' ? (
        <span class="tag wait">{say(phaseText(phase), language)}</span>
      ) : (
        <span class={outcome === 'paid' ? 'tag' : 'tag bad'}>{say(outcomeText(outcome ?? ''), language)}</span>
      )}
    </p>
  );
}

function waitSentence({ kind, deadline, people }: WaitsFor, language: Language, timeZone: string): string {
  const names = people
    .map(({ employeeId, name }) => (employeeId === OPERATORS ? say(LABELS.operators, language) : name))
    .join(language === 'en' ? ', ' : '、');
  const until = formatInstant(deadline, language, timeZone);
  const what = say(waitText(kind), language);
  return language === 'en'
    ? `Waits for ${what}. Now with ${names}, until ${until}`
    : `等待${what}，当前处理人：${names}，截止 ${until}`;
}
