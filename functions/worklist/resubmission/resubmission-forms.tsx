/** `?resubmit=` of one's own requests: the form that changes what came back, and what becomes of what it sends. */

import type { Context } from 'hono';
import { MESSAGES } from '../../approvals/decision-page-words.ts';
import { refuse } from '../../approvals/no-page.ts';
import type { UrgeDeps } from '../../approvals/urge-approval.ts';
import type { PageEnvironment } from '../../pages/http-api.ts';
import { NOT_FOUND } from '../../pages/message-page.tsx';
import { actOnce } from '../act-once.ts';
import { type Reader, requestsPage } from '../my-requests-page.tsx';
import { answerNotDone } from '../own-request-answers.ts';
import { resubmitOwnRequest } from '../own-request-commands.ts';
import { askToResubmit, type ResubmissionQuestion, withinDocument } from './ask-to-resubmit.ts';
import { keyOfForm, readDocument, versionIn } from './read-form.ts';
import { resubmissionPage } from './resubmission-page.tsx';
import { RESUBMISSION_LABELS, SENT } from './words.ts';

type PageContext = Context<PageEnvironment>;

export interface ResubmissionFormDeps extends UrgeDeps {
  /** The company's own. */
  readonly currency: string;
}

/** Looking changes nothing. */
export async function askToChange(
  deps: ResubmissionFormDeps,
  context: PageContext,
  reader: Reader,
  processId: string,
): Promise<Response> {
  const { employeeId: by } = context.get('signedIn');
  const question = await askToResubmit(deps, { processId, by });
  return question === undefined
    ? refuse(context, NOT_FOUND, 404)
    : context.html(resubmissionPage(shownWith(deps, { context, reader, processId, question })));
}

/** As an event of the OA or a call of the API would; what is wrong on sight is answered beside its field, with all that was written. */
export async function sendChanged(
  deps: ResubmissionFormDeps,
  context: PageContext,
  reader: Reader,
  { processId, sent }: { readonly processId: string; readonly sent: URLSearchParams },
): Promise<Response> {
  const { employeeId: by } = context.get('signedIn');
  const question = await askToResubmit(deps, { processId, by });
  // Whose request it is not is told so by the use-case, which records it.
  const filed = question === undefined ? {} : readDocument(question.form.form, sent);
  if (filed === undefined || filed === 'too-large') {
    return filed === undefined ? refuse(context, MESSAGES.badRequest, 403) : refuse(context, MESSAGES.tooLong, 413);
  }
  const issues = (await question?.form.issuesOf(deps.directory, filed, by)) ?? [];
  const replacesVersion = versionIn(sent);
  const action = { kind: 'resubmission', processId, replacesVersion, document: filed };
  const once = actOnce<'taken'>(deps, { employeeId: by, key: keyOfForm(sent), action });
  const own = { processId, by, replacesVersion, filed, issues, via: 'signed-in', once } as const;
  const result = await resubmitOwnRequest(deps, own);
  if (result === 'taken') {
    return context.html(await requestsPage(deps, context, reader, { tone: 'good', ...SENT }));
  }
  if (typeof result === 'object' && result.refusal === 'incomplete' && question !== undefined) {
    const written = { document: filed, issues: issues.map(withinDocument) };
    const shown = shownWith(deps, { context, reader, processId, question });
    return context.html(resubmissionPage({ ...shown, written }), 422);
  }
  return answerNotDone(deps, context, reader, { title: RESUBMISSION_LABELS.notSent, result });
}

interface Shown {
  readonly context: PageContext;
  readonly reader: Reader;
  readonly processId: string;
  readonly question: ResubmissionQuestion;
}

function shownWith({ randomness }: ResubmissionFormDeps, { reader, ...shown }: Shown) {
  return { ...shown, ...reader, form: shown.question.form.form, formKey: randomness.uuid() };
}
