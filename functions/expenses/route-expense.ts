/** Fixes who decides what about an expense claim, and what they are shown. */
import { type AskInput, askQuestion, type Question } from '../approvals/ask-question.ts';
import { choicesOf } from '../approvals/domain/chosen.ts';
import type { ApprovalSubject, DecisionDocument } from '../approvals/domain/plan.ts';
import { planApproval } from '../approvals/plan-approval.ts';
import type { Directory } from '../directory/port.ts';
import type { Policies } from '../policy/port.ts';
import { type Effect, versionOf } from '../process/domain/process.ts';
import { claimHistoryKey } from '../process/keys.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { CompanyFacts } from '../requests/company.ts';
import { failureEntry, type StepFailure } from '../requests/domain/step-failure.ts';
import { earlierRequests, type HistoryCheck, withEarlier } from '../requests/earlier-requests.ts';
import { returnWrongChoice } from '../requests/return-request.ts';
import { claimScope } from './domain/claim-scope.ts';
import { claimDocument, operatorDocument } from './domain/decision-document.ts';
import { EXPENSE, type ExpenseHead, type ExpenseState, NOTHING_CLAIMED } from './domain/expense.ts';
import { failureActions } from './domain/failure-actions.ts';
import { underReviewMessage } from './domain/messages.ts';

export interface RouteExpenseDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
}

export interface RouteExpenseInput extends AskInput {
  readonly subject: ExpenseSubject;
  /** With subject `operator`. */
  readonly failure?: StepFailure;
}

type ExpenseSubject = Extract<ApprovalSubject, 'expense' | 'expense-exception' | 'operator'>;

/**
 * Idempotent per `stepId`.
 * @throws BusinessRuleError `no-approval-rule` or `no-approver`: nobody may decide, which is never an approval.
 * @throws ResubmissionRefusedError where whom the claim names for its approval can decide no more: it went back to the
 *   employee.
 */
export async function routeExpense(deps: RouteExpenseDeps, input: RouteExpenseInput): Promise<{ approvalId: string }> {
  try {
    return await askQuestion<ExpenseState>(deps, input, (head, id) => questionOf(deps, head, input, id));
  } catch (error) {
    if (input.subject !== 'expense') {
      throw error;
    }
    return returnWrongChoice(deps, EXPENSE, input.processId, error);
  }
}

async function questionOf(
  deps: RouteExpenseDeps,
  head: ExpenseHead,
  input: RouteExpenseInput,
  approvalId: string,
): Promise<Question<ExpenseState>> {
  const { subject, failure } = input;
  const history = failure === undefined ? await earlierClaims(deps, head) : undefined;
  const planned = await planApproval(
    {
      approvalId,
      subject,
      documentVersion: versionOf(head),
      requesterId: head.requesterId,
      amount: subject === 'operator' ? '0' : (head.state.check?.baseTotal.amount ?? '0'),
      costCentre: head.state.claim?.costCentre ?? '',
      scope: claimScope(head.state.claim, deps.company.currency),
      excluded: [],
      document: await documentFor(deps, head, input),
      ...choicesOf(head.state.claim),
    },
    deps,
  );
  const plan = withEarlier(planned, history);
  const offered: readonly string[] | undefined =
    failure === undefined ? undefined : failureActions(failure.step, head.state);
  return {
    plan:
      offered === undefined
        ? plan
        : { ...plan, actions: plan.actions.filter(({ action }) => offered.includes(action)) },
    phase: PHASES[subject],
    entries: failure === undefined ? [] : [failureEntry(EXPENSE.kind, failure)],
    effects: newsOf(head, subject),
    also: history === undefined ? [] : [history.change],
  };
}

/** What the same employee claimed before. */
function earlierClaims(deps: RouteExpenseDeps, head: ExpenseHead): Promise<HistoryCheck> {
  const row = {
    of: 'claims' as const,
    key: claimHistoryKey(head.requesterId),
    kind: EXPENSE,
    numberOf: ({ entry }: ExpenseState) => entry?.entryNumber,
    nothing: NOTHING_CLAIMED,
  };
  const { currency } = deps.company;
  return earlierRequests(deps, row, head, head.state.check?.baseTotal ?? { amount: '0', currency });
}

/** Otherwise the OA hears of what people answer. */
function newsOf({ state: { check } }: ExpenseHead, subject: ExpenseSubject): readonly Effect[] {
  return subject === 'expense-exception' && check !== undefined
    ? [{ kind: 'tell-oa', message: underReviewMessage(check) }]
    : [];
}

async function documentFor(
  deps: RouteExpenseDeps,
  head: ExpenseHead,
  { failure }: RouteExpenseInput,
): Promise<DecisionDocument> {
  const requesterName = (await deps.directory.person(head.requesterId))?.name ?? head.requesterId;
  const shown = { state: head.state, requesterName, baseCurrency: deps.company.currency };
  return failure === undefined ? claimDocument(shown) : operatorDocument(shown, EXPENSE.titleOf(head), failure);
}

const PHASES: { readonly [subject in ExpenseSubject]: string } = {
  expense: 'Expense approval',
  'expense-exception': 'Expense review',
  operator: 'Waiting for an operator',
};
