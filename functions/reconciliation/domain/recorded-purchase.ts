/** What the record says of a purchase: approved, ordered, received, invoiced and paid. Pure. */
import * as z from 'zod';
import type { RecordEntry } from '../../audit/domain/record.ts';
import { lastOf, moneyIn, textIn } from './recorded.ts';

export interface ApprovedLine {
  readonly productCode: string;
  readonly quantity: string;
  readonly unitPrice: string;
}

/** Amounts and quantities are plain decimals; `sequence` is that of the entry that says so. */
export interface RecordedPurchase {
  /** Undefined: it goes on. */
  readonly outcome?: string;
  readonly supplierCode: string;
  readonly costCentre: string;
  /** Net, as approved. */
  readonly total: string;
  readonly currency: string;
  /** By their position from 1; empty: the record has none. */
  readonly lines: readonly ApprovedLine[];
  readonly order: { readonly orderNumber: string; readonly sequence: number };
  /** `kept`: the purchase was given up, and its order stands because goods were received. */
  readonly given?: 'cancelled' | 'kept';
  readonly received: readonly RecordedReceipt[];
  /** A person went on with less than was ordered. */
  readonly isShortAccepted: boolean;
  /** A person accepted what differs between order, receipts and invoices. */
  readonly isDifferenceAccepted: boolean;
  /** Those that stand. */
  readonly invoices: readonly RecordedInvoice[];
  readonly payments: readonly RecordedPayment[];
  /** Invoices whose payment was approved and begun. */
  readonly paidInvoices: ReadonlySet<string>;
}

export interface RecordedReceipt {
  readonly receiptNumber: string;
  readonly lines: readonly { readonly lineNumber: number; readonly quantity: string }[];
  readonly sequence: number;
}

export interface RecordedInvoice {
  readonly invoiceId: string;
  readonly total: string;
  readonly currency: string;
  readonly sequence: number;
}

/** A payment that the bank has made. */
export interface RecordedPayment {
  readonly paymentNumber: string;
  readonly invoiceId: string;
  readonly amount: string;
  readonly currency: string;
  readonly sequence: number;
}

const validatedSchema = z.object({
  supplierCode: z.string(),
  costCentre: z.string(),
  total: z.string(),
  currency: z.string(),
});
const filedSchema = z.object({
  lines: z.array(z.object({ productCode: z.string(), quantity: z.string(), unitPrice: z.string() })),
});
const receiptSchema = z.object({
  receiptNumber: z.string(),
  lines: z.array(z.object({ lineNumber: z.number(), quantity: z.string() })),
});
const invoiceSchema = z.object({ invoiceId: z.string(), total: z.string(), currency: z.string() });

/** Undefined: nothing was ordered, as far as the record knows. */
export function recordedPurchase(entries: readonly RecordEntry[]): RecordedPurchase | undefined {
  const approved = validatedSchema.safeParse(lastOf(entries, 'RequisitionValidated')?.facts).data;
  const order = lastOf(entries, 'OrderCreated');
  if (approved === undefined || order === undefined) {
    return undefined;
  }
  const closed = lastOf(entries, 'PurchaseClosed');
  const given = givenUp(entries);
  return {
    ...approved,
    ...(closed === undefined ? {} : { outcome: textIn(closed, 'outcome') }),
    lines: approvedLines(entries),
    order: { orderNumber: textIn(order, 'orderNumber'), sequence: order.sequence },
    ...(given === undefined ? {} : { given }),
    received: receiptsIn(entries),
    isShortAccepted: lastOf(entries, 'ShortReceiptAccepted') !== undefined,
    isDifferenceAccepted: textIn(lastOf(entries, 'InvoicesMatched'), 'result') === 'accepted',
    invoices: invoicesIn(entries),
    payments: paymentsIn(entries),
    paidInvoices: new Set(entries.filter(isOf('PaymentIntended')).map((entry) => textIn(entry, 'invoiceId'))),
  };
}

function givenUp(entries: readonly RecordEntry[]): RecordedPurchase['given'] {
  if (entries.some(({ type }) => type === 'OrderCancelled' || type === 'PurchaseOrderCancelled')) {
    return 'cancelled';
  }
  return lastOf(entries, 'OrderKept') === undefined ? undefined : 'kept';
}

function approvedLines(entries: readonly RecordEntry[]): readonly ApprovedLine[] {
  const filed = entries.findLast(({ type }) => type === 'RequisitionRegistered' || type === 'RequisitionResubmitted');
  return filedSchema.safeParse(filed?.facts.filed).data?.lines ?? [];
}

function receiptsIn(entries: readonly RecordEntry[]): readonly RecordedReceipt[] {
  const receipts = entries.filter(isOf('GoodsReceived')).flatMap(({ facts, sequence }) => {
    const receipt = receiptSchema.safeParse(facts).data;
    return receipt === undefined ? [] : [{ ...receipt, sequence }];
  });
  return newestOf(receipts, ({ receiptNumber }) => receiptNumber);
}

function invoicesIn(entries: readonly RecordEntry[]): readonly RecordedInvoice[] {
  const told = entries
    .filter(({ type }) => type === 'SupplierInvoiceReceived' || type === 'SupplierInvoiceCancelled')
    .flatMap(({ type, facts, sequence }) => {
      const invoice = invoiceSchema.safeParse(facts).data;
      return invoice === undefined ? [] : [{ ...invoice, sequence, isThere: type === 'SupplierInvoiceReceived' }];
    });
  return newestOf(told, ({ invoiceId }) => invoiceId)
    .filter(({ isThere }) => isThere)
    .map(({ isThere: _yes, ...invoice }) => invoice);
}

function paymentsIn(entries: readonly RecordEntry[]): readonly RecordedPayment[] {
  return entries.filter(isOf('PaymentCompleted')).flatMap((entry) => {
    const amount = moneyIn(entry, 'amount');
    const [paymentNumber, invoiceId] = [textIn(entry, 'paymentNumber'), textIn(entry, 'invoiceId')];
    return amount === undefined ? [] : [{ paymentNumber, invoiceId, ...amount, sequence: entry.sequence }];
  });
}

function isOf(wanted: string) {
  return ({ type }: RecordEntry) => type === wanted;
}

function newestOf<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
