/** What somebody asked for: how far it has come, who has it now, a button that urges them, and the ways to change and to withdraw it. */
import type { Context } from 'hono';
import { OPERATORS } from '../approvals/domain/plan.ts';
import { FormToken } from '../pages/form-token.tsx';
import { formatInstant } from '../pages/format.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { Notice } from '../pages/layout.tsx';
import { OutcomeTag } from '../pages/outcome-tag.tsx';
import { PLACE_NAMES, REQUESTS_PATH, resubmissionPath } from '../pages/places.tsx';
import { phaseText, waitText } from '../pages/words.ts';
import type { Clock } from '../runtime/ambient.ts';
import { earlyReturnPath } from './early-return-page.tsx';
import { EARLY_RETURN_LABELS } from './early-return-words.ts';
import { afterOf, More, ownPage } from './frame.tsx';
import { listRequests, type RequestDeps, type RequestProgress, type WaitsFor } from './list-requests.ts';
import { RESUBMISSION_LABELS } from './resubmission/words.ts';
import { Urge } from './urge-form.tsx';
import { withdrawalPath } from './withdrawal-page.tsx';
import { LABELS } from './words.ts';

/** Requests on one page: each is read from its process. */
const PAGE_SIZE = 20;

export interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

type PageContext = Context<PageEnvironment>;
type ShownDeps = RequestDeps & { readonly clock: Clock };

/** What was just done, or why not. */
export interface Answer {
  readonly tone: 'good' | 'wait';
  readonly title: Text;
  readonly text: Text;
}

/** The list, below what was just done, if anything; `?after=` shows a further page. */
export async function requestsPage(deps: ShownDeps, context: PageContext, reader: Reader, answer?: Answer) {
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
        {request.canResubmit ? <Change request={request} language={language} /> : null}
        <Urge request={request} now={now} {...reader} />
        {request.canShorten ? (
          <p class="apart">
            <a href={earlyReturnPath(processId)} aria-label={`${say(EARLY_RETURN_LABELS.shorten, language)}: ${title}`}>
              {say(EARLY_RETURN_LABELS.shorten, language)}
            </a>
          </p>
        ) : null}
        {request.canWithdraw ? (
          <p class="apart">
            <a href={withdrawalPath(processId)} aria-label={`${say(LABELS.withdraw, language)}: ${title}`}>
              {say(LABELS.withdraw, language)}
            </a>
          </p>
        ) : null}
      </div>
    </li>
  );
}

function Change({ request, language }: { readonly request: RequestProgress; readonly language: Language }) {
  const { processId, title } = request;
  const label = say(RESUBMISSION_LABELS.change, language);
  return (
    <>
      <p class="by">{say(RESUBMISSION_LABELS.changeHere, language)}</p>
      <p class="apart">
        <a href={resubmissionPath(processId)} aria-label={`${label}: ${title}`}>
          {label}
        </a>
      </p>
    </>
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
