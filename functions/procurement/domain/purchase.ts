/**
 * The business state of one purchase, from requisition to payment, and what its waits are waiting for. Pure.
 * Amounts are plain decimals of the order's currency unless a name says `base` (the company's currency).
 */
import { createHash } from 'node:crypto';
import { digestOf, type Json } from '../../audit/domain/canonical-json.ts';
import type { Budget, GoodsReceipt, Payment, ProductFacts, SupplierInvoice } from '../../connectors/erp/port.ts';
import type { Requisition } from '../../events/purchase-requisition-submitted.ts';
import { add, compare, type Money, sum } from '../../money/money.ts';
import type { ProcessHead, Wait } from '../../process/domain/process.ts';
import { commandKey, newRequest, type RequestKind, type RequestState } from '../../requests/domain/request.ts';

export const PROCESS_KIND = 'procure-to-pay';

/** How a purchase can end. */
export type PurchaseOutcome = 'paid' | 'refused' | 'rejected' | 'withdrawn' | 'cancelled' | 'expired' | 'recovered';

/** Ends in which nothing was bought. */
export const NOTHING_BOUGHT: readonly string[] = [
  'refused',
  'rejected',
  'withdrawn',
  'cancelled',
  'expired',
  'recovered',
] satisfies readonly PurchaseOutcome[];

/** Whether a purchase came to nothing. `outcome`: undefined of one that is on its way. */
export function isNothingBought(outcome: string | undefined): boolean {
  return outcome !== undefined && NOTHING_BOUGHT.includes(outcome);
}

export interface PurchaseState extends RequestState {
  /** After validation. */
  readonly requisition?: Requisition;
  readonly enrichment?: Enrichment;
  /** The company's table let the order go: nobody was asked about it. */
  readonly released?: true;
  readonly order?: OrderReference;
  readonly receipts: { readonly [receiptNumber: string]: GoodsReceipt };
  readonly invoices: { readonly [invoiceId: string]: SupplierInvoice };
  readonly match?: MatchState;
  /** What was approved for payment: exactly this is paid, each invoice once. */
  readonly paymentPlan?: readonly PlannedPayment[];
  readonly paymentApproval?: PaymentApproval;
  readonly payments: { readonly [invoiceId: string]: Payment };
  /** A person decided to go on with what was received so far. */
  readonly acceptedShortReceipt?: boolean;
  /** What became of the order when the purchase was given up. */
  readonly undone?: 'order-cancelled' | 'kept';
  /** Payments that the bank refused, per invoice: numbers the next try's idempotency key. */
  readonly failedPayments: { readonly [invoiceId: string]: number };
}

export interface Enrichment {
  readonly supplierName: string;
  readonly products: readonly ProductFacts[];
  /** Units of company currency for one of the requisition's. */
  readonly rate: string;
  /** Total in the company's currency. */
  readonly baseTotal: Money;
  /** Of the cost centre on the day of the enrichment. Absent: the ERP has none. */
  readonly budget?: Budget;
}

export interface OrderReference {
  readonly key: string;
  readonly orderNumber: string;
  /** Net. */
  readonly total: Money;
  /** Tax on top of the total, as the ERP computes it. */
  readonly tax: string;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly productCode: string;
    readonly quantity: string;
    readonly unitPrice: string;
  }[];
}

export interface MatchState {
  /** Digest of the invoices that were compared: another digest means that they changed since. */
  readonly invoicesDigest: string;
  /** The same of the quantities that they were compared with. */
  readonly receivedDigest: string;
  readonly result: 'matched' | 'mismatched' | 'accepted' | 'correction-requested';
  /** The question to a person about exactly these differences, once it is asked. */
  readonly approvalId?: string;
}

/** The approval of a payment, and exactly which invoices it was about. */
export interface PaymentApproval {
  readonly approvalId: string;
  readonly invoicesDigest: string;
}

export interface PlannedPayment {
  readonly invoiceId: string;
  readonly amount: Money;
}

export type PurchaseHead = ProcessHead<PurchaseState>;

