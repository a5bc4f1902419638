/** Fixes who decides what about a purchase, in which order, and what they are shown. */
import { createHash } from 'node:crypto';
import { listApprovals } from '../approvals/approval-store.ts';
import { newApproval } from '../approvals/domain/approval.ts';
import { type ApprovalState, levelAt, RETURNED, type Decision as Voice } from '../approvals/domain/approval-state.ts';
import { withKeptVotes } from '../approvals/domain/keep-votes.ts';
import type { ApprovalPlan, ApprovalSubject, DecisionDocument, Exclusion } from '../approvals/domain/plan.ts';
import { type EndedApprovals, endOpenApprovals } from '../approvals/end-open-approvals.ts';
import { planApproval } from '../approvals/plan-approval.ts';
import type { NewEntry } from '../audit/domain/record.ts';
import type { Directory } from '../directory/port.ts';
import { multiply, roundToCurrency } from '../money/money.ts';
import type { Policies } from '../policy/port.ts';
import { versionOf } from '../process/domain/process.ts';
import { approvalKey } from '../process/keys.ts';
import { type Decision, type ProcessDeps, updateProcess } from '../process/update-process.ts';
import {
  failureDocument,
  mismatchDocument,
  paymentDocument,
  requisitionDocument,
  type StepFailure,
} from './domain/decision-document.ts';
import { failureActions } from './domain/failure-actions.ts';
import {
  duePayments,
  invoicesDigest,
  type PurchaseHead,
  type PurchaseState,
  plannedTotal,
  receivedDigest,
} from './domain/purchase.ts';
import { differencesOf, toleranceFor } from './match-invoices.ts';
import type { CompanyFacts } from './purchase-deps.ts';
import { checkSplit, type SplitCheck, type Together } from './split-purchases.ts';

export interface RouteDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
}

export interface RouteInput {
  readonly processId: string;
  readonly subject: ApprovalSubject;
  /** The same for every retry of one entry of the state: one approval per entry. */
  readonly stepId: string;
  /** With subject `operator`. */
  readonly failure?: StepFailure;
}

/**
 * Idempotent per `stepId`.
 * @throws BusinessRuleError `no-approval-rule` or `no-approver`: nobody may decide, which is never an approval.
 */
export async function routeApproval(deps: RouteDeps, input: RouteInput): Promise<{ approvalId: string }> {
  const approvalId = `${input.subject}-${createHash('sha256').update(input.stepId).digest('hex').slice(0, 10)}`;
  const known = await deps.store.read(approvalKey(input.processId, approvalId));
  if (known !== undefined) {
    return { approvalId };
  }
  await updateProcess<PurchaseState, void>(deps, input.processId, async (current) => {
    if ((await deps.store.read(approvalKey(input.processId, approvalId))) !== undefined) {
      return { output: undefined };
    }
    // Planned from the same state under which it is committed: what is shown is what is decided about.
    const amount = amountOf(deps, current, input.subject);
    const split = input.subject === 'order' ? await checkSplit(deps, current, amount) : undefined;
    const judged = await planFor(deps, current, input, { approvalId, amount: split?.together?.amount ?? amount });
    const plan = split?.together === undefined ? judged : withSplitNote(judged, split.together);
    const approval = await withEarlierVotes(deps, current, newApproval(plan));
    return routed(current, input, approval, await supersede(deps, current, input.subject), split);
  });
  return { approvalId };
}

/** An earlier question of the same kind that was left open (its machine failed) counts no more: nobody answers twice. */
function supersede(deps: RouteDeps, head: PurchaseHead, subject: ApprovalSubject): Promise<EndedApprovals> {
  const command = { kind: 'cancel', outcome: 'superseded' } as const;
  return endOpenApprovals(deps, head, command, ({ plan }) => plan.subject === subject);
}

