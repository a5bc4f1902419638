/** The pages of compliance: the open cases, and one case with its evidence, its history and what can be done about it. */
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import type { GuessDeps } from '../approvals/guesses.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { messagePage, NOT_FOUND } from '../pages/message-page.tsx';
import { createPageApp, languageOf } from '../pages/page-app.ts';
import { COMPLIANCE_PATH } from '../pages/places.tsx';
import { requireSignIn, signInMessage } from '../sign-in/require-sign-in.tsx';
import type { SessionDeps } from '../sign-in/sessions.ts';
import { SIGN_IN_MESSAGES } from '../sign-in/sign-in-words.ts';
import { type CasePageDeps, casePage } from './case-page.tsx';
import { casesPage } from './cases-page.tsx';
import { assignCase, type CaseAnswer, type DecideCaseDeps, decideCase } from './decide-case.ts';
import { recordRefusedVisit } from './refused-visit.ts';

export interface CompliancePagesDeps extends SessionDeps, GuessDeps, DecideCaseDeps, CasePageDeps {
  /** Whoever holds one of them is of compliance. */
  readonly posts: readonly string[];
}

type PageContext = Context<PageEnvironment>;

const MAX_BODY_BYTES = 16_384;
/** As the form says. */
const MAX_REASON = 500;

const formSchema = z.discriminatedUnion('action', [
  z.object({ action: z.enum(['release', 'cancel', 'close']), reason: z.string().trim().max(MAX_REASON) }),
  z.object({ action: z.literal('assign'), to: z.string().trim().min(1).max(100) }),
]);
type SentForm = z.infer<typeof formSchema>;

/** `GET /compliance`, `GET` and `POST /compliance/:caseId`; to holders of a post of compliance only. */
export function createCompliancePages(deps: CompliancePagesDeps): Hono<PageEnvironment> {
  const app = createPageApp();
  app.use('*', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => context.body(null, 413) }));
  app.use(
    '*',
    requireSignIn(deps, (by, path) => recordRefusedVisit(deps, by, path, 'not-our-form')),
  );
  app.use('*', async (context, next) => {
    const { employeeId } = context.get('signedIn');
    if (await isOfCompliance(deps, employeeId)) {
      return next();
    }
    await recordRefusedVisit(deps, employeeId, context.req.path, 'not-your-role');
    return signInMessage(context, SIGN_IN_MESSAGES.notYourRole, 403);
  });
  app.get(COMPLIANCE_PATH, async (context) => context.html(await casesPage(deps, context)));
  app.get(`${COMPLIANCE_PATH}/:caseId`, (context) => show(deps, context, context.req.param('caseId')));
  app.post(`${COMPLIANCE_PATH}/:caseId`, async (context) => {
    const caseId = context.req.param('caseId');
    const form = formSchema.safeParse(Object.fromEntries(new URLSearchParams(await context.req.text()))).data;
    return form === undefined
      ? signInMessage(context, SIGN_IN_MESSAGES.notOurForm, 400)
      : show(deps, context, caseId, await carryOut(deps, caseId, context.get('signedIn').employeeId, form));
  });
  return app;
}

/** Whether somebody holds a post that owns cases. */
async function isOfCompliance({ directory, posts }: CompliancePagesDeps, employeeId: string): Promise<boolean> {
  const person = await directory.person(employeeId);
  return person?.active === true && person.posts.some((post) => posts.includes(post));
}

async function show(deps: CompliancePagesDeps, context: PageContext, caseId: string, answer?: CaseAnswer) {
  const page = await casePage(deps, context, caseId, answer);
  return page === undefined
    ? context.html(messagePage(NOT_FOUND, languageOf(context)), 404)
    : context.html(page, answer === undefined || answer === 'done' ? 200 : 400);
}

async function carryOut(deps: CompliancePagesDeps, caseId: string, by: string, form: SentForm): Promise<CaseAnswer> {
  if (form.action !== 'assign') {
    return decideCase(deps, { caseId, by, decision: form.action, reason: form.reason });
  }
  // Only to somebody who can open its page.
  const [to, ...others] = await deps.directory.find(form.to);
  const isFit = to !== undefined && others.length === 0 && (await isOfCompliance(deps, to.employeeId));
  return assignCase(deps, { caseId, by, to: isFit ? to.employeeId : '' });
}
