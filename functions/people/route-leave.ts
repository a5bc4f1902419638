/** Fixes who decides on a leave request, or about a step of it that failed, and what they are shown. */
import { type AskInput, askQuestion, type Question } from '../approvals/ask-question.ts';
import { choicesOf } from '../approvals/domain/chosen.ts';
import type { DecisionDocument } from '../approvals/domain/plan.ts';
import { planApproval } from '../approvals/plan-approval.ts';
import type { Directory } from '../directory/port.ts';
import type { Policies } from '../policy/port.ts';
import { versionOf } from '../process/domain/process.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { CompanyFacts } from '../requests/company.ts';
import { failureDocument, failureEntry, type StepFailure } from '../requests/domain/step-failure.ts';
import { returnWrongChoice } from '../requests/return-request.ts';
import { earlyReturnDocument, leaveAbout, leaveDocument, leaveFailureActions } from './domain/leave-document.ts';
import { LEAVE, LEAVE_KIND, type LeaveHead, type LeaveRequestState } from './domain/leave-process.ts';
import { leaveScope } from './domain/leave-scope.ts';

export interface RouteLeaveDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
}

export interface RouteLeaveInput extends AskInput {
  readonly subject: 'leave' | 'operator';
  /** With subject `operator`. */
  readonly failure?: StepFailure;
}

/**
 * Idempotent per `stepId`.
 * @throws BusinessRuleError `no-approval-rule` or `no-approver`: nobody may decide, which is never an approval.
 * @throws ResubmissionRefusedError where whom the request names can decide no more: it went back to the requester.
 */
export async function routeLeave(deps: RouteLeaveDeps, input: RouteLeaveInput): Promise<{ approvalId: string }> {
  try {
    return await askQuestion<LeaveRequestState>(deps, input, (head, id) => questionOf(deps, head, input, id));
  } catch (error) {
    return returnWrongChoice(deps, LEAVE, input.processId, error);
  }
}

async function questionOf(
  deps: RouteLeaveDeps,
  head: LeaveHead,
  { subject, failure }: RouteLeaveInput,
  approvalId: string,
): Promise<Question<LeaveRequestState>> {
  const plan = await planApproval(
    {
      approvalId,
      subject,
      documentVersion: versionOf(head),
      requesterId: head.requesterId,
      // A leave costs nothing that limits could compare; its length is in the document.
      amount: '0',
      costCentre: '',
      scope: leaveScope(head.state.leave?.kind, deps.company.currency),
      excluded: [],
      document: await documentFor(deps, head, failure),
      ...choicesOf(head.state.leave),
    },
    deps,
  );
  if (failure === undefined) {
    const { shortening } = head.state;
    const asked =
      shortening === undefined ? {} : { state: { ...head.state, shortening: { ...shortening, approvalId } } };
    return { plan, phase: 'Leave approval', ...asked };
  }
  const offered: readonly string[] = leaveFailureActions(failure.step);
  return {
    plan: { ...plan, actions: plan.actions.filter(({ action }) => offered.includes(action)) },
    phase: 'Waiting for an operator',
    entries: [failureEntry(LEAVE_KIND, failure)],
  };
}

async function documentFor(
  { directory, company }: RouteLeaveDeps,
  head: LeaveHead,
  failure: StepFailure | undefined,
): Promise<DecisionDocument> {
  const { leave } = head.state;
  const nameOf = async (id: string) => (await directory.person(id))?.name ?? id;
  const requesterName = await nameOf(head.requesterId);
  if (failure !== undefined) {
    return failureDocument(failure, leaveAbout(head, requesterName, company.currency));
  }
  const { shortening } = head.state;
  if (shortening !== undefined) {
    return earlyReturnDocument(head, shortening, { requesterName, currency: company.currency });
  }
  const substituteName = leave?.substituteId === undefined ? '' : await nameOf(leave.substituteId);
  return leaveDocument(head, { requesterName, substituteName, currency: company.currency });
}
