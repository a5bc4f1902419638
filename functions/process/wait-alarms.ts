/** The alarms of a wait: set after the wait is committed; setting them again changes nothing. */
import type { HoursAfter } from '../calendar/domain/working-time.ts';
import { type Alarms, alarmOf } from './alarms.ts';
import type { Effect, Wait } from './domain/process.ts';

export interface WaitTimes {
  /** ISO 8601 in UTC. */
  readonly openedAt: string;
  /** Hours after the opening, of whatever `hoursAfter` counts. */
  readonly remindAfterHours: number;
  readonly escalateAfterHours: number;
  /** ISO 8601 in UTC. */
  readonly deadline: string;
}

/** When a wait reminds and escalates, one step after the other (ISO 8601 in UTC). */
type Moments = NonNullable<Wait['moments']>;

/** Of each kind at most so many for one wait. */
const MOST_STEPS = 5;

/** Once each; what would ring at or after the deadline is left to the expiry. */
export function once(times: WaitTimes, hoursAfter: HoursAfter): Moments {
  return momentsOf(times, hoursAfter, () => 1);
}

/**
 * As {@link once}, and again after each further period of the same length, as long as the wait is. Where both come at one
 * moment it escalates alone: who comes in by that has their mail, and is not reminded with it.
 */
export function repeated(times: WaitTimes & { readonly expireAfterHours: number }, hoursAfter: HoursAfter): Moments {
  // Nothing beyond the end is reckoned: nobody may know the working days there.
  const { remind, escalate } = momentsOf(times, hoursAfter, (hours) =>
    Math.min(MOST_STEPS, Math.ceil(times.expireAfterHours / hours) - 1),
  );
  return { remind: remind.filter((at) => !escalate.includes(at)), escalate };
}

function momentsOf(times: WaitTimes, hoursAfter: HoursAfter, most: (hours: number) => number): Moments {
  const { openedAt, deadline } = times;
  const every = (hours: number) =>
    Array.from({ length: most(hours) }, (_, index) => hoursAfter(openedAt, hours * (index + 1)))
      .filter((at) => at < new Date(deadline))
      .map((at) => at.toISOString());
  return { remind: every(times.remindAfterHours), escalate: every(times.escalateAfterHours) };
}

/** The first reminder, the first escalation and the expiry: a wait has three alarms at a time. */
export async function setWaitAlarms(
  alarms: Alarms,
  { processId, waitId }: { readonly processId: string; readonly waitId: string },
  moments: Moments,
  deadline: string,
): Promise<void> {
  for (const purpose of ['remind', 'escalate'] as const) {
    const [first] = moments[purpose];
    if (first !== undefined) {
      await alarms.set({ processId, waitId, purpose }, new Date(first));
    }
  }
  await alarms.set({ processId, waitId, purpose: 'expire' }, new Date(deadline));
}

/** The wait once an alarm has rung, and the one that is to ring next, if there is another. */
export function nextAlarm(
  wait: Wait,
  processId: string,
  purpose: 'remind' | 'escalate',
  step: number,
): { readonly open: Wait; readonly effects: readonly Effect[] } {
  const { waitId, moments, steps = FIRST } = wait;
  const at = moments?.[purpose][step];
  const alarm = alarmOf({ processId, waitId, purpose }, step + 1);
  return {
    open: { ...wait, steps: { ...steps, [purpose]: step + 1 } },
    effects: at === undefined ? [] : [{ kind: 'alarm', alarm, at }],
  };
}

/** The steps that ring first. */
export const FIRST = { remind: 1, escalate: 1 };