/** What was decided about the version that was returned stands where the policy says so. */
async function withEarlierVotes(deps: RouteDeps, head: PurchaseHead, approval: ApprovalState): Promise<ApprovalState> {
  const { subject, documentVersion } = approval.plan;
  if (subject !== 'order' || documentVersion === 1) {
    return approval;
  }
  const before = (await listApprovals(deps.store, head.processId)).find(
    ({ plan, outcome }) =>
      plan.subject === subject && plan.documentVersion === documentVersion - 1 && outcome === RETURNED,
  );
  if (before === undefined) {
    return approval;
  }
  const ids = [...new Set(before.decisions.map(({ employeeId }) => employeeId))];
  const people = await Promise.all(ids.map((id) => deps.directory.person(id)));
  return withKeptVotes(approval, before, (id) => people.some((one) => one?.employeeId === id && one.active));
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
      excluded: input.subject === 'payment' ? await orderApprovers(deps, head.processId) : [],
      document: await documentFor(deps, head, input),
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

function routed(
  head: PurchaseHead,
  input: RouteInput,
  approval: ApprovalState,
  superseded: EndedApprovals,
  split: SplitCheck | undefined,
): Decision<PurchaseState, void> {
  const { state } = head;
  const { plan } = approval;
  const digest = input.subject === 'payment' || input.subject === 'invoice-mismatch' ? invoicesDigest(state) : '';
  const next: PurchaseState = {
    ...state,
    ...(input.subject === 'payment'
      ? { paymentApproval: { approvalId: plan.approvalId, invoicesDigest: digest } }
      : {}),
    ...(input.subject === 'invoice-mismatch'
      ? {
          match: {
            result: 'mismatched',
            invoicesDigest: digest,
            receivedDigest: receivedDigest(state),
            approvalId: plan.approvalId,
          },
        }
      : {}),
  };
  return {
    change: {
      entries: [
        ...superseded.entries,
        ...(input.failure === undefined ? [] : [failureEntry(input.failure)]),
        routingEntry(approval, digest, split?.together),
      ],
      abandon: superseded.answers.map(({ waitId }) => waitId),
      effects: superseded.effects,
      state: next,
      phase: PHASES[input.subject],
    },
    also: [
      ...superseded.also,
      ...(split === undefined ? [] : [split.change]),

      { kind: 'create', key: approvalKey(head.processId, plan.approvalId), value: approval },
    ],
    output: undefined,
  };
}

function failureEntry(failure: StepFailure): NewEntry {
  return { type: 'StepFailed', actor: { kind: 'meridian', id: 'procure-to-pay' }, facts: { ...failure } };
}

function routingEntry({ plan, decisions }: ApprovalState, digest: string, together: Together | undefined): NewEntry {
  return {
    type: 'ApprovalRouted',
    actor: { kind: 'meridian', id: 'approvals' },
    facts: {
      approvalId: plan.approvalId,
      subject: plan.subject,
      documentVersion: plan.documentVersion,
      amount: plan.amount,
      linkLimit: plan.linkLimit,
      excluded: plan.excluded.map(({ employeeId, reason }) => ({ employeeId, reason })),
      levels: plan.levels.map(({ name, rule, approverIds, mode, isParallel }) => ({
        name,
        rule,
        approverIds,
        mode: { ...mode },
        isParallel,
      })),
      routing: plan.routing.map((note) => ({ ...note })),
      ...(decisions.length === 0 ? {} : { kept: decisions.map((decision) => keptFacts(plan, decision)) }),
      ...(digest === '' ? {} : { invoicesDigest: digest }),
      ...(together === undefined ? {} : splitFacts(together, plan.document.baseCurrency)),
    },
  };
}

function keptFacts(plan: ApprovalPlan, { level, employeeId, action, keptFrom }: Voice) {
  return { levelName: levelAt(plan, level).name, employeeId, action, version: keptFrom };
}

function splitFacts({ amount, limit, windowDays, processIds }: Together, currency: string): NewEntry['facts'] {
  return {
    splitAmount: amount,
    splitCurrency: currency,
    splitLimit: limit,
    splitWindowDays: windowDays,
    splitWith: [...processIds],
  };
}

/** Who is asked must see why they are asked about a small amount. */
function withSplitNote(plan: ApprovalPlan, { amount, limit, windowDays, processIds }: Together): ApprovalPlan {
  const { document } = plan;
  const value = `${amount} ${document.baseCurrency} (> ${limit} ${document.baseCurrency}, ${windowDays} d): ${processIds.join(', ')}`;
  const label = { en: 'With other purchases from the supplier', zh: '与该供应商其他采购合计' };
  return { ...plan, document: { ...document, notes: [...document.notes, { label, value }] } };
}

/** In the company's currency. */
function amountOf(deps: RouteDeps, { state }: PurchaseHead, subject: ApprovalSubject): string {
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
      return failureDocument(shown, input.failure ?? { step: 'unknown', error: 'unknown', cause: '' });
  }
}

/** Segregation of duties: whoever approved the order does not approve its payment. */
async function orderApprovers(deps: RouteDeps, processId: string): Promise<readonly Exclusion[]> {
  const approvals = await listApprovals(deps.store, processId);
  const ids = approvals
    .filter((approval) => approval.plan.subject === 'order')
    .flatMap((approval) => approval.decisions)
    .filter(({ action, voided }) => action === 'approve' && voided === undefined)
    .map((decision) => decision.employeeId);
  return [...new Set(ids)].map((employeeId) => ({ employeeId, reason: 'approved the order' }));
}

const PHASES: { readonly [subject in ApprovalSubject]: string } = {
  order: 'Order approval',
  payment: 'Payment approval',
  'invoice-mismatch': 'Three-way match',
  operator: 'Waiting for an operator',
};
