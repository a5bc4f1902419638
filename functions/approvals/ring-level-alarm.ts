/** An alarm of an open level rings: remind, bring in the next person, or end the approval unapproved. */
import type { Directory } from '../directory/port.ts';
import type { Alarm } from '../process/alarms.ts';
import type { ProcessHead, Wait } from '../process/domain/process.ts';
import type { Decision, ProcessDeps } from '../process/update-process.ts';
import { nextAlarm } from '../process/wait-alarms.ts';
import { approvalChange } from './approval-change.ts';
import { readApprovalItem } from './approval-store.ts';
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
  { purpose, step = 1 }: Pick<Alarm, 'purpose' | 'step'>,
): Promise<Decision<unknown, void>> {
  const item = await readApprovalItem(deps.store, head.processId, wait.subject);
  if (item.value.open?.waitId !== wait.waitId) {
    return { output: undefined };
  }
  if (purpose !== 'expire' && step < (wait.steps?.[purpose] ?? 1)) {
    // It rang before: the one after it is set.
    return { output: undefined };
  }
  const now = deps.clock.now();
  const people = purpose === 'escalate' ? await peopleAbove(deps.directory, item.value, now) : {};
  const judged = await peopleToJudge(deps.directory, item.value);
  const command = purpose === 'expire' ? { kind: purpose } : { kind: purpose, step };
  const result = decideApproval(item.value, command, { now, ...people, ...judged });
  const decision = approvalChange<unknown>(head, item, result);
  return purpose === 'expire' ? decision : withNext(decision, nextAlarm(wait, head.processId, purpose, step));
}

/** As long as the level waits, the next reminder or escalation is set together with what this one changed. */
function withNext(decision: Decision<unknown, void>, next: ReturnType<typeof nextAlarm>): Decision<unknown, void> {
  const { change = { entries: [] } } = decision;
  const isOver = (change.answers ?? []).length > 0;
  if (isOver || next.effects.length === 0) {
    return decision;
  }
  return { ...decision, change: { ...change, open: next.open, effects: [...(change.effects ?? []), ...next.effects] } };
}

/** Whom the plan names for the escalation, who is above them, and who stands in for each of them now. */
async function peopleAbove(directory: Directory, approval: ApprovalState, now: Date) {
  const named = [...new Set(escalatedTo(approval))];
  const lines = new Map(await Promise.all(named.map(async (id) => [id, await lineFrom(directory, id)] as const)));
  const here = [...lines.values()].flat().filter(({ active }) => active);
  const people = here.map(({ employeeId }) => employeeId);
  return { lines, substitutes: await standInsNow(directory, people, now, approval.plan.subject) };
}