/** Digest of the invoices' content without their booking state, which changes by our own posting and paying. */
export function invoicesDigest(state: PurchaseState): string {
  const contents = payableInvoices(state).map(({ state: _booking, ...content }) => content);
  return digestOf(contents as unknown as Json);
}

/** Digest of what was received of each line of the order. */
export function receivedDigest(state: PurchaseState): string {
  return digestOf((state.order?.lines ?? []).map(({ lineNumber }) => receivedQuantity(state, lineNumber)));
}

/** Whether a match is of the invoices and receipts as they are now. */
export function isMatchOf(match: MatchState | undefined, state: PurchaseState): match is MatchState {
  return match?.invoicesDigest === invoicesDigest(state) && match.receivedDigest === receivedDigest(state);
}

/** Invoices that stand, ordered by id. */
export function payableInvoices({ invoices }: Pick<PurchaseState, 'invoices'>): readonly SupplierInvoice[] {
  return Object.values(invoices)
    .filter((invoice) => invoice.state !== 'cancelled')
    .sort((left, right) => (left.invoiceId < right.invoiceId ? -1 : 1));
}

/** Quantity received of an order line over all receipts. */
export function receivedQuantity({ receipts }: Pick<PurchaseState, 'receipts'>, lineNumber: number): string {
  return sum(
    Object.values(receipts)
      .flatMap((receipt) => receipt.lines)
      .filter((line) => line.lineNumber === lineNumber)
      .map((line) => line.quantity),
  );
}

/** Quantity invoiced of an order line over all invoices that stand. */
function invoicedQuantity(state: PurchaseState, lineNumber: number): string {
  return sum(
    payableInvoices(state)
      .flatMap((invoice) => invoice.lines)
      .filter((line) => line.lineNumber === lineNumber)
      .map((line) => line.quantity),
  );
}

/** Whether anything at all arrived. */
export function hasReceipts(state: PurchaseState): boolean {
  return Object.values(state.receipts).some((receipt) => receipt.lines.length > 0);
}

/** Whether every line of the order arrived in full. */
export function isFullyReceived(state: PurchaseState): boolean {
  const lines = state.order?.lines ?? [];
  return (
    lines.length > 0 && lines.every((line) => compare(receivedQuantity(state, line.lineNumber), line.quantity) >= 0)
  );
}

/**
 * Enough to compare: every received line is invoiced in full, or something is there that will not become right by
 * waiting (more than received, a charge without order line).
 */
export function isInvoiced(state: PurchaseState): boolean {
  const invoices = payableInvoices(state);
  if (invoices.length === 0 || state.order === undefined) {
    return false;
  }
  if (state.match?.result === 'correction-requested' && isMatchOf(state.match, state)) {
    return false;
  }
  const comparisons = state.order.lines.map((line) =>
    compare(invoicedQuantity(state, line.lineNumber), receivedQuantity(state, line.lineNumber)),
  );
  const hasForeignLine = invoices.some((invoice) => invoice.lines.some((line) => line.lineNumber === undefined));
  return comparisons.every((comparison) => comparison >= 0) || comparisons.includes(1) || hasForeignLine;
}

/** An invoice that the ERP shows as paid is paid, by our payment or by hand. */
function paymentOutcome(state: PurchaseState): 'paid' | 'payment-failed' | undefined {
  const planned = state.paymentPlan ?? [];
  const states = planned.map(({ invoiceId }) =>
    state.invoices[invoiceId]?.state === 'paid' ? 'completed' : state.payments[invoiceId]?.state,
  );
  if (states.includes('failed')) {
    return 'payment-failed';
  }
  return planned.length > 0 && states.every((paymentState) => paymentState === 'completed') ? 'paid' : undefined;
}

/** The outcome with which a wait for the ERP ends as things stand, or undefined: wait on. */
function factOutcome({ kind }: Pick<Wait, 'kind'>, { state }: PurchaseHead): string | undefined {
  switch (kind) {
    case 'goods-receipt':
      return state.acceptedShortReceipt === true || isFullyReceived(state) ? 'received' : undefined;
    case 'supplier-invoice':
      return isInvoiced(state) ? 'invoiced' : undefined;
    case 'payment':
      return paymentOutcome(state);
    default:
      return undefined;
  }
}

