/**
 * Reads the truth of the ERP about one purchase. Always called between reading the head and committing under its
 * version: of two readers the one with the older answer cannot overwrite the newer.
 */
import type { ErpPort } from '../connectors/erp/port.ts';
import type { ProcessChange, ProcessHead } from '../process/domain/process.ts';
import { applyChange } from '../process/domain/process.ts';
import { type Merged, mergeInvoices, mergePayments, mergeReceipts } from './domain/merge-facts.ts';
import { receivedMessage } from './domain/messages.ts';
import { answersOf, isFullyReceived, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';
import { orderOf } from './purchase-deps.ts';

/** Which documents to read. */
export type FactKind = 'receipts' | 'invoices' | 'payments' | 'order';

/**
 * The change that brings the process to what the ERP says, with the answers of all waits that are satisfied by it.
 * @param kinds - documents to read
 * @param base - what else changes at once; its entries come first
 */
export async function factsChange(
  erp: ErpPort,
  head: PurchaseHead,
  kinds: readonly FactKind[],
  now: Date,
  base: ProcessChange<PurchaseState> = { entries: [] },
): Promise<ProcessChange<PurchaseState>> {
  let merged: Merged = { state: base.state ?? head.state, entries: [...base.entries] };
  for (const kind of kinds) {
    const next = await mergeKind(erp, head, merged.state, kind);
    merged = { state: next.state, entries: [...merged.entries, ...next.entries] };
  }
  const isCancelled = kinds.includes('order') && (await isCancelledInErp(erp, head));
  const change: ProcessChange<PurchaseState> = {
    ...base,
    entries: isCancelled
      ? [
          ...merged.entries,
          {
            type: 'PurchaseOrderCancelled',
            actor: { kind: 'erp', id: 'erp' },
            facts: { orderNumber: orderOf(head.state).orderNumber },
          },
        ]
      : merged.entries,
    state: merged.state,
    ...(isCancelled ? { interruption: { outcome: 'cancelled-in-erp', at: now.toISOString() } } : {}),
  };
  return withConsequences(head, change, now);
}

/** Adds what follows from the state as it will be: answers of waits, and news for the OA. */
export function withConsequences(
  head: PurchaseHead,
  change: ProcessChange<PurchaseState>,
  now: Date,
): ProcessChange<PurchaseState> {
  const next: ProcessHead<PurchaseState> = applyChange(head, change, now);
  const isNews = isFullyReceived(next.state) && !isFullyReceived(head.state);
  return {
    ...change,
    answers: [...(change.answers ?? []), ...answersOf(next)],
    effects: [
      ...(change.effects ?? []),
      ...(isNews ? [{ kind: 'tell-oa' as const, message: receivedMessage(orderOf(next.state).orderNumber) }] : []),
    ],
  };
}

async function mergeKind(erp: ErpPort, head: PurchaseHead, state: PurchaseState, kind: FactKind): Promise<Merged> {
  const { orderNumber } = orderOf(head.state);
  switch (kind) {
    case 'receipts':
      return mergeReceipts(state, await erp.readReceipts(orderNumber));
    case 'invoices':
      return mergeInvoices(state, await erp.readInvoices(orderNumber));
    case 'payments': {
      const numbers = Object.values(state.payments).map((payment) => payment.paymentNumber);
      const payments = await Promise.all(numbers.map((number) => erp.readPayment(number)));
      return mergePayments(
        state,
        payments.filter((payment) => payment !== undefined),
      );
    }
    case 'order':
      return { state, entries: [] };
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
