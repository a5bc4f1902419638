/**
 * Reads the truth of the ERP about one purchase. Always called between reading the head and committing under its
 * version: of two readers the one with the older answer cannot overwrite the newer.
 */
import type { NewEntry } from '../audit/domain/record.ts';
import type { ErpPort } from '../connectors/erp/port.ts';
import type { FactsBatch } from '../process/await-fact.ts';
import type { Effect, ProcessChange, ProcessHead } from '../process/domain/process.ts';
import { applyChange } from '../process/domain/process.ts';
import { withAnswers } from '../requests/domain/request.ts';
import { lateFactsNotice } from './domain/late-facts.ts';
import { type Merged, mergeInvoices, mergePayments, mergeReceipts } from './domain/merge-facts.ts';
import { paymentRefusedMessage, receivedMessage } from './domain/messages.ts';
import { isFullyReceived, PURCHASE, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';
import { orderOf } from './purchase-deps.ts';

/** Which documents to read. */
export type FactKind = 'receipts' | 'invoices' | 'payments' | 'order';

/** New documents of one change: a transaction has at most 100 items, and each has an entry beside what else belongs. */
const MAX_NEW_DOCUMENTS = 40;

/**
 * The change that brings the process to what the ERP says, with the answers of all waits that are satisfied by it.
 * @param kinds - documents to read
 * @param base - what else changes at once; its entries come first
 */
export async function factsBatch(
  erp: ErpPort,
  head: PurchaseHead,
  kinds: readonly FactKind[],
  now: Date,
  base: ProcessChange<PurchaseState> = { entries: [] },
): Promise<FactsBatch<PurchaseState>> {
  let merged: Merged = { state: base.state ?? head.state, entries: [], taken: 0, left: 0 };
  for (const kind of kinds) {
    const next = await mergeKind(erp, head, merged.state, kind, MAX_NEW_DOCUMENTS - merged.taken);
    merged = {
      state: next.state,
      entries: [...merged.entries, ...next.entries],
      taken: merged.taken + next.taken,
      left: merged.left + next.left,
    };
  }
  const isCancelled = kinds.includes('order') && (await isCancelledInErp(erp, head));
  const change: ProcessChange<PurchaseState> = {
    ...base,
    entries: [...base.entries, ...merged.entries, ...(isCancelled ? [cancelledEntry(head)] : [])],
    state: merged.state,
    effects: [...(base.effects ?? []), ...lateFactsNotice(head, merged.entries)],
    ...(isCancelled ? { interruption: { outcome: 'cancelled-in-erp', at: now.toISOString() } } : {}),
  };
  const hasMore = merged.left > 0;
  const told = withNews(head, change, now);
  return { change: hasMore ? told : withAnswers(PURCHASE, head, told, now), hasMore };
}

/** As {@link factsBatch}, for whoever needs no more than the first of very many new documents. */
export async function factsChange(...input: Parameters<typeof factsBatch>): Promise<ProcessChange<PurchaseState>> {
  return (await factsBatch(...input)).change;
}

function cancelledEntry(head: PurchaseHead): NewEntry {
  const { orderNumber } = orderOf(head.state);
  return { type: 'PurchaseOrderCancelled', actor: { kind: 'erp', id: 'erp' }, facts: { orderNumber } };
}

/** Adds the news for the OA. Its last word is the end: it hears nothing of what comes after. */
function withNews(head: PurchaseHead, change: ProcessChange<PurchaseState>, now: Date): ProcessChange<PurchaseState> {
  const next: ProcessHead<PurchaseState> = applyChange(head, change, now);
  const message = next.status === 'ended' ? undefined : newsOf(head, next, change);
  const news: readonly Effect[] = message === undefined ? [] : [{ kind: 'tell-oa', message }];
  return { ...change, effects: [...(change.effects ?? []), ...news] };
}

/** At most one, as messages of one change would share its number. That money came back is the more urgent. */
function newsOf(head: PurchaseHead, next: ProcessHead<PurchaseState>, change: ProcessChange<PurchaseState>) {
  const refused = change.entries.flatMap(({ type, facts }) =>
    type === 'PaymentFailed' ? [String(facts.paymentNumber)] : [],
  );
  if (refused.length > 0) {
    return paymentRefusedMessage(refused);
  }
  const isReceived = isFullyReceived(next.state) && !isFullyReceived(head.state);
  return isReceived ? receivedMessage(orderOf(next.state).orderNumber) : undefined;
}

async function mergeKind(
  erp: ErpPort,
  head: PurchaseHead,
  state: PurchaseState,
  kind: FactKind,
  atMost: number,
): Promise<Merged> {
  const { orderNumber } = orderOf(head.state);
  switch (kind) {
    case 'receipts':
      return mergeReceipts(state, await erp.readReceipts(orderNumber), atMost);
    case 'invoices':
      return mergeInvoices(state, await erp.readInvoices(orderNumber), atMost);
    case 'payments': {
      const numbers = Object.values(state.payments).map((payment) => payment.paymentNumber);
      const payments = await Promise.all(numbers.map((number) => erp.readPayment(number)));
      return mergePayments(
        state,
        payments.filter((payment) => payment !== undefined),
        atMost,
      );
    }
    case 'order':
      return { state, entries: [], taken: 0, left: 0 };
  }
}

async function isCancelledInErp(erp: ErpPort, head: PurchaseHead): Promise<boolean> {
  return (
    head.interruption === undefined &&
    head.status === 'running' &&
    !head.state.intended.includes(`${head.processId}-cancel`) &&
    (await erp.readOrder(orderOf(head.state).orderNumber))?.state === 'cancelled'
  );
}
