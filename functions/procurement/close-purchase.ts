/** The end: a link to the record on the ERP order, the last entry, and the final answer to the OA and the requester. */
import { updateProcess } from '../process/update-process.ts';
import { ConnectorPermanentError } from '../runtime/errors.ts';
import { closingMessage, type Reason } from './domain/messages.ts';
import { type PurchaseHead, type PurchaseOutcome, type PurchaseState, titleOf } from './domain/purchase.ts';
import { type ErpStepDeps, readPurchase } from './purchase-deps.ts';
import { openIntent, watchIntent } from './record-intent.ts';

export interface ClosePurchaseDeps extends ErpStepDeps {
  /** Address of the record's page for those who may read it. */
  readonly recordUrl: (processId: string) => Promise<string>;
}

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
  input: ClosePurchaseInput,
): Promise<{ outcome: PurchaseOutcome }> {
  const head = await readPurchase(deps, input.processId);
  const recordUrl = await deps.recordUrl(input.processId);
  const link = head.status === 'ended' || input.skipLink ? 'skipped' : await linkOrder(deps, head, recordUrl);
  const reason = head.state.endReason ?? (await decisionReason(deps, input));
  const outcome = await updateProcess<PurchaseState, PurchaseOutcome>(deps, input.processId, (current) => {
    if (current.status === 'ended') {
      return { output: outcomeOf(current.outcome ?? input.ending) };
    }
    const ending = outcomeOf(input.ending);
    const intent = openIntent(current);
    return {
      change: {
        entries: [
          {
            type: 'PurchaseClosed',
            actor: { kind: 'meridian', id: 'procure-to-pay' },
            facts: { outcome: ending, recordLink: link },
          },
        ],
        phase: 'Closed',
        // A wait whose state failed after it was opened: the machine stands there no more.
        abandon: Object.keys(current.waits),
        end: { outcome: ending },
        effects: [
          { kind: 'tell-oa', message: closingMessage(ending, current.state, reason, recordUrl) },
          {
            kind: 'mail',
            mail: {
              to: current.requesterId,
              template: 'process-news',
              facts: {
                outcome: ending,
                title: titleOf(current),
                orderNumber: current.state.order?.orderNumber ?? '',
                reason: reason?.en ?? '',
                reasonZh: reason?.zh ?? '',
              },
            },
          },
        ],
      },
      also: intent === undefined ? [] : [watchIntent(intent, deps.clock.now())],
      output: ending,
    };
  });
  return { outcome };
}

/** What the person said whose decision ended the purchase: as they wrote it, so the same in both languages. */
async function decisionReason(
  deps: ClosePurchaseDeps,
  { processId, ending }: ClosePurchaseInput,
): Promise<Reason | undefined> {
  const record = await deps.store.readRecord(processId);
  const decision = record.findLast((entry) => entry.type === 'DecisionMade');
  if (decision?.facts.outcome !== ending) {
    return undefined;
  }
  const personal = await deps.store.readPersonal(processId);
  const comment = personal.find(({ sequence }) => sequence === decision.sequence)?.values.comment;
  return comment === undefined ? undefined : { en: comment, zh: comment };
}

async function linkOrder(deps: ClosePurchaseDeps, head: PurchaseHead, url: string) {
  if (head.state.order === undefined) {
    return 'no-order';
  }
  try {
    await deps.erp.linkRecord(head.state.order.orderNumber, `Meridian: approval record ${head.processId}`, url);
    return 'linked';
  } catch (error) {
    // The ERP does not take the link: the purchase is complete all the same, and the record says so.
    if (error instanceof ConnectorPermanentError) {
      return 'refused-by-erp';
    }
    throw error;
  }
}

const OUTCOMES: { readonly [ending: string]: PurchaseOutcome } = {
  paid: 'paid',
  refused: 'refused',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  cancelled: 'cancelled',
  'cancelled-in-erp': 'cancelled',
  expired: 'expired',
};

function outcomeOf(ending: string): PurchaseOutcome {
  const outcome = OUTCOMES[ending];
  if (outcome === undefined) {
    throw new Error(`a purchase cannot end as ${ending}`);
  }
  return outcome;
}
