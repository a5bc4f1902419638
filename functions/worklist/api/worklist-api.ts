/**
 * The API for an OA's own task list: what somebody is asked, what they do about it, what they asked for, and who stands in
 * for them. The caller is whoever the token names, which API Gateway has checked: the identity provider's ID token, by
 * which people sign in.
 */

import type { Hono } from 'hono';
import type { DecidingDeps } from '../../approvals/decision-deps.ts';
import type { GuessDeps } from '../../approvals/guesses.ts';
import type { UrgeDeps } from '../../approvals/urge-approval.ts';
import { endAbsence, listOwnAbsences, nameOwnSubstitute } from './absences.ts';
import { type ApiDeps, createApiApp, limitedTo } from './api-app.ts';
import { type ApiEnvironment, taskOf } from './caller.ts';
import { comeBackEarlier, listOwnRequests, resubmit, urge, withdraw } from './requests.ts';
import { askForReceiptUpload, askForUpload, giveFile, listFiles, type TaskFilesDeps } from './task-files.ts';
import { actOnTask, listOwnCopies, listOwnDecided, listOwnTasks, readTask } from './tasks.ts';
import { giveTimeline } from './timeline.ts';

export interface WorklistApiDeps extends ApiDeps, TaskFilesDeps, UrgeDeps, GuessDeps {
  readonly policies: DecidingDeps['policies'];
  /** IANA zone of those who have none of their own. */
  readonly timeZone: string;
}

/** An action with the longest comment in Chinese, escaped. */
const MAX_ACTION_BYTES = 16_384;
/** As much as the webhook takes. */
const MAX_DOCUMENT_BYTES = 200_000;
const TASK = '/api/v1/tasks/:processId/:approvalId' as const;
const REQUEST = '/api/v1/requests/:processId' as const;

/** Its operations are those of `docs/openapi.json` but for the administrators' own. */
export function createWorklistApi(deps: WorklistApiDeps): Hono<ApiEnvironment> {
  const app = createApiApp(deps);
  const small = limitedTo(MAX_ACTION_BYTES);
  app.get('/api/v1/tasks', (context) => listOwnTasks(deps, context));
  app.get(TASK, (context) => readTask(deps, context, taskOf(context, context.req.param())));
  app.post(`${TASK}/actions`, small, (context) => actOnTask(deps, context, taskOf(context, context.req.param())));
  app.get(`${TASK}/files`, (context) => listFiles(deps, context, taskOf(context, context.req.param())));
  app.post(`${TASK}/files`, (context) => askForUpload(deps, context, taskOf(context, context.req.param())));
  app.get(`${TASK}/files/:fileId`, (context) => {
    const { fileId, ...task } = context.req.param();
    return giveFile(deps, context, taskOf(context, task), fileId);
  });
  app.post('/api/v1/receipt-files', (context) => askForReceiptUpload(deps, context));
  app.get('/api/v1/decided', (context) => listOwnDecided(deps, context));
  app.get('/api/v1/copies', (context) => listOwnCopies(deps, context));
  app.get('/api/v1/requests', (context) => listOwnRequests(deps, context));
  app.get(`${REQUEST}/timeline`, (context) => giveTimeline(deps, context, context.req.param('processId')));
  app.post(`${REQUEST}/urge`, (context) => urge(deps, context, context.req.param('processId')));
  app.post(`${REQUEST}/withdrawal`, small, (context) => withdraw(deps, context, context.req.param('processId')));
  app.post(`${REQUEST}/resubmission`, limitedTo(MAX_DOCUMENT_BYTES), (context) =>
    resubmit(deps, context, context.req.param('processId')),
  );
  app.post(`${REQUEST}/early-return`, small, (context) =>
    comeBackEarlier(deps, context, context.req.param('processId')),
  );
  app.get('/api/v1/absences', (context) => listOwnAbsences(deps, context));
  app.post('/api/v1/absences', small, (context) => nameOwnSubstitute(deps, context));
  app.post('/api/v1/absences/:absenceId/end', (context) => endAbsence(deps, context, context.req.param('absenceId')));
  return app;
}
