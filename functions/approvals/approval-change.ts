/** What the reducer decided, as a change of the process. */
import { openWaits, type ProcessHead } from '../process/domain/process.ts';
import type { WorkItem } from '../process/store/port.ts';
import type { Decision } from '../process/update-process.ts';
import { approvalEffects } from './approval-effects.ts';
import { approvalEntries } from './approval-entries.ts';
import { replaceApproval } from './approval-store.ts';
import type { ApprovalResult, Happened } from './domain/approval-events.ts';
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

/** The answer of the open level's wait, as long as the state machine stands there. `before`: the approval as it stood. */
export function answersOf(head: ProcessHead, before: ApprovalState, { answer }: Happened) {
  return answer === undefined
    ? []
    : openWaits(head, 'approval')
        .filter((wait) => wait.waitId === before.open?.waitId)
        .map((wait) => ({ waitId: wait.waitId, output: { outcome: answer } }));
}
