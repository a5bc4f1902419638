/** What the caller is asked, what they do about it and decided, and what others let them know of. */
import type * as z from 'zod';
import { actInPerson, type PersonalResult, type PersonalTask, viewInPerson } from '../../approvals/act-in-person.ts';
import type { AttemptResult } from '../../approvals/act-on-approval.ts';
import type { DecidingDeps, DecisionDeps } from '../../approvals/decision-deps.ts';
import { listStandInTasks } from '../../approvals/stand-in.ts';
import { listTasks, type TaskQuery } from '../../approvals/task-list.ts';
import type { DecisionView } from '../../approvals/view-decision.ts';
import { actOnce } from '../act-once.ts';
import { listCopies } from '../list-copies.ts';
import { listDecided } from '../list-decided.ts';
import type { ApiContext } from './caller.ts';
import { bodyOf, keyOf, tooManyAttempts } from './parts.ts';
import { invalid, problem, refused } from './problems.ts';
import * as contract from './schemas.ts';

/** With the first page, what the caller may take over from those who are away. */
export async function listOwnTasks(deps: DecisionDeps, context: ApiContext): Promise<Response> {
  const query = contract.tasksQuery.safeParse(context.req.query());
  if (!query.success) {
    return invalid(context, query.error);
  }
  const [page, standIns] = await Promise.all([
    listTasks(deps.store, context.get('caller'), query.data),
    standInTasks(deps, context.get('caller'), query.data),
  ]);
  return context.json(contract.taskList.parse({ ...page, ...standIns }));
}

async function standInTasks(deps: DecisionDeps, caller: string, { after, ...query }: TaskQuery) {
  const found = after === undefined ? await listStandInTasks(deps, caller, query) : [];
  return found.length === 0
    ? {}
    : { standIns: found.map(({ task, name }) => ({ ...task, away: { employeeId: task.employeeId, name } })) };
}

export async function listOwnCopies(deps: DecisionDeps, context: ApiContext): Promise<Response> {
  const query = contract.copiesQuery.safeParse(context.req.query());
  return query.success
    ? context.json(contract.copyList.parse(await listCopies(deps, context.get('caller'), query.data)))
    : invalid(context, query.error);
}

export async function listOwnDecided(deps: DecisionDeps, context: ApiContext): Promise<Response> {
  const query = contract.decidedQuery.safeParse(context.req.query());
  return query.success
    ? context.json(contract.decidedList.parse(await listDecided(deps, context.get('caller'), query.data)))
    : invalid(context, query.error);
}

export async function readTask(deps: DecisionDeps, context: ApiContext, asked: PersonalTask): Promise<Response> {
  const query = contract.taskQuery.safeParse(context.req.query());
  if (!query.success) {
    return invalid(context, query.error);
  }
  const view = await viewInPerson(deps, asked, query.data.level);
  return view === undefined ? problem(context, 'not-found') : context.json(taskAnswer(view));
}

export async function actOnTask(deps: DecidingDeps, context: ApiContext, asked: PersonalTask): Promise<Response> {
  const key = keyOf(context);
  if (key instanceof Response) {
    return key;
  }
  const action = await bodyOf(context, contract.action);
  if (action instanceof Response) {
    return action;
  }
  const { level, round, documentVersion, ...wish } = action;
  const { employeeId } = asked;
  const once = actOnce<AttemptResult>(deps, { employeeId, key, action: { ...asked, ...action } });
  return answer(context, await actInPerson(deps, asked, { level, round, documentVersion }, wish, once));
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
