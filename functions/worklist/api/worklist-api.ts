/**
 * The API for an OA's own task list: what somebody is asked, what they do about it, and what they asked for. The caller is
 * whoever the token names, which API Gateway has checked: the identity provider's ID token, by which people sign in.
 */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type * as z from 'zod';
import { actInPerson, type PersonalResult, type PersonalTask, viewInPerson } from '../../approvals/act-in-person.ts';
import type { AttemptResult } from '../../approvals/act-on-approval.ts';
import { listTasks } from '../../approvals/task-list.ts';
import { URGE_REFUSALS, type UrgeDeps, type UrgeResult } from '../../approvals/urge-approval.ts';
import type { DecisionView } from '../../approvals/view-decision.ts';
import { BusinessRuleError, ConcurrencyError } from '../../runtime/errors.ts';
import { actOnce, KEY_REUSED } from '../act-once.ts';
import { listCopies } from '../list-copies.ts';
import { listRequests } from '../list-requests.ts';
import { urgeOwnRequest } from '../urge-own-request.ts';
import { type ApiContext, type ApiEnvironment, callerOf, taskOf } from './caller.ts';
import { invalid, problem, refused } from './problems.ts';
import * as contract from './schemas.ts';
import { askForReceiptUpload, askForUpload, giveFile, listFiles, type TaskFilesDeps } from './task-files.ts';

export interface WorklistApiDeps extends TaskFilesDeps, UrgeDeps {
  /** Told of what failed. */
  readonly log: (message: string, facts: { readonly [name: string]: string }) => void;
}

/** An action with the longest comment in Chinese, escaped. */
const MAX_BODY_BYTES = 16_384;
const TASK = '/api/v1/tasks/:processId/:approvalId' as const;

/**
 * `GET /api/v1/tasks`, a task, its `/files` and one of them, `/api/v1/copies`, `/api/v1/requests`; `POST` of a task's `/actions` and `/files`, and
 * of a request's `/urge`, and of `/api/v1/receipt-files`.
 */
export function createWorklistApi(deps: WorklistApiDeps): Hono<ApiEnvironment> {
  const app = new Hono<ApiEnvironment>();
  app.use(async (context, next) => {
    await next();
    context.res.headers.set('Cache-Control', 'no-store');
    context.res.headers.set('X-Content-Type-Options', 'nosniff');
  });
  app.use('/api/v1/*', async (context, next) => {
    const caller = await callerOf(deps.directory, context.env.claims);
    if (caller === undefined) {
      return problem(context, 'unknown-caller');
    }
    context.set('caller', caller);
    await next();
  });
  app.get('/api/v1/tasks', (context) => tasks(deps, context));
  app.get(TASK, (context) => task(deps, context, taskOf(context, context.req.param())));
  app.post(
    `${TASK}/actions`,
    bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => problem(context, 'too-large') }),
    (context) => act(deps, context, taskOf(context, context.req.param())),
  );
  app.get(`${TASK}/files`, (context) => listFiles(deps, context, taskOf(context, context.req.param())));
  app.post(`${TASK}/files`, (context) => askForUpload(deps, context, taskOf(context, context.req.param())));
  app.get(`${TASK}/files/:fileId`, (context) => {
    const { fileId, ...task } = context.req.param();
    return giveFile(deps, context, taskOf(context, task), fileId);
  });
  app.post('/api/v1/receipt-files', (context) => askForReceiptUpload(deps, context));
  app.get('/api/v1/copies', (context) => copies(deps, context));
  app.get('/api/v1/requests', (context) => requests(deps, context));
  app.post('/api/v1/requests/:processId/urge', (context) => urge(deps, context, context.req.param('processId')));
  app.notFound((context) => problem(context, 'not-found'));
  app.onError((error, context) => failed(deps, context, error));
  return app;
}

async function tasks(deps: WorklistApiDeps, context: ApiContext) {
  const query = contract.tasksQuery.safeParse(context.req.query());
  return query.success
    ? context.json(contract.taskList.parse(await listTasks(deps.store, context.get('caller'), query.data)))
    : invalid(context, query.error);
}

async function copies(deps: WorklistApiDeps, context: ApiContext) {
  const query = contract.copiesQuery.safeParse(context.req.query());
  return query.success
    ? context.json(contract.copyList.parse(await listCopies(deps, context.get('caller'), query.data)))
    : invalid(context, query.error);
}

