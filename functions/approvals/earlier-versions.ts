/** What was asked about the versions before: whoever decides about the next one sees what was said, and what has changed. */
import type { ProcessStore } from '../process/store/port.ts';
import { listApprovals } from './approval-store.ts';
import { type ApprovalState, RETURNED } from './domain/approval-state.ts';
import { compareDocuments, type DocumentChanges } from './domain/compare-documents.ts';
import { partOf } from './domain/part-of.ts';
import { isReturnable } from './domain/plan.ts';
import type { Question } from './links.ts';

/**
 * Approvals of the process about earlier versions, oldest first. None for whoever has nothing to do with the approval any
 * more, such as somebody whose task is another's now.
 */
export async function earlierVersionsFor(
  store: ProcessStore,
  { processId, employeeId }: Pick<Question, 'processId' | 'employeeId'>,
  approval: ApprovalState,
): Promise<readonly ApprovalState[]> {
  return partOf(approval, employeeId) === undefined ? [] : earlierVersions(store, processId, approval);
}

/** As {@link earlierVersionsFor}, for whoever it may be. */
export async function earlierVersions(
  store: ProcessStore,
  processId: string,
  { plan: { documentVersion } }: ApprovalState,
): Promise<readonly ApprovalState[]> {
  const all = documentVersion === 1 ? [] : await listApprovals(store, processId);
  return all
    .filter(({ plan }) => plan.documentVersion < documentVersion)
    .toSorted((one, other) => one.plan.documentVersion - other.plan.documentVersion);
}

/** Those whose words are about what is asked again: all questions about what was filed, where this is one. */
export function aboutTheSame(
  { plan }: Pick<ApprovalState, 'plan'>,
  earlier: readonly ApprovalState[],
): readonly ApprovalState[] {
  return isReturnable(plan) ? earlier.filter((one) => isReturnable(one.plan)) : [];
}

/** Against the version before, if that one went back to the requester; undefined: it takes the place of none. */
export function changesSince(
  approval: ApprovalState,
  earlier: readonly ApprovalState[],
): { readonly changes?: DocumentChanges } {
  const asked = aboutTheSame(approval, earlier);
  const since = asked.at(-1)?.plan.documentVersion;
  const last = asked.filter(({ plan }) => plan.documentVersion === since);
  const returned = last.find(({ outcome }) => outcome === RETURNED);
  const before = last.findLast(({ plan }) => plan.subject === approval.plan.subject) ?? returned;
  return since === undefined || returned === undefined || before === undefined
    ? {}
    : { changes: compareDocuments(since, before.plan.document, approval.plan.document) };
}
