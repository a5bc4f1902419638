/** Fixes who decides what about a purchase, in which order, and what they are shown. */
import { listApprovals } from '../approvals/approval-store.ts';
import { type AskInput, askQuestion, type Question } from '../approvals/ask-question.ts';
import { choicesOf } from '../approvals/domain/chosen.ts';
import type { ApprovalPlan, ApprovalSubject, DecisionDocument } from '../approvals/domain/plan.ts';
import { judgedAs, splitFacts } from '../approvals/domain/together.ts';
import { planApproval } from '../approvals/plan-approval.ts';
import type { Directory } from '../directory/port.ts';
import { multiply, roundToCurrency } from '../money/money.ts';
import type { Policies } from '../policy/port.ts';
import { versionOf } from '../process/domain/process.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { CompanyFacts } from '../requests/company.ts';
import { failureEntry, type StepFailure } from '../requests/domain/step-failure.ts';
import { withEarlier } from '../requests/earlier-requests.ts';
import { readRequest } from '../requests/read-request.ts';
import { refuseRequest } from '../requests/refuse-request.ts';
import { returnWrongChoice } from '../requests/return-request.ts';
import { BusinessRuleError, ValidationError } from '../runtime/errors.ts';
import {
  mismatchDocument,
  operatorDocument,
  paymentDocument,
  requisitionDocument,
} from './domain/decision-document.ts';
import { failureActions } from './domain/failure-actions.ts';
import { orderApprovers } from './domain/order-approvers.ts';
import {
  duePayments,
  invoicesDigest,
  PROCESS_KIND,
  PURCHASE,
  type PurchaseHead,
  type PurchaseState,
  plannedTotal,
  receivedDigest,
} from './domain/purchase.ts';
import { purchaseScope } from './domain/purchase-scope.ts';
import { earlierPurchases } from './earlier-purchases.ts';
import { differencesOf, toleranceFor } from './match-invoices.ts';
import { releaseByRule } from './release-by-rule.ts';
import { checkSplit } from './split-purchases.ts';

export interface RouteDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
}

export interface RouteInput extends AskInput {
  readonly subject: PurchaseSubject;
  /** With subject `operator`. */
  readonly failure?: StepFailure;
}

type PurchaseSubject = Extract<ApprovalSubject, 'order' | 'payment' | 'invoice-mismatch' | 'operator'>;

/** `released`: the company's table lets the order go without anybody being asked. */
export type Routed = { readonly approvalId: string } | { readonly released: true };

/**
 * Idempotent per `stepId`.
 * @throws BusinessRuleError `no-approval-rule` or `no-approver`: nobody may decide, which is never an approval;
 *   `wrong-choice`, of anything but an order: whom the requisition names cannot decide.
 * @throws ValidationError where the requisition names for its order somebody who cannot decide: it is recorded, and the
 *   requester is told which field to correct. ResubmissionRefusedError likewise, where it was returned before: it goes back.
 */
export async function routeApproval(deps: RouteDeps, input: RouteInput): Promise<Routed> {
  try {
    if (input.subject === 'order' && (await releaseByRule(deps, input.processId))) {
      return { released: true };
    }
    return await askQuestion<PurchaseState>(deps, input, (head, id) => questionOf(deps, head, input, id));
  } catch (error) {
    const isWrongChoice = error instanceof BusinessRuleError && error.rule === 'wrong-choice';
    // Money has not been committed yet: the requester names somebody else. Later on an operator is asked.
    if (input.subject !== 'order' || !isWrongChoice || !(error.cause instanceof ValidationError)) {
      throw error;
    }
    const head = await readRequest<PurchaseState>(deps, input.processId);
    return versionOf(head) > 1
      ? returnWrongChoice(deps, PURCHASE, input.processId, error)
      : refuseRequest(deps, PURCHASE, input.processId, error.cause.issues);
  }
}

