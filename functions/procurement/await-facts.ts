/** The state machine waits for facts of the ERP, for the requester to change what was returned, or for a hold to be released. */

import type { NewEntry } from '../audit/domain/record.ts';
import type { MissingYear } from '../calendar/port.ts';
import type { AwaitFactInput, FactWaitKind, TakenUp } from '../process/await-fact.ts';
import { type OpenWaitDeps, openWait } from '../requests/open-wait.ts';
import { hasReceipts, PROCESS_KIND, PURCHASE, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';
import type { ErpStepDeps } from './purchase-deps.ts';
import { takeKeptFacts } from './record-erp-fact.ts';
import { type FactKind, factsBatch } from './refresh-facts.ts';

/** What a purchase waits for; other processes wait for other things. */
export type PurchaseWaitKind = Extract<
  FactWaitKind,
  'rework' | 'goods-receipt' | 'supplier-invoice' | 'payment' | 'hold'
>;

export interface AwaitFactsInput extends AwaitFactInput {
  readonly kind: PurchaseWaitKind;
  /** A person decided to go on with what was received so far. */
  readonly acceptShortReceipt: boolean;
}

export type AwaitFactsDeps = OpenWaitDeps & ErpStepDeps;

interface Wanted {
  readonly phase: string;
  /** Who answers for it; a wait without post belongs to the operators. */
  readonly post?: string;
  readonly documents: readonly FactKind[];
}

const WANTED: { readonly [kind in PurchaseWaitKind]: Wanted } = {
  rework: { phase: 'Rework', documents: [] },
  'goods-receipt': { phase: 'Goods receipt', post: 'buyer', documents: ['order', 'receipts'] },
  'supplier-invoice': {
    phase: 'Supplier invoice',
    post: 'accounting',
    documents: ['order', 'receipts', 'invoices'],
  },
  payment: { phase: 'Payment', post: 'accounting', documents: ['payments'] },
  hold: { phase: 'On hold', documents: [] },
};

/** As {@link openWait}: answered at once when the ERP says that it is satisfied already. */
export function awaitFacts(deps: AwaitFactsDeps, input: AwaitFactsInput): Promise<MissingYear | undefined> {
  const { phase, post, documents } = WANTED[input.kind];
  return openWait<PurchaseState>(deps, PURCHASE, input, {
    phase,
    post,
    subjectOf: ({ processId, state }) => state.order?.orderNumber ?? processId,
    takeUp: (head, subject) => takeUp(deps, input, head, subject),
    read: (head, change) => factsBatch(deps.erp, head, documents, deps.clock.now(), change),
  });
}

/** Facts that came before the wait, and what a person accepted. */
async function takeUp(
  deps: AwaitFactsDeps,
  { acceptShortReceipt }: AwaitFactsInput,
  { state }: PurchaseHead,
  subject: string,
): Promise<TakenUp<PurchaseState>> {
  const { facts, also, hasMore } = await takeKeptFacts(deps, subject);
  const taken = { facts: { keptFacts: facts.length }, also, hasMore };
  return acceptShortReceipt && hasReceipts(state) && state.acceptedShortReceipt !== true
    ? { ...taken, entries: [acceptedEntry(subject)], state: { ...state, acceptedShortReceipt: true } }
    : taken;
}

function acceptedEntry(subject: string): NewEntry {
  return { type: 'ShortReceiptAccepted', actor: { kind: 'meridian', id: PROCESS_KIND }, facts: { subject } };
}
