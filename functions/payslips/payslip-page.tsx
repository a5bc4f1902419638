/** An employee's own payslips: a list of months, one month, and their word on it. Nobody's id but the session's is ever asked for. */

import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import { MAX_BODY_BYTES } from '../approvals/decision-page.tsx';
import { MAX_COMMENT } from '../approvals/decision-page-parts.tsx';
import { MESSAGES } from '../approvals/decision-page-words.ts';
import type { Directory } from '../directory/port.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { say } from '../pages/language.ts';
import { type Message, messagePage, NOT_FOUND } from '../pages/message-page.tsx';
import { createPageApp, languageOf, otherLanguageQuery } from '../pages/page-app.ts';
import { PAYSLIPS_PATH, PLACE_NAMES } from '../pages/places.tsx';
import { readerOf } from '../pages/reader.ts';
import { periodSchema } from '../payroll/domain/period.ts';
import { openWaits } from '../process/domain/process.ts';
import { type ProcessDeps, readHead } from '../process/update-process.ts';
import { requireSignIn } from '../sign-in/require-sign-in.tsx';
import { ownPage } from '../worklist/frame.tsx';
import { answerPayslip } from './answer-payslip.ts';
import { type PayslipState, payslipId } from './domain/payslip-process.ts';
import { payslipDocument, type RefusedReason, type ShownPayslip } from './payslip-view.tsx';
import type { PayslipStore } from './port.ts';
import { type AnswerShown, LABELS } from './words.ts';

export interface PayslipPagesDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly payslips: PayslipStore;
  /** IANA zone in which instants are shown to those who have none of their own. */
  readonly timeZone: string;
}

type PageContext = Context<PageEnvironment>;

const formSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('confirmed'), revision: z.coerce.number().int().min(1) }),
  z.object({
    do: z.literal('disputed'),
    revision: z.coerce.number().int().min(1),
    reason: z.string().trim().max(MAX_COMMENT),
  }),
]);

/** `GET` of `/me/payslips` and `/me/payslips/:period`; `POST` of the latter. */
export function createPayslipPages(deps: PayslipPagesDeps): Hono<PageEnvironment> {
  const app = createPageApp();
  const month = `${PAYSLIPS_PATH}/:period` as const;
  app.use(month, bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => tell(context, MESSAGES.tooLong, 413) }));
  app.use(PAYSLIPS_PATH, requireSignIn(deps));
  app.use(month, requireSignIn(deps));
  app.get(PAYSLIPS_PATH, (context) => showMonths(deps, context));
  app.get(month, (context) => showMonth(deps, context, context.req.param('period'), {}));
  app.post(month, (context) => answer(deps, context, context.req.param('period')));
  return app;
}

async function showMonths(deps: PayslipPagesDeps, context: PageContext) {
  const { employeeId } = context.get('signedIn');
  const { language } = await readerOf(deps, context);
  const periods = await deps.payslips.periodsOf(employeeId);
  return context.html(
    ownPage({
      context,
      title: PLACE_NAMES.payslips,
      language,
      children:
        periods.length === 0 ? (
          <p class="none">{say(LABELS.none, language)}</p>
        ) : (
          <ul class="items">
            {periods.map((period) => (
              <li>
                <a href={`${PAYSLIPS_PATH}/${period}`}>{say(LABELS.payslipOf(period), language)}</a>
              </li>
            ))}
          </ul>
        ),
    }),
  );
}

interface Said {
  readonly result?: AnswerShown;
  /** A dispute whose reason is not taken: nothing was recorded. */
  readonly refusedReason?: RefusedReason;
}

async function showMonth(deps: PayslipPagesDeps, context: PageContext, period: string, said: Said) {
  const { employeeId, csrfToken } = context.get('signedIn');
  const reader = await readerOf(deps, context);
  const shown = periodSchema.safeParse(period).success ? await readPayslip(deps, employeeId, period) : undefined;
  if (shown === undefined) {
    return tell(context, NOT_FOUND, 404);
  }
  const document = payslipDocument({ context, csrfToken, ...reader, ...said, ...shown });
  return context.html(document, said.refusedReason === undefined ? 200 : 422);
}

/** What the employee can read now is what the process has published: neither is shown without the other. */
async function readPayslip(
  { store, payslips }: PayslipPagesDeps,
  employeeId: string,
  period: string,
): Promise<ShownPayslip | undefined> {
  const head = await readHead<PayslipState>(store, payslipId(period, employeeId));
  const kept = await payslips.find(employeeId, period);
  const published = head?.state.published;
  if (head === undefined || kept === undefined || published === undefined || published.version !== kept.version) {
    return undefined;
  }
  const [wait] = openWaits(head, 'payslip');
  return {
    payslip: kept.payslip,
    revision: published.revision,
    state: head.state,
    isEnded: head.status === 'ended',
    ...(wait === undefined ? {} : { deadline: wait.deadline }),
  };
}

async function answer(deps: PayslipPagesDeps, context: PageContext, period: string) {
  const { employeeId } = context.get('signedIn');
  const form = formSchema.safeParse(Object.fromEntries(new URLSearchParams(await context.req.text()))).data;
  if (form === undefined || !periodSchema.safeParse(period).success) {
    return tell(context, MESSAGES.badRequest, 403);
  }
  const reason = form.do === 'disputed' ? form.reason : '';
  const { do: word, revision } = form;
  const result = await answerPayslip(deps, { employeeId, period, revision, word, reason });
  switch (result) {
    case 'unknown':
      return tell(context, NOT_FOUND, 404);
    case 'reason-missing':
    case 'amount-named':
      return showMonth(deps, context, period, { refusedReason: { wrong: result, reason } });
    default:
      return showMonth(deps, context, period, { result });
  }
}

function tell(context: PageContext, message: Message, status: 403 | 404 | 413) {
  const language = languageOf(context);
  return context.html(messagePage(message, language, otherLanguageQuery(context, language)), status);
}