async function questionOf(
  deps: RouteDeps,
  head: PurchaseHead,
  input: RouteInput,
  approvalId: string,
): Promise<Question<PurchaseState>> {
  const { subject, failure } = input;
  const amount = amountOf(deps, head, subject);
  const split = subject === 'order' ? await checkSplit(deps, head, amount) : undefined;
  const isAsked = subject === 'order' || subject === 'payment';
  const history = isAsked ? await earlierPurchases(deps, head, { amount, currency: deps.company.currency }) : undefined;
  const together = split?.together;
  const planned = await planFor(deps, head, input, { approvalId, amount: together?.amount ?? amount });
  const plan = withEarlier(planned, history);
  const asksAboutInvoices = subject === 'payment' || subject === 'invoice-mismatch';
  return {
    plan: together === undefined ? plan : judgedAs(plan, together),
    phase: PHASES[subject],
    state: stateAsked(head.state, subject, approvalId),
    entries: failure === undefined ? [] : [failureEntry(PROCESS_KIND, failure)],
    facts: {
      ...(asksAboutInvoices ? { invoicesDigest: invoicesDigest(head.state) } : {}),
      ...(together === undefined ? {} : splitFacts(together, plan.document.baseCurrency)),
    },
    // A payment is of a purchase that is remembered since it was ordered.
    also: [split, subject === 'order' ? history : undefined].flatMap((one) => one?.change ?? []),
  };
}

/** Remembers which question is about which invoices. */
function stateAsked(state: PurchaseState, subject: PurchaseSubject, approvalId: string): PurchaseState {
  const digest = invoicesDigest(state);
  switch (subject) {
    case 'payment':
      return { ...state, paymentApproval: { approvalId, invoicesDigest: digest } };
    case 'invoice-mismatch': {
      const digests = { invoicesDigest: digest, receivedDigest: receivedDigest(state) };
      return { ...state, match: { result: 'mismatched', ...digests, approvalId } };
    }
    default:
      return state;
  }
}

async function planFor(
  deps: RouteDeps,
  head: PurchaseHead,
  input: RouteInput,
  { approvalId, amount }: Pick<ApprovalPlan, 'approvalId' | 'amount'>,
): Promise<ApprovalPlan> {
  const { state } = head;
  const plan = await planApproval(
    {
      approvalId,
      subject: input.subject,
      documentVersion: versionOf(head),
      requesterId: head.requesterId,
      amount,
      costCentre: state.requisition?.costCentre ?? '',
      scope: purchaseScope(state, deps.company.currency),
      excluded: input.subject === 'payment' ? orderApprovers(await listApprovals(deps.store, head.processId)) : [],
      document: await documentFor(deps, head, input),
      ...choicesOf(state.requisition),
    },
    deps,
  );
  const offered = await offeredActions(deps, state, input);
  return offered === undefined
    ? plan
    : { ...plan, actions: plan.actions.filter(({ action }) => offered.includes(action)) };
}

/** Undefined: all that the subject has. */
async function offeredActions(
  deps: RouteDeps,
  state: PurchaseState,
  { subject, failure }: RouteInput,
): Promise<readonly string[] | undefined> {
  if (failure !== undefined) {
    return failureActions(failure.step, state);
  }
  if (subject !== 'invoice-mismatch') {
    return undefined;
  }
  const differences = differencesOf(state, await toleranceFor(deps.policies, state));
  return differences.some(({ kind }) => kind === 'currency') ? ['correct', 'cancel'] : undefined;
}

/** In the company's currency. */
function amountOf(deps: RouteDeps, { state }: PurchaseHead, subject: PurchaseSubject): string {
  switch (subject) {
    case 'order':
      return state.enrichment?.baseTotal.amount ?? '0';
    case 'payment':
    case 'invoice-mismatch': {
      const total = plannedTotal(duePayments(state));
      return roundToCurrency(multiply(total, state.enrichment?.rate ?? '1'), deps.company.currency);
    }
    case 'operator':
      return '0';
  }
}

async function documentFor(deps: RouteDeps, head: PurchaseHead, input: RouteInput): Promise<DecisionDocument> {
  const requesterName = (await deps.directory.person(head.requesterId))?.name ?? head.requesterId;
  const shown = { state: head.state, requesterName, baseCurrency: deps.company.currency };
  switch (input.subject) {
    case 'order':
      return requisitionDocument(shown);
    case 'payment':
      return paymentDocument(shown);
    case 'invoice-mismatch':
      return mismatchDocument(shown, differencesOf(head.state, await toleranceFor(deps.policies, head.state)));
    case 'operator':
      return operatorDocument(shown, input.failure ?? { step: 'unknown', error: 'unknown', cause: '' });
  }
}

const PHASES: { readonly [subject in PurchaseSubject]: string } = {
  order: 'Order approval',
  payment: 'Payment approval',
  'invoice-mismatch': 'Three-way match',
  operator: 'Waiting for an operator',
};
