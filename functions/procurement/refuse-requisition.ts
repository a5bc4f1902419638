/** A requisition that cannot be processed as filed: every issue is recorded before the step fails. */
import type { NewEntry } from '../audit/domain/record.ts';
import { type ProcessChange, versionOf } from '../process/domain/process.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { type FieldIssue, ResubmissionRefusedError, ValidationError } from '../runtime/errors.ts';
import { issuesReason, resubmissionRefusedMessage } from './domain/messages.ts';
import { type PurchaseHead, type PurchaseState, type Rework, titleOf } from './domain/purchase.ts';

/**
 * @throws always, once the issues are committed: ValidationError, and they are the reason of the end;
 *   ResubmissionRefusedError for what was sent in the place of a returned requisition, and it may be sent again.
 */
export async function refuseRequisition(
  deps: ProcessDeps,
  processId: string,
  issues: readonly FieldIssue[],
): Promise<never> {
  const isResubmission = await updateProcess<PurchaseState, boolean>(deps, processId, (head) => {
    const { endReason, rework } = head.state;
    if (rework?.sent !== undefined) {
      return {
        ...(rework.sent === 'unchecked' ? { change: resubmissionRefused(head, rework, issues) } : {}),
        output: true,
      };
    }
    return { ...(endReason === undefined ? { change: requisitionRefused(head, issues) } : {}), output: false };
  });
  throw isResubmission ? new ResubmissionRefusedError('it may be sent again') : new ValidationError(issues);
}

/** A step that is repeated after its refusal was committed, and its answer lost, refuses again. */
export function demandNotRefused({ rework }: PurchaseState): void {
  if (rework?.sent === 'refused') {
    throw new ResubmissionRefusedError('it was refused before');
  }
}

function requisitionRefused({ state }: PurchaseHead, issues: readonly FieldIssue[]): ProcessChange<PurchaseState> {
  return {
    entries: [entryOf('RequisitionRefused', { issues: factsOf(issues) })],
    state: { ...state, endReason: issuesReason(issues) },
  };
}

/** What was returned stands as it was, and the requester has as long to send it again as before. */
function resubmissionRefused(
  head: PurchaseHead,
  rework: Rework,
  issues: readonly FieldIssue[],
): ProcessChange<PurchaseState> {
  const version = versionOf(head);
  const reason = issuesReason(issues);
  const facts = { title: titleOf(head), reason: reason.en, deadline: rework.deadline ?? '' };
  return {
    entries: [entryOf('ResubmissionRefused', { refusal: 'incomplete', version, issues: factsOf(issues) })],
    state: { ...head.state, rework: { ...rework, sent: 'refused' } },
    effects: [
      {
        kind: 'tell-oa',
        message: resubmissionRefusedMessage(reason, { refusal: 'incomplete', version, issues: factsOf(issues) }),
      },
      { kind: 'mail', mail: { to: head.requesterId, template: 'rework-refused', facts } },
    ],
  };
}

function factsOf(issues: readonly FieldIssue[]) {
  return issues.map(({ field, problem, remedy }) => ({ field, problem, remedy }));
}

function entryOf(type: string, facts: NewEntry['facts']): NewEntry {
  return { type, actor: { kind: 'meridian', id: 'validation' }, facts };
}
