/** A fact of the ERP arrives on the bus: found its process, read again from the ERP, and only then believed. */

import { type EndedApprovals, endOpenApprovals } from '../approvals/end-open-approvals.ts';
import type { ProcessChange } from '../process/domain/process.ts';
import { keptFactKey, orderKey } from '../process/keys.ts';
import type { WorkChange, WorkItem } from '../process/store/port.ts';
import { updateProcess } from '../process/update-process.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { invoicesDigest, isMatchOf, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';
import type { ErpStepDeps } from './purchase-deps.ts';
import { type FactKind, factsBatch } from './refresh-facts.ts';

export interface ReportedFact {
  readonly type: 'GoodsReceived' | 'SupplierInvoiceReceived' | 'PaymentCompleted' | 'PurchaseOrderCancelled';
  readonly orderNumber: string;
  /** The document that the fact is about: receipt, invoice, payment, or the order itself. */
  readonly documentId: string;
  readonly eventId: string;
  readonly occurredAt: string;
}

/** A kept fact of an order that never becomes known is of no use after this. */
const KEEP_DAYS = 400;
/** Taken away in one transaction, beside the documents that they are about. */
const MAX_KEPT = 40;

const KINDS: { readonly [type in ReportedFact['type']]: readonly FactKind[] } = {
  GoodsReceived: ['receipts'],
  // With the receipts that stand behind it, should the word of one not have come.
  SupplierInvoiceReceived: ['receipts', 'invoices'],
  PaymentCompleted: ['payments'],
  PurchaseOrderCancelled: ['order'],
};

/**
 * Idempotent: a fact seen before changes nothing. One that comes before its order is known is kept by order number
 * until the process asks for it.
 */
export async function recordErpFact(deps: ErpStepDeps, fact: ReportedFact): Promise<'recorded' | 'kept'> {
  const processId = (await processOf(deps, fact.orderNumber)) ?? (await keep(deps, fact));
  if (processId === undefined) {
    return 'kept';
  }
  let hasMore: boolean;
  do {
    hasMore = await recordBatch(deps, processId, fact);
  } while (hasMore);
  return 'recorded';
}

/** Returns whether more is new than this one transaction took. */
function recordBatch(deps: ErpStepDeps, processId: string, fact: ReportedFact): Promise<boolean> {
  return updateProcess<PurchaseState, boolean>(deps, processId, async (head) => {
    const { change, hasMore } = await factsBatch(deps.erp, head, KINDS[fact.type], deps.clock.now());
    // What is left out for now may be the very document.
    const confirmed = hasMore || isConfirmed(fact, change, head);
    const ended = await endQuestions(deps, head, change);
    const all: ProcessChange<PurchaseState> = {
      ...change,
      entries: [...change.entries, ...ended.entries, ...(confirmed ? [] : [unconfirmedEntry(fact)])],
      answers: [...(change.answers ?? []), ...ended.answers],
      effects: [...(change.effects ?? []), ...ended.effects],
    };
    return isNothing(all, head) ? { output: hasMore } : { change: all, also: ended.also, output: hasMore };
  });
}

/** With a purchase that is interrupted, all; otherwise those about invoices and receipts that are not as they were asked about. */
function endQuestions(
  deps: ErpStepDeps,
  head: PurchaseHead,
  { interruption, state = head.state }: ProcessChange<PurchaseState>,
): Promise<EndedApprovals> {
  if (interruption !== undefined) {
    return endOpenApprovals(deps, head, { kind: 'cancel', outcome: interruption.outcome });
  }
  const isPaymentOvertaken = state.match?.invoicesDigest !== invoicesDigest(state);
  const isMismatchOvertaken = !isMatchOf(state.match, state);
  return endOpenApprovals(
    deps,
    head,
    { kind: 'cancel', outcome: 'overtaken' },
    ({ plan: { subject } }) =>
      (subject === 'payment' && isPaymentOvertaken) || (subject === 'invoice-mismatch' && isMismatchOvertaken),
  );
}

/**
 * Facts that were kept for an order, taken up by its process: all that there are, and the removal of as many as one
 * transaction takes; `hasMore`: ask again for the others.
 */
export async function takeKeptFacts(
  deps: ErpStepDeps,
  orderNumber: string,
): Promise<{
  readonly facts: readonly ReportedFact[];
  readonly also: readonly WorkChange[];
  readonly hasMore: boolean;
}> {
  const { partition, sort } = keptFactKey(orderNumber, '');
  const items: readonly WorkItem<ReportedFact>[] = await deps.store.list<ReportedFact>(partition, sort);
  return {
    facts: items.map((item) => item.value),
    also: items.slice(0, MAX_KEPT).map((item) => ({ kind: 'delete', key: item.key, ifVersion: item.version })),
    hasMore: items.length > MAX_KEPT,
  };
}

async function processOf(deps: ErpStepDeps, orderNumber: string): Promise<string | undefined> {
  return (await deps.store.read<{ processId: string }>(orderKey(orderNumber)))?.value.processId;
}

/** Keeps the fact; gives the process if it became known meanwhile, since nobody else would look again. */
async function keep(deps: ErpStepDeps, fact: ReportedFact): Promise<string | undefined> {
  const key = keptFactKey(fact.orderNumber, `${fact.type}#${fact.documentId}`);
  const expiresAt = new Date(deps.clock.now().getTime() + KEEP_DAYS * 86_400_000);
  try {
    await deps.store.commit({ entries: [], personal: [], changes: [{ kind: 'create', key, value: fact, expiresAt }] });
  } catch (error) {
    if (!(error instanceof ConcurrencyError)) {
      throw error;
    }
  }
  return processOf(deps, fact.orderNumber);
}

/** Whether what the fact points to is there, new or known from before. */
function isConfirmed(fact: ReportedFact, change: ProcessChange<PurchaseState>, head: PurchaseHead): boolean {
  const state = change.state ?? head.state;
  switch (fact.type) {
    case 'GoodsReceived':
      return state.receipts[fact.documentId] !== undefined;
    case 'SupplierInvoiceReceived':
      return state.invoices[fact.documentId] !== undefined;
    case 'PaymentCompleted':
      return Object.values(state.payments).some(
        ({ paymentNumber, state: paid }) =>
          paymentNumber === fact.documentId && (paid === 'completed' || paid === 'failed'),
      );
    case 'PurchaseOrderCancelled':
      return (
        change.interruption !== undefined ||
        head.interruption !== undefined ||
        head.status === 'ended' ||
        head.state.intended.includes(`${head.processId}-cancel`)
      );
  }
}

function unconfirmedEntry(fact: ReportedFact) {
  return {
    type: 'FactNotConfirmed',
    actor: { kind: 'erp', id: 'erp' },
    facts: { fact: fact.type, documentId: fact.documentId, eventId: fact.eventId, occurredAt: fact.occurredAt },
  } as const;
}

function isNothing(change: ProcessChange<PurchaseState>, head: PurchaseHead): boolean {
  return (
    change.entries.length === 0 &&
    (change.answers ?? []).length === 0 &&
    JSON.stringify(change.state ?? head.state) === JSON.stringify(head.state)
  );
}
