/** What is still to be decided of an approval is asked about anew: of the rules and the directory as they are now. */
import type { Directory } from '../directory/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { decideApproval } from './domain/approval.ts';
import type { ApprovalResult } from './domain/approval-events.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { peopleInvolved } from './domain/re-route.ts';
import { plainScope } from './domain/scope.ts';
import { isMoreThanAsked, judgedAs, type Together } from './domain/together.ts';
import { peopleToJudge } from './judged-people.ts';
import { type PlanApprovalDeps, planApproval } from './plan-approval.ts';

export interface RerouteOrder {
  /** Name of the operator, or what stands in their place; stands in the record for good. */
  readonly by: string;
  /** Which version of the directory the tasks follow. */
  readonly directoryVersion: number;
  /** Other purchases that it is judged together with from now on. Absent: it is about what it was. */
  readonly together?: Together;
}

/** @throws BusinessRuleError where nobody may decide any more: the task stays where it is. */
export async function planAnew(
  deps: PlanApprovalDeps & { readonly clock: Clock },
  approval: ApprovalState,
  { by, directoryVersion, together }: RerouteOrder,
): Promise<ApprovalResult> {
  const plan = isMoreThanAsked(approval.plan, together) ? judgedAs(approval.plan, together) : approval.plan;
  const { approvalId, subject, documentVersion, requesterId, amount, scope, excluded, document, choices, ownRules } =
    plan;
  const question = { approvalId, subject, documentVersion, requesterId, amount, excluded, document };
  const chosen = { ...(choices === undefined ? {} : { choices }), ...(ownRules === undefined ? {} : { ownRules }) };
  const costCentre = document.costCentre ?? '';
  const about = { costCentre, scope: scope ?? plainScope(document.currency) };
  const { levels, routing, linkLimit, ruledBy } = await planApproval({ ...question, ...chosen, ...about }, deps);
  const gone = await goneAmong(deps.directory, peopleInvolved(approval));
  const command = {
    kind: 're-route',
    levels,
    routing,
    linkLimit,
    ...(ruledBy === undefined ? {} : { ruledBy }),
    ...(together === undefined ? {} : { together }),
    directoryVersion,
    operator: by,
  } as const;
  // For another amount those who are asked may no longer be enough.
  const people = together === undefined ? {} : await peopleToJudge(deps.directory, approval);
  return decideApproval(approval, command, { now: deps.clock.now(), gone, ...people });
}

async function goneAmong(directory: Directory, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const people = await Promise.all(ids.map((id) => directory.person(id)));
  return new Set(ids.filter((_, index) => people[index]?.active !== true));
}
