/** Fixes who decides on an engineering change, or about a step of it that failed, and what they are shown. */
import { type AskInput, askQuestion, type Question } from '../approvals/ask-question.ts';
import { choicesOf } from '../approvals/domain/chosen.ts';
import { plainScope } from '../approvals/domain/scope.ts';
import { planApproval } from '../approvals/plan-approval.ts';
import type { Directory } from '../directory/port.ts';
import type { Policies } from '../policy/port.ts';
import { versionOf } from '../process/domain/process.ts';
import { changeHistoryKey } from '../process/keys.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { CompanyFacts } from '../requests/company.ts';
import { failureDocument, failureEntry, type StepFailure } from '../requests/domain/step-failure.ts';
import { earlierRequests, type HistoryCheck, withEarlier } from '../requests/earlier-requests.ts';
import { changeAbout, changeDocument, changeFailureActions } from './domain/change-document.ts';
import {
  CHANGE,
  CHANGE_KIND,
  type ChangeHead,
  type ChangeState,
  checkedChange,
  NOTHING_CHANGED,
} from './domain/change-process.ts';

export interface RouteChangeDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
}

export interface RouteChangeInput extends AskInput {
  readonly subject: 'engineering-change' | 'operator';
  /** With subject `operator`. */
  readonly failure?: StepFailure;
}

/**
 * Idempotent per `stepId`.
 * @throws BusinessRuleError `no-approval-rule` or `no-approver`: nobody may decide, which is never an approval.
 */
export function routeChange(deps: RouteChangeDeps, input: RouteChangeInput): Promise<{ approvalId: string }> {
  return askQuestion<ChangeState>(deps, input, (head, approvalId) => questionOf(deps, head, input, approvalId));
}

async function questionOf(
  deps: RouteChangeDeps,
  head: ChangeHead,
  { subject, failure }: RouteChangeInput,
  approvalId: string,
): Promise<Question<ChangeState>> {
  const { currency } = deps.company;
  const requesterName = (await deps.directory.person(head.requesterId))?.name ?? head.requesterId;
  const plan = await planApproval(
    {
      approvalId,
      subject,
      documentVersion: versionOf(head),
      requesterId: head.requesterId,
      amount: failure === undefined ? (head.state.checked?.atStake.amount ?? '0') : '0',
      costCentre: '',
      scope: plainScope(currency),
      excluded: [],
      document:
        failure === undefined
          ? changeDocument(head, { requesterName, currency })
          : failureDocument(failure, changeAbout(head, requesterName, currency)),
      ...choicesOf(head.state.change),
    },
    deps,
  );
  if (failure === undefined) {
    const history = await earlierChanges(deps, head);
    return { plan: withEarlier(plan, history), phase: 'Change approval', also: [history.change] };
  }
  const offered: readonly string[] = changeFailureActions(failure.step);
  return {
    plan: { ...plan, actions: plan.actions.filter(({ action }) => offered.includes(action)) },
    phase: 'Waiting for an operator',
    entries: [failureEntry(CHANGE_KIND, failure)],
  };
}

/** Which changes of the product's bill were asked for before, by anybody. */
function earlierChanges(deps: RouteChangeDeps, head: ChangeHead): Promise<HistoryCheck> {
  const { change, checked } = checkedChange(head.state);
  const row = {
    of: 'changes' as const,
    key: changeHistoryKey(change.productCode),
    kind: CHANGE,
    numberOf: ({ prepared }: ChangeState) => prepared?.bomId,
    nothing: NOTHING_CHANGED,
  };
  return earlierRequests(deps, row, head, checked.atStake);
}