async function requests(deps: WorklistApiDeps, context: ApiContext) {
  const query = contract.requestsQuery.safeParse(context.req.query());
  return query.success
    ? context.json(contract.requestList.parse(await listRequests(deps, context.get('caller'), query.data)))
    : invalid(context, query.error);
}

async function task(deps: WorklistApiDeps, context: ApiContext, asked: PersonalTask) {
  const query = contract.taskQuery.safeParse(context.req.query());
  if (!query.success) {
    return invalid(context, query.error);
  }
  const view = await viewInPerson(deps, asked, query.data.level);
  return view === undefined ? problem(context, 'not-found') : context.json(taskAnswer(view));
}

async function act(deps: WorklistApiDeps, context: ApiContext, asked: PersonalTask) {
  const key = keyOf(context);
  if (key instanceof Response) {
    return key;
  }
  const action = contract.action.safeParse(await context.req.json().catch(() => undefined));
  if (!action.success) {
    return invalid(context, action.error);
  }
  const { level, round, documentVersion, ...wish } = action.data;
  const { employeeId } = asked;
  const once = actOnce<AttemptResult>(deps, { employeeId, key, action: { ...asked, ...action.data } });
  return answer(context, await actInPerson(deps, asked, { level, round, documentVersion }, wish, once));
}

/** The key that the caller chose for an action, or what is wrong with it. */
function keyOf(context: ApiContext): string | Response {
  const header = context.req.header('idempotency-key');
  if (header === undefined) {
    return problem(context, 'idempotency-key-missing');
  }
  const key = contract.idempotencyKey.safeParse(header);
  return key.success ? key.data : invalid(context, key.error);
}

async function urge(deps: WorklistApiDeps, context: ApiContext, processId: string) {
  const key = keyOf(context);
  if (key instanceof Response) {
    return key;
  }
  const by = context.get('caller');
  const once = actOnce<UrgeResult>(deps, { employeeId: by, key, action: { kind: 'urge', processId } });
  const result = await urgeOwnRequest(deps, { processId, by, via: 'api', once });
  switch (result) {
    case 'urged':
      return context.json(contract.urgeResult.parse({ result }));
    case 'urged-already':
      return refused(context, result, URGE_REFUSALS[result].en);
    case 'nobody-asked':
      return problem(context, result);
    case 'unknown':
      return problem(context, 'not-found');
    case 'too-many-attempts':
      return tooManyAttempts(context);
  }
}

function tooManyAttempts(context: ApiContext) {
  context.header('Retry-After', '60');
  return problem(context, 'too-many-attempts');
}

function answer(context: ApiContext, result: PersonalResult) {
  switch (result.kind) {
    case 'unknown':
      return problem(context, 'not-found');
    case 'too-many-attempts':
      return tooManyAttempts(context);
    case 'refused':
      return refused(context, result.refusal, result.message);
    case 'decided': {
      const { action, outcome, view } = result;
      return context.json(actionAnswer({ result: 'decided', action, outcome, task: taskAnswer(view) }));
    }
    case 'done':
      return context.json(actionAnswer({ result: 'done', kind: result.task, task: taskAnswer(result.view) }));
  }
}

function actionAnswer(result: z.input<typeof contract.actionResult>) {
  return contract.actionResult.parse(result);
}

/** The page's view of a task, in the contract's words. */
function taskAnswer(view: DecisionView): z.infer<typeof contract.task> {
  const { processId, approvalId, level, round, documentVersion } = view.link;
  return contract.task.parse({
    ...view,
    processId,
    approvalId,
    level,
    round,
    documentVersion,
    decisions: view.offered,
    actions: actionsOf(view),
    removableSigners: view.tasks.removable,
    earlierLevels: view.tasks.earlierLevels,
  });
}

function actionsOf({ tasks: { kinds, removable, earlierLevels } }: DecisionView): readonly string[] {
  return [
    ...kinds,
    ...(removable.length === 0 ? [] : ['remove-signer']),
    ...(earlierLevels.length === 0 ? [] : ['return-to-level']),
  ];
}

function failed(deps: WorklistApiDeps, context: ApiContext, error: Error): Response {
  if (error instanceof BusinessRuleError && error.rule === KEY_REUSED) {
    return problem(context, KEY_REUSED, { detail: error.message });
  }
  if (error instanceof ConcurrencyError) {
    context.header('Retry-After', '1');
    return problem(context, 'busy');
  }
  deps.log('API failed', { name: error.name, reason: error.message });
  return problem(context, 'failed');
}
