/** The alarms of a wait: set after the wait is committed; setting them again changes nothing. */
import type { HoursAfter } from '../calendar/domain/working-time.ts';
import type { Alarms } from './alarms.ts';

export interface WaitTimes {
  /** ISO 8601 in UTC. */
  readonly openedAt: string;
  /** Hours after the opening, of whatever `hoursAfter` counts. */
  readonly remindAfterHours: number;
  readonly escalateAfterHours: number;
  /** ISO 8601 in UTC. */
  readonly deadline: string;
}

/** Reminder, escalation and expiry. An alarm that would ring at or after the deadline is left to the expiry. */
export async function setWaitAlarms(
  alarms: Alarms,
  wait: { readonly processId: string; readonly waitId: string },
  times: WaitTimes,
  hoursAfter: HoursAfter,
): Promise<void> {
  const { processId, waitId } = wait;
  const deadline = new Date(times.deadline);
  for (const [purpose, hours] of [
    ['remind', times.remindAfterHours],
    ['escalate', times.escalateAfterHours],
  ] as const) {
    const at = hoursAfter(times.openedAt, hours);
    if (at < deadline) {
      await alarms.set({ processId, waitId, purpose }, at);
    }
  }
  await alarms.set({ processId, waitId, purpose: 'expire' }, deadline);
}
