/**
 * The list of what somebody was copied (抄送). An item says where the approval is and nothing more, so that the end of an
 * approval changes no list; what is shown is read from the approvals.
 */
import { copyKey } from '../process/keys.ts';
import type { WorkChange } from '../process/store/port.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { copyFor } from './domain/part-of.ts';

export interface CopyItem {
  readonly processId: string;
  readonly approvalId: string;
}

/** What a change of an approval adds to the lists of those who were copied by it. */
export function copyChanges(processId: string, before: ApprovalState, after: ApprovalState): readonly WorkChange[] {
  const { approvalId } = after.plan;
  const value: CopyItem = { processId, approvalId };
  return (after.copies ?? [])
    .filter(({ employeeId }) => copyFor(before, employeeId) === undefined)
    .map(({ employeeId, at }) => ({ kind: 'put', key: copyKey(employeeId, at, processId, approvalId), value }));
}
