/** Where approvals are kept: a work item of the process, changed only in a transaction with the process's head. */
import { approvalKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange, WorkItem } from '../process/store/port.ts';
import { copyChanges } from './copy-list.ts';
import { decidedChanges } from './decided-list.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { openTasks } from './domain/open-tasks.ts';
import { questionPlace } from './operator-questions.ts';
import { taskChanges } from './task-list.ts';

/** An approval as committed last; undefined: never routed. */
export async function readApproval(
  store: ProcessStore,
  processId: string,
  approvalId: string,
): Promise<ApprovalState | undefined> {
  return (await store.read<ApprovalState>(approvalKey(processId, approvalId)))?.value;
}

/** All approvals of a process. */
export async function listApprovals(store: ProcessStore, processId: string): Promise<readonly ApprovalState[]> {
  return (await listApprovalItems(store, processId)).map((item) => item.value);
}

/** As {@link listApprovals}, to be replaced. */
export function listApprovalItems(store: ProcessStore, processId: string): Promise<readonly WorkItem<ApprovalState>[]> {
  const { partition, sort } = approvalKey(processId, '');
  return store.list<ApprovalState>(partition, sort);
}

/** @throws Error when the approval was never routed: a bug of the state machine. */
export async function readApprovalItem(
  store: ProcessStore,
  processId: string,
  approvalId: string,
): Promise<WorkItem<ApprovalState>> {
  const item = await store.read<ApprovalState>(approvalKey(processId, approvalId));
  if (item === undefined) {
    throw new Error(`process ${processId} has no approval ${approvalId}`);
  }
  return item;
}

/**
 * Replaces the approval if nobody else did since it was read, and with it what stands on the task lists of those who were
 * asked, or are: whoever has decided does not see the task any more, and they and whoever was copied have it on lists of their own.
 * There is no other way to change an approval.
 */
export function replaceApproval(
  processId: string,
  item: WorkItem<ApprovalState>,
  value: ApprovalState,
): readonly WorkChange[] {
  return [
    { kind: 'replace', key: item.key, ifVersion: item.version, value, ...questionPlace(processId, value) },
    ...taskChanges(openTasks(processId, item.value), openTasks(processId, value)),
    ...copyChanges(processId, item.value, value),
    ...decidedChanges(processId, item.value, value),
  ];
}
