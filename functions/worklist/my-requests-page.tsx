/** What somebody asked for: how far it has come, who has it now, and a button that urges them. */
import type { Context } from 'hono';
import { MESSAGES } from '../approvals/decision-page-words.ts';
import { OPERATORS } from '../approvals/domain/plan.ts';
import { URGE_AGAIN_AFTER_HOURS } from '../approvals/domain/urge.ts';
import { refuse } from '../approvals/no-page.ts';
import { URGE_REFUSALS, type UrgeDeps } from '../approvals/urge-approval.ts';
import { clockHoursAfter } from '../calendar/domain/working-time.ts';
import { FormToken, TokenField } from '../pages/form-token.tsx';
import { formatInstant } from '../pages/format.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { Notice } from '../pages/layout.tsx';
import { NOT_FOUND } from '../pages/message-page.tsx';
import { OutcomeTag } from '../pages/outcome-tag.tsx';
import { PLACE_NAMES, REQUESTS_PATH } from '../pages/places.tsx';
import { phaseText, waitText } from '../pages/words.ts';
import type { Clock } from '../runtime/ambient.ts';
import { afterOf, More, ownPage } from './frame.tsx';
import { listRequests, type RequestDeps, type RequestProgress, type WaitsFor } from './list-requests.ts';
import { urgeOwnRequest } from './urge-own-request.ts';
import { LABELS, URGED } from './words.ts';

/** Requests on one page: each is read from its process. */
const PAGE_SIZE = 20;

interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

type PageContext = Context<PageEnvironment>;
type ShownDeps = RequestDeps & { readonly clock: Clock };

/** What was just done, or why not. */
interface Answer {
  readonly tone: 'good' | 'wait';
  readonly title: Text;
  readonly text: Text;
}

/** `?after=` shows a further page. */
export async function showRequests(deps: ShownDeps, context: PageContext, reader: Reader) {
  return context.html(await requestsPage(deps, context, reader));
}

/** The button of a request: those who have it now get a mail, or it is said why not. */
export async function urgeFromList(deps: UrgeDeps, context: PageContext, reader: Reader) {
  const processId = new URLSearchParams(await context.req.text()).get('urge') ?? '';
  const { employeeId: by } = context.get('signedIn');
  const result = await urgeOwnRequest(deps, { processId, by, via: 'signed-in' });
  switch (result) {
    case 'urged':
      return context.html(await requestsPage(deps, context, reader, { tone: 'good', ...URGED }));
    case 'urged-already':
    case 'nobody-asked': {
      const answer: Answer = { tone: 'wait', title: LABELS.notUrged, text: URGE_REFUSALS[result] };
      return context.html(await requestsPage(deps, context, reader, answer), 409);
    }
    case 'unknown':
      return refuse(context, NOT_FOUND, 404);
    case 'too-many-attempts':
      context.header('Retry-After', '60');
      return refuse(context, MESSAGES.tooManyGuesses, 429);
  }
}

async function requestsPage(deps: ShownDeps, context: PageContext, reader: Reader, answer?: Answer) {
  const { language } = reader;
  const { employeeId, csrfToken } = context.get('signedIn');
  const { requests, next } = await listRequests(deps, employeeId, {
    limit: PAGE_SIZE,
    after: afterOf(context),
  });
  return ownPage({
    context,
    title: PLACE_NAMES.requests,
    language,
    children: (
      <FormToken.Provider value={csrfToken}>
        {answer === undefined ? null : (
          <Notice tone={answer.tone} title={say(answer.title, language)}>
            <p>{say(answer.text, language)}</p>
          </Notice>
        )}
        {requests.length === 0 ? (
          <p class="none">{say(LABELS.noRequests, language)}</p>
        ) : (
          <ul class="items">
            {requests.map((request) => (
              <Request request={request} now={deps.clock.now()} {...reader} />
            ))}
          </ul>
        )}
        <More context={context} language={language} next={next} />
      </FormToken.Provider>
    ),
  });
}

interface RequestProps extends Reader {
  readonly request: RequestProgress;
  readonly now: Date;
}

function Request({ request, now, ...reader }: RequestProps) {
  const { language, timeZone } = reader;
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
        <Urge request={request} now={now} {...reader} />
      </div>
    </li>
  );
}

/** Nothing to press as long as it would be refused, since they were urged a short time ago. */
function Urge({ request, now, language, timeZone }: RequestProps) {
  const wait = request.waitsFor.find(({ kind }) => kind === 'approval');
  if (wait === undefined) {
    return null;
  }
  const { urgedAt } = wait;
  // Working hours are never less than those of the clock: what is hidden would be refused.
  if (urgedAt !== undefined && now < clockHoursAfter(urgedAt, URGE_AGAIN_AFTER_HOURS)) {
    const at = formatInstant(urgedAt, language, timeZone);
    return <p class="by">{say(urgedText(at), language)}</p>;
  }
  return <UrgeForm request={request} language={language} />;
}

function urgedText(at: string): Text {
  return {
    en: `Urged ${at}; again after ${URGE_AGAIN_AFTER_HOURS} working hours`,
    zh: `已于 ${at} 催办，${URGE_AGAIN_AFTER_HOURS} 个工作小时后可再次催办`,
  };
}

function UrgeForm({ request, language }: { readonly request: RequestProgress; readonly language: Language }) {
  const { processId, title } = request;
  return (
    <form method="post" class="task">
      <TokenField />
      <button type="submit" name="urge" value={processId} aria-label={`${say(LABELS.urge, language)}: ${title}`}>
        {say(LABELS.urge, language)}
      </button>
    </form>
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
        <OutcomeTag outcome={outcome} language={language} />
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
