/** What the buttons of one's own requests do: urge those who have one now, withdraw it, send it again, and end a leave earlier. */

import type { Context } from 'hono';
import { MAX_COMMENT } from '../approvals/decision-page-parts.tsx';
import { MESSAGES } from '../approvals/decision-page-words.ts';
import { refuse } from '../approvals/no-page.ts';
import { URGE_REFUSALS, type UrgeDeps } from '../approvals/urge-approval.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { NOT_FOUND } from '../pages/message-page.tsx';
import { type EarlyReturnFormDeps, sendEarlyReturn } from './early-return-forms.tsx';
import { type Reader, requestsPage } from './my-requests-page.tsx';
import { answerNotDone } from './own-request-answers.ts';
import { askToWithdraw, withdrawOwnRequest } from './own-request-commands.ts';
import { sendChanged } from './resubmission/resubmission-forms.tsx';
import { urgeOwnRequest } from './urge-own-request.ts';
import { withdrawalPage } from './withdrawal-page.tsx';
import { LABELS, URGED, WITHDRAWN } from './words.ts';

type PageContext = Context<PageEnvironment>;

/** `?withdraw=` asks its requester whether they mean it. */
export async function askAboutWithdrawal(deps: UrgeDeps, context: PageContext, reader: Reader, processId: string) {
  const { employeeId: by } = context.get('signedIn');
  const question = await askToWithdraw(deps, { processId, by });
  return question === undefined
    ? refuse(context, NOT_FOUND, 404)
    : context.html(withdrawalPage({ context, language: reader.language, processId, question }));
}

/** The form names what is to be done, and about which request. */
export async function actOnOwnRequest(deps: EarlyReturnFormDeps, context: PageContext, reader: Reader) {
  const form = new URLSearchParams(await context.req.text());
  const changed = form.get('resubmit');
  if (changed !== null) {
    return sendChanged(deps, context, reader, { processId: changed, sent: form });
  }
  const shortened = form.get('shorten');
  if (shortened !== null) {
    return sendEarlyReturn(deps, context, reader, { processId: shortened, sent: form });
  }
  const withdrawn = form.get('withdraw');
  return withdrawn === null
    ? urge(deps, context, reader, form.get('urge') ?? '')
    : withdraw(deps, context, reader, { processId: withdrawn, reason: form.get('reason')?.trim() ?? '' });
}

async function urge(deps: UrgeDeps, context: PageContext, reader: Reader, processId: string) {
  const { employeeId: by } = context.get('signedIn');
  const result = await urgeOwnRequest(deps, { processId, by, via: 'signed-in' });
  if (result === 'urged') {
    return context.html(await requestsPage(deps, context, reader, { tone: 'good', ...URGED }));
  }
  const why = result === 'urged-already' || result === 'nobody-asked' ? { reason: URGE_REFUSALS[result] } : result;
  return answerNotDone(deps, context, reader, { title: LABELS.notUrged, result: why });
}

interface Withdrawal {
  readonly processId: string;
  readonly reason: string;
}

async function withdraw(deps: UrgeDeps, context: PageContext, reader: Reader, { processId, reason }: Withdrawal) {
  const { employeeId: by } = context.get('signedIn');
  if (reason.length > MAX_COMMENT) {
    return refuse(context, MESSAGES.tooLong, 413);
  }
  const question = reason === '' ? await askToWithdraw(deps, { processId, by }) : undefined;
  if (question !== undefined) {
    const { language } = reader;
    return context.html(withdrawalPage({ context, language, processId, question, isReasonMissing: true }), 422);
  }
  const result = await withdrawOwnRequest(deps, { processId, by, reason, via: 'signed-in' });
  return result === 'withdrawn'
    ? context.html(await requestsPage(deps, context, reader, { tone: 'good', ...WITHDRAWN }))
    : answerNotDone(deps, context, reader, { title: LABELS.notWithdrawn, result });
}
