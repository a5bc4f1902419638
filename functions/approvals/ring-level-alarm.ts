/** An alarm of an open level rings: remind, bring in the next person, or end the approval unapproved. */
import type { Directory } from '../directory/port.ts';
import type { AlarmPurpose } from '../process/alarms.ts';
import type { ProcessHead, Wait } from '../process/domain/process.ts';
import type { Decision, ProcessDeps } from '../process/update-process.ts';
import { answersOf } from './approval-change.ts';
import { approvalEffects } from './approval-effects.ts';
import { approvalEntries } from './approval-entries.ts';
import { readApprovalItem, replaceApproval } from './approval-store.ts';
import { decideApproval } from './domain/approval.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { escalatedTo } from './domain/escalate.ts';
import { peopleToJudge } from './judged-people.ts';
import { lineFrom, standInsNow } from './stand-ins-now.ts';

export interface RingLevelAlarmDeps extends ProcessDeps {
  readonly directory: Directory;
}

/** The change that the alarm makes; none when there is nothing left to remind of. */
export async function ringLevelAlarm(
  deps: RingLevelAlarmDeps,
  head: ProcessHead,
  wait: Wait,
  purpose: AlarmPurpose,
): Promise<Decision<unknown, void>> {
  const item = await readApprovalItem(deps.store, head.processId, wait.subject);
  if (item.value.open?.waitId !== wait.waitId) {
    return { output: undefined };
  }
  const now = deps.clock.now();
  const people = purpose === 'escalate' ? await peopleAbove(deps.directory, item.value, now) : {};
  const judged = await peopleToJudge(deps.directory, item.value);
  const result = decideApproval(item.value, { kind: purpose }, { now, ...people, ...judged });
  if (result.kind === 'refused' || result.events.length === 0) {
    return { output: undefined };
  }
  return {
    change: {
      entries: approvalEntries(item.value, result.events),
      effects: approvalEffects(head, item.value, result.state, result.events),
      answers: answersOf(head, item.value, result),
    },
    also: replaceApproval(head.processId, item, result.state),
    output: undefined,
  };
}

/** Whom the plan names for the escalation, who is above them, and who stands in for each of them now. */
async function peopleAbove(directory: Directory, approval: ApprovalState, now: Date) {
  const named = [...new Set(escalatedTo(approval))];
  const lines = new Map(await Promise.all(named.map(async (id) => [id, await lineFrom(directory, id)] as const)));
  const here = [...lines.values()].flat().filter(({ active }) => active);
  const people = here.map(({ employeeId }) => employeeId);
  return { lines, substitutes: await standInsNow(directory, people, now, approval.plan.subject) };
}
