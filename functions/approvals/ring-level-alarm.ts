/** An alarm of an open level rings: remind, bring in the next person, or end the approval unapproved. */
import type { AlarmPurpose } from '../process/alarms.ts';
import type { ProcessHead, Wait } from '../process/domain/process.ts';
import type { Decision, ProcessDeps } from '../process/update-process.ts';
import { answersOf } from './act-on-approval.ts';
import { approvalEntries } from './approval-entries.ts';
import { approvalMails } from './approval-mails.ts';
import { readApprovalItem, replaceApproval } from './approval-store.ts';
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
  return {
    change: {
      entries: approvalEntries(item.value, result.events),
      effects: approvalMails(item.value, result.state, result.events),
      answers: answersOf(head, item.value, result),
    },
    also: replaceApproval(head.processId, item, result.state),
    output: undefined,
  };
}
