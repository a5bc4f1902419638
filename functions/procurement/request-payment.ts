/** Hands exactly what was matched and approved to the ERP's payment run, each invoice once. */
import { readApproval } from '../approvals/approval-store.ts';
import { type OpenCaseDeps, openCases } from '../compliance/open-case.ts';
import type { Payment } from '../connectors/erp/port.ts';
import type { InterruptionOutcome } from '../process/domain/process.ts';
import { type Decision, updateProcess } from '../process/update-process.ts';
import { type AccountDeps, accountsBeforePayment } from '../reconciliation/trust-accounts.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { intentChange } from '../requests/record-intent.ts';
import { paymentRequestedMessage } from './domain/messages.ts';
import {
  invoicesDigest,
  type PlannedPayment,
  PURCHASE,
  type PurchaseHead,
  type PurchaseState,
  paymentKey,
  unpaidOf,
} from './domain/purchase.ts';
import type { ErpStepDeps } from './purchase-deps.ts';
import { factsChange } from './refresh-facts.ts';

export interface RequestPaymentDeps extends ErpStepDeps, OpenCaseDeps, AccountDeps {
  readonly company: CompanyFacts;
}

/**
 * `changed`: the invoices are not those that were matched and approved; nothing was asked for, and they are matched again.
 * An interruption's outcome: the purchase ends, and nothing was ever asked for.
 */
export type RequestPaymentOutcome = 'requested' | 'held' | 'changed' | InterruptionOutcome;

interface KeyedPayment extends PlannedPayment {
  readonly key: string;
}

/**
 * Whether the supplier's bank account is to be trusted is asked first: a case that it becomes holds the purchase before anything
 * is intended. Idempotent: a payment of the same key is found, not made again. Errors are those of the ERP's ports.
 */
export async function requestPayment(
  deps: RequestPaymentDeps,
  processId: string,
): Promise<{ outcome: RequestPaymentOutcome }> {
  await openCases(deps, await accountsBeforePayment(deps, processId));
  const planned = await updateProcess<PurchaseState, readonly KeyedPayment[] | RequestPaymentOutcome>(
    deps,
    processId,
    (head) => intend(deps, head),
  );
  if (typeof planned === 'string') {
    return { outcome: planned };
  }
  const date = companyDate(deps.clock, deps.company.timeZone);
  for (const { key, invoiceId, amount } of planned) {
    const payment = await deps.erp.requestPayment({ key, invoiceId, amount, date });
    await recordPayment(deps, processId, payment);
  }
  return { outcome: 'requested' };
}

/** The gate before money: no hold, an approval of exactly these invoices, and the ERP still shows the same. */
async function intend(
  deps: RequestPaymentDeps,
  head: PurchaseHead,
): Promise<Decision<PurchaseState, readonly KeyedPayment[] | RequestPaymentOutcome>> {
  if (head.interruption !== undefined && !head.state.intended.some((key) => key.includes('-pay-'))) {
    return { output: head.interruption.outcome };
  }
  if (head.holds.length > 0) {
    return { output: 'held' };
  }
  const refreshed = await factsChange(deps.erp, head, ['invoices', 'payments'], deps.clock.now());
  const state = countFailures(head.processId, head.state, refreshed.state ?? head.state);
  if (!(await isApproved(deps, head, state))) {
    return { change: { ...refreshed, state }, output: 'changed' };
  }
  const keyed = unpaidOf(state).map((planned) => ({
    ...planned,
    key: keyOf(head.processId, state, planned.invoiceId),
  }));
  let next = { ...refreshed, state };
  for (const { key, invoiceId, amount } of keyed) {
    const intent = intentChange(PURCHASE, next.state, key, { type: 'PaymentIntended', facts: { invoiceId, amount } });
    next = {
      ...next,
      entries: [...next.entries, ...(intent?.entries ?? [])],
      state: intent?.state ?? next.state,
    };
  }
  return { change: next, output: keyed };
}

async function isApproved(deps: RequestPaymentDeps, head: PurchaseHead, state: PurchaseState): Promise<boolean> {
  const { paymentApproval, match } = state;
  const digest = invoicesDigest(state);
  const isMatched = match?.invoicesDigest === digest && (match.result === 'matched' || match.result === 'accepted');
  if (paymentApproval?.invoicesDigest !== digest || !isMatched) {
    return false;
  }
  return (await readApproval(deps.store, head.processId, paymentApproval.approvalId))?.outcome === 'approved';
}

/** A payment that the bank refused is tried again under a new key; the refused one stays refused under its own. */
function keyOf(processId: string, state: PurchaseState, invoiceId: string): string {
  return paymentKey(processId, invoiceId, (state.failedPayments[invoiceId] ?? 0) + 1);
}

/** A refused payment counts once: when it is the one that was tried last. */
function countFailures(processId: string, before: PurchaseState, state: PurchaseState): PurchaseState {
  const counted = Object.values(state.payments)
    .filter((payment) => payment.state === 'failed' && payment.key === keyOf(processId, before, payment.invoiceId))
    .map(({ invoiceId }) => [invoiceId, (before.failedPayments[invoiceId] ?? 0) + 1] as const);
  return { ...state, failedPayments: { ...state.failedPayments, ...Object.fromEntries(counted) } };
}

async function recordPayment(deps: RequestPaymentDeps, processId: string, payment: Payment): Promise<void> {
  await updateProcess<PurchaseState, void>(deps, processId, ({ state }) =>
    state.payments[payment.invoiceId]?.key === payment.key
      ? { output: undefined }
      : {
          change: {
            entries: [{ type: 'PaymentRequested', actor: { kind: 'erp', id: 'erp' }, facts: { ...payment } }],
            state: { ...state, payments: { ...state.payments, [payment.invoiceId]: payment } },
            phase: 'Payment',
            effects: [{ kind: 'tell-oa', message: paymentRequestedMessage(payment) }],
          },
          output: undefined,
        },
  );
}
