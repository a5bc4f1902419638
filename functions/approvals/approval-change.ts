/** What the reducer decided, as a change of the process. */
import type { ProcessHead } from '../process/domain/process.ts';
import type { WorkItem } from '../process/store/port.ts';
import type { Decision } from '../process/update-process.ts';
import { answersOf } from './act-on-approval.ts';
import { approvalEffects } from './approval-effects.ts';
import { approvalEntries } from './approval-entries.ts';
import { replaceApproval } from './approval-store.ts';
import type { ApprovalResult } from './domain/approval-events.ts';
import type { ApprovalState } from './domain/approval-state.ts';

/** Changes nothing when the command was refused or did nothing. For commands that no approver gave. */
export function approvalChange<State>(
  head: ProcessHead,
  item: WorkItem<ApprovalState>,
  result: ApprovalResult,
): Decision<State, void> {
  if (result.kind === 'refused' || result.events.length === 0) {
    return { output: undefined };
  }
  return {
    change: {
      entries: approvalEntries(item.value, result.events),
      answers: answersOf(head, item.value, result),
      effects: approvalEffects(head, item.value, result.state, result.events),
    },
    also: replaceApproval(head.processId, item, result.state),
    output: undefined,
  };
}
