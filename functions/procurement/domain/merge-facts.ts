/**
 * What the ERP says now, laid over what the process knew: the new state and an entry for each difference. Pure. What
 * was seen before changes nothing, so facts may come twice and in any order.
 */
import { digestOf, type Json } from '../../audit/domain/canonical-json.ts';
import type { Actor, NewEntry } from '../../audit/domain/record.ts';
import type { GoodsReceipt, Payment, SupplierInvoice } from '../../connectors/erp/port.ts';
import type { PurchaseState } from './purchase.ts';

export interface Merged {
  readonly state: PurchaseState;
  readonly entries: readonly NewEntry[];
  /** Documents that were new or had changed. */
  readonly taken: number;
  /** As many are new, too, and were left out for now. */
  readonly left: number;
}

const ERP: Actor = { kind: 'erp', id: 'erp' };

/**
 * Receipts add up; one that the process knew stays.
 * @param atMost - how many new ones to take
 */
export function mergeReceipts(state: PurchaseState, receipts: readonly GoodsReceipt[], atMost: number): Merged {
  const { news, left } = sorted(receipts, atMost, (receipt) => isSame(state.receipts[receipt.receiptNumber], receipt));
  return {
    state: { ...state, receipts: { ...state.receipts, ...byKey(news, (receipt) => receipt.receiptNumber) } },
    entries: news.map((receipt) => ({ type: 'GoodsReceived', actor: ERP, facts: asFacts(receipt) })),
    taken: news.length,
    left,
  };
}

/**
 * An invoice is as the ERP has it now; a change of its booking state alone is no news for the record. One that was entered
 * and is not there any more was taken back: it does not stand until it comes again.
 * @param atMost - how many new ones to take
 */
export function mergeInvoices(state: PurchaseState, invoices: readonly SupplierInvoice[], atMost: number): Merged {
  const { known, news, left } = sorted([...invoices, ...takenBack(state, invoices)], atMost, (invoice) =>
    isSame(contentOf(state.invoices[invoice.invoiceId]), contentOf(invoice)),
  );
  const taken = byKey([...known, ...news], (invoice) => invoice.invoiceId);
  return {
    state: { ...state, invoices: { ...state.invoices, ...taken } },
    entries: news.map((invoice) => ({
      type: invoice.state === 'cancelled' ? 'SupplierInvoiceCancelled' : 'SupplierInvoiceReceived',
      actor: ERP,
      facts: asFacts(invoice),
    })),
    taken: news.length,
    left,
  };
}

function takenBack(state: PurchaseState, invoices: readonly SupplierInvoice[]): readonly SupplierInvoice[] {
  const there = new Set(invoices.map(({ invoiceId }) => invoiceId));
  return Object.values(state.invoices)
    .filter((invoice) => invoice.state === 'entered' && !there.has(invoice.invoiceId))
    .map((invoice) => ({ ...invoice, state: 'cancelled' }));
}

/**
 * Payments by invoice; the bank's word is an entry of its own.
 * @param atMost - how many new ones to take
 */
export function mergePayments(state: PurchaseState, payments: readonly Payment[], atMost: number): Merged {
  const { known, news, left } = sorted(
    payments,
    atMost,
    (payment) => state.payments[payment.invoiceId]?.state === payment.state,
  );
  const taken = byKey([...known, ...news], (payment) => payment.invoiceId);
  const types: { readonly [paymentState in Payment['state']]?: string } = {
    completed: 'PaymentCompleted',
    failed: 'PaymentFailed',
  };
  return {
    state: { ...state, payments: { ...state.payments, ...taken } },
    entries: news.flatMap((payment) => {
      const type = types[payment.state];
      return type === undefined ? [] : [{ type, actor: ERP, facts: asFacts(payment) }];
    }),
    taken: news.length,
    left,
  };
}

/** What was known, the first of what was not, and how much of that is left. */
function sorted<T>(documents: readonly T[], atMost: number, isKnown: (document: T) => boolean) {
  const all = documents.filter((document) => !isKnown(document));
  const news = all.slice(0, atMost);
  return { known: documents.filter(isKnown), news, left: all.length - news.length };
}

/** Everything but the booking state, which our own posting and paying changes; cancelling is content. */
function contentOf(invoice: SupplierInvoice | undefined) {
  if (invoice === undefined) {
    return undefined;
  }
  const { state, ...content } = invoice;
  return { ...content, isCancelled: state === 'cancelled' };
}

function isSame(left: object | undefined, right: object | undefined): boolean {
  return left !== undefined && right !== undefined && digestOf(asFacts(left)) === digestOf(asFacts(right));
}

/** Documents of the port are plain JSON; an interface only lacks the index signature that says so. */
function asFacts(document: object): { readonly [name: string]: Json } {
  return document as { readonly [name: string]: Json };
}

function byKey<T>(items: readonly T[], key: (item: T) => string): { readonly [key: string]: T } {
  return Object.fromEntries(items.map((item) => [key(item), item]));
}
