/**
 * What the ERP says now, laid over what the process knew: the new state and an entry for each difference. Pure. What
 * was seen before changes nothing, so facts may come twice and in any order.
 */
import type { Json } from '../../audit/domain/canonical-json.ts';
import type { Actor, NewEntry } from '../../audit/domain/record.ts';
import type { GoodsReceipt, Payment, SupplierInvoice } from '../../connectors/erp/port.ts';
import { digestOf, type PurchaseState } from './purchase.ts';

export interface Merged {
  readonly state: PurchaseState;
  readonly entries: readonly NewEntry[];
}

const ERP: Actor = { kind: 'erp', id: 'erp' };

/** Receipts add up; one that the process knew stays. */
export function mergeReceipts(state: PurchaseState, receipts: readonly GoodsReceipt[]): Merged {
  const news = receipts.filter((receipt) => !isSame(state.receipts[receipt.receiptNumber], receipt));
  return {
    state: { ...state, receipts: { ...state.receipts, ...byKey(news, (receipt) => receipt.receiptNumber) } },
    entries: news.map((receipt) => ({ type: 'GoodsReceived', actor: ERP, facts: asFacts(receipt) })),
  };
}

/** An invoice is as the ERP has it now; a change of its booking state alone is no news for the record. */
export function mergeInvoices(state: PurchaseState, invoices: readonly SupplierInvoice[]): Merged {
  const news = invoices.filter((invoice) => !isSame(contentOf(state.invoices[invoice.invoiceId]), contentOf(invoice)));
  return {
    state: { ...state, invoices: { ...state.invoices, ...byKey(invoices, (invoice) => invoice.invoiceId) } },
    entries: news.map((invoice) => ({
      type: invoice.state === 'cancelled' ? 'SupplierInvoiceCancelled' : 'SupplierInvoiceReceived',
      actor: ERP,
      facts: asFacts(invoice),
    })),
  };
}

/** Payments by invoice; the bank's word is an entry of its own. */
export function mergePayments(state: PurchaseState, payments: readonly Payment[]): Merged {
  const news = payments.filter((payment) => state.payments[payment.invoiceId]?.state !== payment.state);
  const types: { readonly [paymentState in Payment['state']]?: string } = {
    completed: 'PaymentCompleted',
    failed: 'PaymentFailed',
  };
  return {
    state: { ...state, payments: { ...state.payments, ...byKey(payments, (payment) => payment.invoiceId) } },
    entries: news.flatMap((payment) => {
      const type = types[payment.state];
      return type === undefined ? [] : [{ type, actor: ERP, facts: asFacts(payment) }];
    }),
  };
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
