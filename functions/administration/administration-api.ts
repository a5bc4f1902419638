/** What administrators do by the API: hand over what somebody has to decide, as on its page. */
import type { Hono } from 'hono';
import type { DecisionDeps } from '../approvals/decision-deps.ts';
import type { GuessDeps } from '../approvals/guesses.ts';
import { type ApprovalPlace, type HandOver, moveTasks, previewHandOver } from '../approvals/hand-over.ts';
import { type HandOverRun, orderHandOver, readHandOver, workHandOver } from '../approvals/hand-over-run.ts';
import type { Person } from '../directory/port.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type ApiDeps, createApiApp, limitedTo } from '../worklist/api/api-app.ts';
import type { ApiContext, ApiEnvironment } from '../worklist/api/caller.ts';
import { bodyOf } from '../worklist/api/parts.ts';
import { invalid, problem } from '../worklist/api/problems.ts';
import * as contract from '../worklist/api/schemas.ts';
import { type FormRefusal, recordRefusedForm } from './refused-form.ts';

export interface AdministrationApiDeps extends ApiDeps, DecisionDeps, GuessDeps {}

/** An order names twenty thousand approvals at most. */
const MAX_ORDER_BYTES = 4_000_000;
/** Of those that one call gives to an order of many; the rest is worked off behind it. */
const CALL_MS = 12_000;
const ADMINISTRATION_API = '/api/v1/people/';
const HAND_OVER = `${ADMINISTRATION_API}:employeeId/hand-over` as const;

/** `GET` shows what would move, or how far an order has come, `POST` moves what it names; to administrators only. What is refused of either is recorded. */
export function createAdministrationApi(deps: AdministrationApiDeps): Hono<ApiEnvironment> {
  const app = createApiApp(deps);
  app.use(`${ADMINISTRATION_API}*`, async (context, next) => {
    if (!context.get('roles').includes('administrator')) {
      deps.log('refused administration', { employeeId: context.get('caller'), path: context.req.path });
      await record(deps, context, 'not-your-role');
      return problem(context, 'not-your-role');
    }
    await next();
  });
  app.get(HAND_OVER, (context) => preview(deps, context, context.req.param('employeeId')));
  app.post(HAND_OVER, limitedTo(MAX_ORDER_BYTES), (context) => move(deps, context, context.req.param('employeeId')));
  return app;
}

/** One function for both: each knows its callers in its own way, by a token or by a session. */
export function byPath(api: Hono<ApiEnvironment>, pages: Hono<PageEnvironment>) {
  return {
    fetch: (request: Request, bindings: PageEnvironment['Bindings']) =>
      (new URL(request.url).pathname.startsWith('/api/') ? api : pages).fetch(request, bindings),
  };
}

/** Looks through all processes that run; writes nothing. */
async function preview(deps: AdministrationApiDeps, context: ApiContext, employeeId: string): Promise<Response> {
  const query = contract.handOverQuery.safeParse(context.req.query());
  if (!query.success) {
    return invalid(context, query.error);
  }
  const { to, run } = query.data;
  if (to === undefined) {
    const found = await readHandOver(deps.store, run ?? '');
    return found?.value.from === employeeId ? context.json(runAnswer(found.value)) : problem(context, 'not-found');
  }
  const people = await peopleOf(deps, context, { from: employeeId, to });
  if (people instanceof Response) {
    return people;
  }
  const moving = await previewHandOver(deps, orderOf(context, people));
  return context.json(
    contract.handOverPreview.parse({ from: named(people.from), to: named(people.to), moving: [...moving] }),
  );
}

/** Needs no key: what has moved is not the person's any more, and is answered as gone. */
async function move(deps: AdministrationApiDeps, context: ApiContext, employeeId: string): Promise<Response> {
  const order = await bodyOf(context, contract.handOverOrder);
  if (order instanceof Response) {
    await record(deps, context, 'bad-form');
    return order;
  }
  const people = await peopleOf(deps, context, { from: employeeId, to: order.to });
  if (people instanceof Response) {
    return people;
  }
  if (order.places.length > contract.MOST_MOVED) {
    const { runId } = await orderHandOver(deps, orderOf(context, people), order.places);
    const until = deps.clock.now().getTime() + CALL_MS;
    const run = await workHandOver(deps, runId, () => deps.clock.now().getTime() < until);
    return context.json(runAnswer(run), 202);
  }
  const found = await moveTasks(deps, orderOf(context, people), order.places);
  return context.json(
    contract.handOverResult.parse({
      moved: found.filter(({ refusal }) => refusal === undefined),
      refused: found.filter(({ refusal }) => refusal !== undefined),
      gone: order.places.filter((place) => !found.some((one) => isSame(one, place))),
    }),
  );
}

function runAnswer({ runId: run, ...more }: HandOverRun) {
  return contract.handOverRun.parse({ run, ...more });
}

interface People {
  readonly from: Person;
  readonly to: Person;
}

/** Both, or what is wrong with them. Whoever takes over may have left: each approval refuses that by name. */
async function peopleOf(
  deps: AdministrationApiDeps,
  context: ApiContext,
  ids: { readonly from: string; readonly to: string },
): Promise<People | Response> {
  const [from, to] = await Promise.all([deps.directory.person(ids.from), deps.directory.person(ids.to)]);
  if (from === undefined) {
    await record(deps, context, 'unknown-person', ids.to);
    return problem(context, 'not-found');
  }
  if (to === undefined || to.employeeId === from.employeeId) {
    await record(deps, context, to === undefined ? 'unknown-person' : 'same-person', ids.to);
    return problem(context, 'invalid-request', {
      errors: [{ field: 'to', problem: 'must be the employee id of somebody else whom the directory knows' }],
    });
  }
  return { from, to };
}

/** What would change something counts, not what only asks; of whoever is no administrator both. */
async function record(deps: AdministrationApiDeps, context: ApiContext, refusal: FormRefusal, to?: string) {
  if (context.req.method === 'POST' || refusal === 'not-your-role') {
    await recordRefusedForm(deps, { by: context.get('caller'), refusal, path: context.req.path, to });
  }
}

function orderOf(context: ApiContext, { from, to }: People): HandOver {
  return { from: from.employeeId, to: to.employeeId, by: context.get('caller'), isAdministrator: true };
}

function named({ employeeId, name }: Person) {
  return { employeeId, name };
}

function isSame(one: ApprovalPlace, other: ApprovalPlace): boolean {
  return one.processId === other.processId && one.approvalId === other.approvalId;
}
