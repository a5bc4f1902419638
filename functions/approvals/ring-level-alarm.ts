/** An alarm of an open level rings: remind, bring in the next person, or end the approval unapproved. */
import type { AlarmPurpose } from '../process/alarms.ts';
import type { ProcessHead, Wait } from '../process/domain/process.ts';
import type { Decision, ProcessDeps } from '../process/update-process.ts';
import { approvalEntries, approvalMails } from './approval-entries.ts';
import { readApprovalItem, replaceApproval } from './approval-store.ts';
import { answersOf } from './decide-on-approval.ts';
import { decideApproval } from './domain/approval.ts';

/** The change that the alarm makes; none when there is nothing left to remind of. */
export async function ringLevelAlarm(
  deps: ProcessDeps,
  head: ProcessHead,
  wait: Wait,
  purpose: AlarmPurpose,
): Promise<Decision<unknown, void>> {
  const item = await readApprovalItem(deps.store, head.processId, wait.subject);
  if (item.value.open?.waitId !== wait.waitId) {
    return { output: undefined };
  }
  const result = decideApproval(item.value, { kind: purpose }, { now: deps.clock.now() });
  if (result.kind === 'refused' || result.events.length === 0) {
    return { output: undefined };
  }
  const closed = result.events.find((event) => event.type === 'ApprovalClosed');
  return {
    change: {
      entries: approvalEntries(item.value, result.events),
      effects: approvalMails(item.value, result.state, result.events),
      answers: closed === undefined ? [] : answersOf(head, item.value, closed.outcome),
    },
    also: [replaceApproval(item, result.state)],
    output: undefined,
  };
}
