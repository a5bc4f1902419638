/** The end of a purchase: a link to the record on the ERP order, and what every process ends with. */
import { type CloseDeps, closeRequest } from '../requests/close-request.ts';
import { commandKey } from '../requests/domain/request.ts';
import { readRequest } from '../requests/read-request.ts';
import type { OpenIntent } from '../requests/record-intent.ts';
import { ConnectorPermanentError } from '../runtime/errors.ts';
import { closingFacts, ENDINGS } from './domain/messages.ts';
import { PURCHASE, type PurchaseHead, type PurchaseOutcome, type PurchaseState } from './domain/purchase.ts';
import type { ErpStepDeps } from './purchase-deps.ts';

export type ClosePurchaseDeps = CloseDeps & ErpStepDeps;

export interface ClosePurchaseInput {
  readonly processId: string;
  /** How the state machine came here; outcomes of approvals and waits are understood. */
  readonly ending: string;
  /** An operator decided to close without the link on the order. */
  readonly skipLink: boolean;
}

/** Idempotent: an ended process stays as it ended. */
export async function closePurchase(
  deps: ClosePurchaseDeps,
  { processId, ending, skipLink }: ClosePurchaseInput,
): Promise<{ outcome: PurchaseOutcome }> {
  const head = await readRequest<PurchaseState>(deps, processId);
  const link = head.status === 'ended' || skipLink ? 'skipped' : await linkOrder(deps, head);
  return closeRequest(deps, PURCHASE, {
    processId,
    ending,
    outcomes: OUTCOMES,
    endings: ENDINGS,
    facts: { recordLink: link },
    told: closingFacts,
    mailed: ({ order }) => ({ orderNumber: order?.orderNumber ?? '' }),
    openIntents,
  });
}

async function linkOrder(deps: ClosePurchaseDeps, { processId, state }: PurchaseHead) {
  if (state.order === undefined) {
    return 'no-order';
  }
  const url = await deps.recordUrl(processId);
  try {
    await deps.erp.linkRecord(state.order.orderNumber, `Meridian: approval record ${processId}`, url);
    return 'linked';
  } catch (error) {
    // The ERP does not take the link: the purchase is complete all the same, and the record says so.
    if (error instanceof ConnectorPermanentError) {
      return 'refused-by-erp';
    }
    throw error;
  }
}

/** An order of which nobody knows. (A purchase that may be paying does not end before that is known.) */
function openIntents({ processId, state }: PurchaseHead): readonly OpenIntent[] {
  const key = commandKey(processId, 'order');
  return state.order === undefined && state.intended.includes(key) ? [{ processId, key }] : [];
}

const OUTCOMES: { readonly [ending: string]: PurchaseOutcome } = {
  paid: 'paid',
  refused: 'refused',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  cancelled: 'cancelled',
  'cancelled-in-erp': 'cancelled',
  expired: 'expired',
  recovered: 'recovered',
  stopped: 'cancelled',
};
