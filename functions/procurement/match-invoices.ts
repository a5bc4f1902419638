/** Three-way match: fixes what will be paid, or names every difference for a person to decide. */
import { readApproval } from '../approvals/approval-store.ts';
import { digestOf } from '../audit/domain/canonical-json.ts';
import type { NewEntry } from '../audit/domain/record.ts';
import type { MatchTolerance, Policies } from '../policy/port.ts';
import type { Effect, OaMessage } from '../process/domain/process.ts';
import { type Decision, type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { readRequest } from '../requests/read-request.ts';
import { matchedMessage, underReviewMessage } from './domain/messages.ts';
import {
  duePayments,
  invoicesDigest,
  isInvoiced,
  isMatchOf,
  type MatchState,
  type PurchaseHead,
  type PurchaseState,
  receivedDigest,
} from './domain/purchase.ts';
import { type Difference, matchInvoices } from './domain/three-way-match.ts';
import { orderOf, requisitionOf } from './purchase-deps.ts';

export interface MatchDeps extends ProcessDeps {
  readonly policies: Policies;
}

export type MatchOutcome = 'matched' | 'mismatched' | 'correction-requested';

/**
 * Compares, or carries out what a person decided about exactly these invoices: an acceptance or a request for
 * correction falls when the invoices change. Repeated on the same invoices it changes nothing.
 */
export async function matchPurchase(deps: MatchDeps, processId: string): Promise<{ outcome: MatchOutcome }> {
  const tolerance = await toleranceFor(deps.policies, (await readRequest<PurchaseState>(deps, processId)).state);
  const outcome = await updateProcess<PurchaseState, MatchOutcome>(deps, processId, async (head) =>
    decide(head, tolerance, await verdictOf(deps, head)),
  );
  return { outcome };
}

/** The policy's tolerance for this order. */
export function toleranceFor(policies: Policies, state: PurchaseState): Promise<MatchTolerance> {
  return policies.matchTolerance({
    currency: orderOf(state).total.currency,
    costCentre: requisitionOf(state).costCentre,
  });
}

/** Every difference of the invoices as they stand. */
export function differencesOf(state: PurchaseState, tolerance: MatchTolerance): readonly Difference[] {
  return matchInvoices(state, orderOf(state), tolerance);
}

/** What the person said about the invoices as they are now; undefined: nobody was asked, or they changed since. */
async function verdictOf(deps: ProcessDeps, { processId, state }: PurchaseHead): Promise<string | undefined> {
  const { match } = state;
  return isMatchOf(match, state) && match.approvalId !== undefined
    ? (await readApproval(deps.store, processId, match.approvalId))?.outcome
    : undefined;
}

function decide(
  { state }: PurchaseHead,
  tolerance: MatchTolerance,
  verdict: string | undefined,
): Decision<PurchaseState, MatchOutcome> {
  // An invoice was taken back after the wait for it had ended: there is nothing to compare yet.
  if (!isInvoiced(state)) {
    return { output: 'correction-requested' };
  }
  const digests = { invoicesDigest: invoicesDigest(state), receivedDigest: receivedDigest(state) };
  const before = isMatchOf(state.match, state) ? state.match : undefined;
  if (verdict === 'correct' || before?.result === 'correction-requested') {
    return asking(state, { ...before, ...digests, result: 'correction-requested' });
  }
  const isAccepted = verdict === 'accepted' || before?.result === 'accepted';
  const found = differencesOf(state, tolerance);
  // Amounts of another currency were never approved as such: no person's word makes them the order's.
  const differences = isAccepted ? found.filter(({ kind }) => kind === 'currency') : found;
  return differences.length > 0
    ? mismatched(state, digests, tolerance, differences)
    : planning(state, { ...before, ...digests, result: isAccepted ? 'accepted' : 'matched' });
}

const ACTOR = { kind: 'meridian', id: 'three-way-match' } as const;

function asking(state: PurchaseState, match: MatchState): Decision<PurchaseState, MatchOutcome> {
  const entry = { type: 'CorrectionRequested', actor: ACTOR, facts: { ...match } };
  return commitOnce(state, { ...state, match }, { entry, phase: 'Supplier invoice' }, 'correction-requested');
}

function mismatched(
  state: PurchaseState,
  digests: Pick<MatchState, 'invoicesDigest' | 'receivedDigest'>,
  tolerance: MatchTolerance,
  differences: readonly Difference[],
): Decision<PurchaseState, MatchOutcome> {
  const match: MatchState = { ...digests, result: 'mismatched' };
  const facts = { ...match, tolerance: { ...tolerance }, differences: differences.map((found) => ({ ...found })) };
  const entry = { type: 'InvoicesMismatched', actor: ACTOR, facts };
  const news = underReviewMessage(differences);
  return commitOnce(state, { ...state, match }, { entry, phase: 'Three-way match', news }, 'mismatched');
}

function planning(state: PurchaseState, match: MatchState): Decision<PurchaseState, MatchOutcome> {
  const paymentPlan = duePayments(state);
  const plan = paymentPlan.map((planned) => ({ ...planned }));
  const facts = { ...match, paymentPlan: plan, planDigest: digestOf(plan) };
  const entry = { type: 'InvoicesMatched', actor: ACTOR, facts };
  const news = matchedMessage(paymentPlan, orderOf(state).total.currency);
  return commitOnce(state, { ...state, match, paymentPlan }, { entry, phase: 'Payment approval', news }, 'matched');
}

/** No second entry when the step is repeated with the same result on the same invoices. */
function commitOnce(
  state: PurchaseState,
  next: PurchaseState & { readonly match: MatchState },
  { entry, phase, news }: { readonly entry: NewEntry; readonly phase: string; readonly news?: OaMessage },
  outcome: MatchOutcome,
): Decision<PurchaseState, MatchOutcome> {
  if (isMatchOf(state.match, state) && state.match.result === next.match.result) {
    return { output: outcome };
  }
  const effects: readonly Effect[] = news === undefined ? [] : [{ kind: 'tell-oa', message: news }];
  return { change: { entries: [entry], state: next, phase, effects }, output: outcome };
}
