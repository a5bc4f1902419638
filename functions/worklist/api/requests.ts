/** What the caller asked for, and what they say about it: urge, withdraw, send again, come back earlier. */
import type { GuessDeps } from '../../approvals/guesses.ts';
import { URGE_REFUSALS, type UrgeDeps, type UrgeResult } from '../../approvals/urge-approval.ts';
import { nestingOf } from '../../intake/domain/nesting.ts';
import { filedSchema } from '../../requests/domain/request.ts';
import { actOnce } from '../act-once.ts';
import { listRequests } from '../list-requests.ts';
import { shortenOwnLeave } from '../own-leave-commands.ts';
import { resubmitOwnRequest, withdrawOwnRequest } from '../own-request-commands.ts';
import { urgeOwnRequest } from '../urge-own-request.ts';
import type { ApiContext } from './caller.ts';
import { bodyOf, keyOf, tooManyAttempts } from './parts.ts';
import { declined, invalid, problem, refused } from './problems.ts';
import * as contract from './schemas.ts';

/** As the webhook takes them. */
const MAX_NESTING = 32;

export async function listOwnRequests(deps: UrgeDeps, context: ApiContext): Promise<Response> {
  const query = contract.requestsQuery.safeParse(context.req.query());
  return query.success
    ? context.json(contract.requestList.parse(await listRequests(deps, context.get('caller'), query.data)))
    : invalid(context, query.error);
}

export async function urge(deps: UrgeDeps, context: ApiContext, processId: string): Promise<Response> {
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
    default:
      return notFound(context, result);
  }
}

/** Needs no key: a request is withdrawn once, and whoever says it again gets the same answer. */
export async function withdraw(deps: UrgeDeps, context: ApiContext, processId: string): Promise<Response> {
  const body = await bodyOf(context, contract.withdrawal);
  if (body instanceof Response) {
    return body;
  }
  const result = await withdrawOwnRequest(deps, {
    processId,
    by: context.get('caller'),
    reason: body.reason,
    via: 'api',
  });
  if (result === 'withdrawn') {
    return context.json(contract.withdrawalResult.parse({ result }));
  }
  return typeof result === 'object'
    ? declined(context, result, 'The request cannot be withdrawn')
    : notFound(context, result);
}

export async function resubmit(deps: UrgeDeps, context: ApiContext, processId: string): Promise<Response> {
  const key = keyOf(context);
  if (key instanceof Response) {
    return key;
  }
  if (nestingOf(await context.req.text()) > MAX_NESTING) {
    return problem(context, 'invalid-request', { detail: `the body is nested more than ${MAX_NESTING} times` });
  }
  const body = await bodyOf(context, contract.resubmission);
  if (body instanceof Response) {
    return body;
  }
  const { replacesVersion, document } = body;
  const by = context.get('caller');
  const action = { kind: 'resubmission', processId, replacesVersion, document };
  const once = actOnce<'taken'>(deps, { employeeId: by, key, action });
  const sent = { processId, by, replacesVersion, filed: filedSchema.parse(document), via: 'api', once } as const;
  const result = await resubmitOwnRequest(deps, sent);
  if (result === 'taken') {
    return context.json(contract.resubmissionResult.parse({ result }));
  }
  return typeof result === 'object'
    ? declined(context, result, 'What was sent is not taken')
    : notFound(context, result);
}

/** @param deps.timeZone - of the company's days */
export async function comeBackEarlier(
  deps: UrgeDeps & GuessDeps & { readonly timeZone: string },
  context: ApiContext,
  processId: string,
): Promise<Response> {
  const key = keyOf(context);
  if (key instanceof Response) {
    return key;
  }
  const said = await bodyOf(context, contract.earlyReturn);
  if (said instanceof Response) {
    return said;
  }
  const by = context.get('caller');
  const action = { kind: 'early-return', processId, ...said };
  const once = actOnce<'taken'>(deps, { employeeId: by, key, action });
  const result = await shortenOwnLeave(deps, { processId, by, via: 'api', ...said, to: said.to ?? '', once });
  if (result === 'taken') {
    return context.json(contract.earlyReturnResult.parse({ result }));
  }
  return typeof result === 'object'
    ? declined(context, result, 'The leave does not end earlier')
    : notFound(context, result);
}

function notFound(context: ApiContext, result: 'unknown' | 'too-many-attempts'): Response {
  return result === 'unknown' ? problem(context, 'not-found') : tooManyAttempts(context);
}
