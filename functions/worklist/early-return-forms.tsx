/** `?shorten=` of one's own requests: the form that ends a leave earlier, and what becomes of what it sends. */

import type { Context } from 'hono';
import * as z from 'zod';
import { MAX_COMMENT } from '../approvals/decision-page-parts.tsx';
import { MESSAGES } from '../approvals/decision-page-words.ts';
import { refuse } from '../approvals/no-page.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import type { Text } from '../pages/language.ts';
import { NOT_FOUND } from '../pages/message-page.tsx';
import { actOnce } from './act-once.ts';
import { earlyReturnPage, type WrittenReturn } from './early-return-page.tsx';
import { EARLY_RETURN_LABELS, SHORTENED } from './early-return-words.ts';
import { type Reader, requestsPage } from './my-requests-page.tsx';
import { askToShorten, type EarlyReturnQuestion, shortenOwnLeave } from './own-leave-commands.ts';
import { answerNotDone } from './own-request-answers.ts';
import { keyOfForm } from './resubmission/read-form.ts';
import type { ResubmissionFormDeps } from './resubmission/resubmission-forms.tsx';

type PageContext = Context<PageEnvironment>;

export interface EarlyReturnFormDeps extends ResubmissionFormDeps {
  /** IANA zone of the company's days. */
  readonly timeZone: string;
}

/** Looking changes nothing. */
export async function askAboutEarlyReturn(
  deps: EarlyReturnFormDeps,
  context: PageContext,
  reader: Reader,
  processId: string,
): Promise<Response> {
  const { employeeId: by } = context.get('signedIn');
  const question = await askToShorten(deps, { processId, by });
  const formKey = deps.randomness.uuid();
  return question === undefined
    ? refuse(context, NOT_FOUND, 404)
    : context.html(earlyReturnPage({ context, language: reader.language, processId, question, formKey }));
}

/** A day that cannot be taken is answered beside it, with all that was written. */
export async function sendEarlyReturn(
  deps: EarlyReturnFormDeps,
  context: PageContext,
  reader: Reader,
  { processId, sent }: { readonly processId: string; readonly sent: URLSearchParams },
): Promise<Response> {
  const { employeeId: by } = context.get('signedIn');
  const written = writtenIn(sent);
  if (written.reason.length > MAX_COMMENT) {
    return refuse(context, MESSAGES.tooLong, 413);
  }
  const question = await askToShorten(deps, { processId, by });
  // Where an earlier end can be named, the form is shown again.
  const open = question?.obstacle === undefined ? question : undefined;
  const isDate = z.iso.date().safeParse(written.to).success;
  if (open !== undefined && written.isNotTaken === isDate) {
    return again(
      { deps, context, reader, processId, question: open },
      { ...written, wrong: EARLY_RETURN_LABELS.toMissing },
    );
  }
  const said = { ...written, to: isDate ? written.to : '' };
  const once = actOnce<'taken'>(deps, {
    employeeId: by,
    key: keyOfForm(sent),
    action: { kind: 'early-return', processId, ...said },
  });
  const result = await shortenOwnLeave(deps, { processId, by, via: 'signed-in', ...said, once });
  if (result === 'taken') {
    return context.html(await requestsPage(deps, context, reader, { tone: 'good', ...SHORTENED }));
  }
  return typeof result === 'object' && open !== undefined
    ? again({ deps, context, reader, processId, question: open }, { ...written, wrong: result.reason })
    : answerNotDone(deps, context, reader, { title: EARLY_RETURN_LABELS.notShortened, result });
}

interface Shown {
  readonly deps: EarlyReturnFormDeps;
  readonly context: PageContext;
  readonly reader: Reader;
  readonly processId: string;
  readonly question: EarlyReturnQuestion;
}

function again(
  { deps, context, reader, processId, question }: Shown,
  written: WrittenReturn & { readonly wrong: Text },
) {
  const formKey = deps.randomness.uuid();
  const { language } = reader;
  return context.html(earlyReturnPage({ context, language, processId, question, formKey, written }), 422);
}

function writtenIn(sent: URLSearchParams): WrittenReturn {
  return {
    to: sent.get('to')?.trim() ?? '',
    endsAtNoon: sent.get('endsAtNoon') === 'yes',
    isNotTaken: sent.get('notTaken') === 'yes',
    reason: sent.get('reason')?.trim() ?? '',
  };
}
