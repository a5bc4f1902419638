/** The requester sends a changed requisition in the place of the one that was returned. */
import { listApprovals } from '../approvals/approval-store.ts';
import type { NewEntry } from '../audit/domain/record.ts';
import type { OaReference } from '../events/envelope.ts';
import { type ProcessChange, versionOf } from '../process/domain/process.ts';
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { RESUBMISSION_REFUSALS, resubmissionRefusedMessage } from './domain/messages.ts';
import { digestOf, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';
import { type Resubmission, type ResubmissionRefusal, resubmissionRefusal, withResubmission } from './domain/rework.ts';
import { withConsequences } from './refresh-facts.ts';
import { justificationOf, processIdOf, withoutJustification } from './register-requisition.ts';

/**
 * Taken when it was asked for; whether it is complete is found by the steps that check every requisition. What is not
 * taken is recorded and answered, and changes nothing. `unknown`: no process of that request.
 */
export async function resubmitRequisition(
  deps: ProcessDeps,
  input: Resubmission & { readonly oa: OaReference },
): Promise<'taken' | 'refused' | 'unknown'> {
  const processId = processIdOf(input.oa);
  if ((await readHead(deps.store, processId)) === undefined) {
    return 'unknown';
  }
  return updateProcess<PurchaseState, 'taken' | 'refused'>(deps, processId, async (head) => {
    const now = deps.clock.now();
    const refusal = resubmissionRefusal(head, await listApprovals(deps.store, processId), input, now);
    return refusal === undefined
      ? { change: taken(head, input, now), output: 'taken' }
      : { change: refused(head, input, refusal), output: 'refused' };
  });
}

function taken(head: PurchaseHead, input: Resubmission, now: Date): ProcessChange<PurchaseState> {
  const entry: NewEntry = {
    ...entryOf('RequisitionResubmitted', input, {
      filedDigest: digestOf(input.requisition),
      filed: withoutJustification(input.requisition),
    }),
    ...justificationOf(input.requisition),
  };
  return withConsequences(head, { entries: [entry], state: withResubmission(head.state, input) }, now);
}

function refused(head: PurchaseHead, input: Resubmission, refusal: ResubmissionRefusal): ProcessChange<PurchaseState> {
  const message = resubmissionRefusedMessage(RESUBMISSION_REFUSALS[refusal], { refusal, version: versionOf(head) });
  return {
    entries: [entryOf('ResubmissionRefused', input, { refusal, version: versionOf(head) })],
    effects: [{ kind: 'tell-oa', message }],
  };
}

function entryOf(type: string, { eventId, requesterId, replacesVersion }: Resubmission, more: NewEntry['facts']) {
  return {
    type,
    actor: { kind: 'person', id: requesterId },
    facts: { eventId, replacesVersion, ...more },
  } as const;
}
