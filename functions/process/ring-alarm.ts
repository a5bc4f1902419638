/**
 * An alarm rings. It may ring late, twice, or for a wait that is over; the process as committed decides. An expiry that
 * rings before its time (the state machine's backstop) does nothing.
 */
import { ringLevelAlarm } from '../approvals/ring-level-alarm.ts';
import type { Directory } from '../directory/port.ts';
import type { Alarm } from './alarms.ts';
import type { Effect, ProcessChange, ProcessHead, Wait } from './domain/process.ts';
import { type Decision, type ProcessDeps, updateProcess } from './update-process.ts';

export interface RingAlarmDeps extends ProcessDeps {
  readonly directory: Directory;
}

const OPERATORS = 'operators';

/** Reminds, escalates or ends a wait. */
export function ringAlarm(deps: RingAlarmDeps, alarm: Alarm): Promise<void> {
  return updateProcess<unknown, void>(deps, alarm.processId, async (head) => {
    const wait = head.waits[alarm.waitId];
    const isEarly = alarm.purpose === 'expire' && deps.clock.now() < new Date(wait?.deadline ?? 0);
    if (wait === undefined || isEarly || wait.rung?.includes(alarm.purpose)) {
      return { output: undefined };
    }
    return wait.kind === 'approval' ? ringLevelAlarm(deps, head, wait, alarm) : ringFactAlarm(deps, head, wait, alarm);
  });
}

async function ringFactAlarm(
  deps: RingAlarmDeps,
  head: ProcessHead,
  wait: Wait,
  alarm: Alarm,
): Promise<Decision<unknown, void>> {
  const facts = { waitId: wait.waitId, kind: wait.kind, subject: wait.subject, deadline: wait.deadline };
  const entry = (type: string, more = {}) => ({ type, actor: MERIDIAN, facts: { ...facts, ...more } });
  const decide = (change: ProcessChange<unknown>) => ({ change, output: undefined });
  switch (alarm.purpose) {
    case 'remind':
      return decide({
        open: heard(wait, alarm),
        entries: [entry('WaitReminded', { reminded: wait.owner })],
        effects: [overdueMail(head, wait, wait.owner)],
      });
    case 'escalate': {
      const manager = await superiorOf(deps, wait);
      return decide({
        open: heard(wait, alarm),
        entries: [entry('WaitEscalated', { escalatedTo: manager })],
        effects: [...new Set([wait.owner, manager])].map((to) => overdueMail(head, wait, to)),
      });
    }
    case 'expire':
      return decide({
        entries: [entry('WaitExpired')],
        answers: [{ waitId: wait.waitId, output: { outcome: 'expired' } }],
      });
  }
}

/** Nobody but the employee is to know how it stands with a payslip. */
async function superiorOf({ directory }: RingAlarmDeps, { kind, owner }: Wait): Promise<string> {
  return kind === 'payslip' ? owner : ((await directory.person(owner))?.managerId ?? OPERATORS);
}

const MERIDIAN = { kind: 'meridian', id: 'alarms' } as const;

function heard(wait: Wait, alarm: Alarm): Wait {
  return { ...wait, rung: [...(wait.rung ?? []), alarm.purpose] };
}

function overdueMail(head: ProcessHead, wait: Wait, to: string): Effect {
  const facts = {
    process: head.processId,
    request: head.oa.requestId,
    waitingFor: wait.kind,
    subject: wait.subject,
    since: wait.openedAt,
    deadline: wait.deadline,
  };
  return { kind: 'mail', mail: { to, template: 'wait-overdue', facts } };
}
