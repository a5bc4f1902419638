/** The requester takes the requisition back, as long as nothing has arrived and nothing is being paid. */
import { listApprovals } from '../approvals/approval-store.ts';
import type { ApprovalState } from '../approvals/domain/approval-state.ts';
import { endOpenApprovals } from '../approvals/end-open-approvals.ts';
import type { OaReference } from '../events/envelope.ts';
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { WITHDRAWAL_REFUSALS, withdrawalRefusedMessage } from './domain/messages.ts';
import { type PurchaseHead, type PurchaseState, withdrawalRefusal } from './domain/purchase.ts';
import { withConsequences } from './refresh-facts.ts';
import { processIdOf } from './register-requisition.ts';

export interface WithdrawInput {
  readonly oa: OaReference;
  readonly withdrawnBy: string;
  readonly reason: string;
  readonly eventId: string;
}

/**
 * `unknown`: no process of that request yet; the caller lets the event come again, since it may have overtaken the
 * requisition. A withdrawal that comes twice changes nothing the second time.
 */
export async function withdrawPurchase(
  deps: ProcessDeps,
  input: WithdrawInput,
): Promise<'withdrawn' | 'refused' | 'unknown'> {
  const processId = processIdOf(input.oa);
  if ((await readHead(deps.store, processId)) === undefined) {
    return 'unknown';
  }
  return updateProcess<PurchaseState, 'withdrawn' | 'refused'>(deps, processId, async (head) => {
    if (head.interruption?.outcome === 'withdrawn') {
      return { output: 'withdrawn' };
    }
    const refusal = await refusalOf(deps, head, input);
    return refusal === undefined ? withdraw(deps, head, input) : refuse(input, refusal);
  });
}

async function refusalOf(deps: ProcessDeps, head: PurchaseHead, { withdrawnBy }: WithdrawInput) {
  if (withdrawnBy !== head.requesterId) {
    return 'not-the-requester';
  }
  const refusal = withdrawalRefusal(head);
  return refusal ?? ((await listApprovals(deps.store, head.processId)).some(endsPurchase) ? 'ended' : undefined);
}

/** The process has not come to its end yet, but whoever decided was told that it does: what was written first holds. */
function endsPurchase({ plan, outcome }: ApprovalState): boolean {
  return outcome === 'rejected' || outcome === 'cancelled' || (outcome === 'expired' && plan.subject === 'order');
}

async function withdraw(deps: ProcessDeps, head: PurchaseHead, input: WithdrawInput) {
  const now = deps.clock.now();
  const ended = await endOpenApprovals(deps, head, { kind: 'withdraw' });
  const change = withConsequences(
    head,
    {
      entries: [
        {
          type: 'Withdrawn',
          actor: { kind: 'person', id: input.withdrawnBy },
          facts: { eventId: input.eventId },
          personal: { reason: input.reason },
        },
        ...ended.entries,
      ],
      interruption: { outcome: 'withdrawn', at: now.toISOString() },
      answers: ended.answers,
      effects: ended.effects,
    },
    now,
  );
  return { change, also: ended.also, output: 'withdrawn' as const };
}

function refuse(input: WithdrawInput, refusal: string) {
  const reason = WITHDRAWAL_REFUSALS[refusal] ?? { en: refusal, zh: refusal };
  return {
    change: {
      entries: [
        {
          type: 'WithdrawalRefused',
          actor: { kind: 'person' as const, id: input.withdrawnBy },
          facts: { eventId: input.eventId, refusal },
        },
      ],
      effects: [{ kind: 'tell-oa' as const, message: withdrawalRefusedMessage(reason) }],
    },
    output: 'refused' as const,
  };
}