/** One payment for each invoice that stands and asks for something, of the whole amount that the supplier asks. */
export function duePayments(state: PurchaseState): readonly PlannedPayment[] {
  return payableInvoices(state)
    .filter(({ total }) => compare(total, '0') > 0)
    .map(({ invoiceId, total, currency }) => ({ invoiceId, amount: { amount: total, currency } }));
}

/** Of what is planned, or without a plan of what would be, that of which no payment was asked for, or the bank refused it. */
export function unpaidOf(state: PurchaseState): readonly PlannedPayment[] {
  return (state.paymentPlan ?? duePayments(state)).filter(({ invoiceId }) => {
    const payment = state.payments[invoiceId];
    return payment === undefined || payment.state === 'failed';
  });
}

/** Idempotency key of the n-th try to pay an invoice. */
export function paymentKey(processId: string, invoiceId: string, attempt: number): string {
  return commandKey(processId, `pay-${paymentMark(invoiceId)}-${attempt}`);
}

function paymentMark(invoiceId: string): string {
  return createHash('sha256').update(invoiceId).digest('hex').slice(0, 8);
}

/** Invoices of which a payment may be on its way: intended, and neither confirmed nor known to have failed. */
export function paymentsUnderWay(state: PurchaseState): readonly string[] {
  return Object.values(state.invoices)
    .filter(({ invoiceId, state: booking }) => {
      const payment = state.payments[invoiceId];
      const tries = state.intended.filter((key) => key.includes(`-pay-${paymentMark(invoiceId)}-`)).length;
      const lastFailed = payment?.state === 'failed' ? Number(payment.key.split('-').at(-1)) : 0;
      const failed = Math.max(state.failedPayments[invoiceId] ?? 0, lastFailed);
      return booking !== 'paid' && payment?.state !== 'completed' && tries > failed;
    })
    .map(({ invoiceId }) => invoiceId);
}

/** Sum paid or about to be paid over all invoices; all in the order's currency. */
export function plannedTotal(plan: readonly PlannedPayment[]): string {
  return plan.reduce((total, payment) => add(total, payment.amount.amount), '0');
}

/** Why a purchase may not be withdrawn any more; undefined: it may. */
function withdrawalRefusal({ state }: PurchaseHead): 'goods-received' | 'payment-requested' | undefined {
  if (Object.keys(state.payments).length > 0 || paymentsUnderWay(state).length > 0) {
    return 'payment-requested';
  }
  return hasReceipts(state) ? 'goods-received' : undefined;
}

/** What people know the purchase by. */
function titleOf({ state, oa }: PurchaseHead): string {
  return state.requisition?.title ?? state.rework?.title ?? oa.requestId;
}

/** What the steps that all processes share must know of a purchase. */
export const PURCHASE: RequestKind<PurchaseState> = {
  kind: PROCESS_KIND,
  idPrefix: 'P2P',
  noun: 'requisition',
  subjects: ['order'],
  entryTypes: {
    registered: 'RequisitionRegistered',
    refused: 'RequisitionRefused',
    resubmitted: 'RequisitionResubmitted',
    closed: 'PurchaseClosed',
  },
  personalFields: ['justification'],
  newState: (filed) => ({ ...newRequest(filed), receipts: {}, invoices: {}, payments: {}, failedPayments: {} }),
  titleOf,
  isChangedOnPage: () => true,
  withoutChecks: ({ requisition: _returned, enrichment: _ofReturned, ...rest }) => rest,
  isCarriedOut: ({ order }) => order !== undefined,
  withdrawalRefusal,
  withdrawalRefusals: {
    'goods-received': {
      en: 'Goods have been received; it cannot be withdrawn any more. Ask the buyer about a return.',
      zh: '货物已收到，无法撤回。如需退货请联系采购员。',
    },
  },
  factOutcome,
};
