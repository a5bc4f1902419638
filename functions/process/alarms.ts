/**
 * The business's alarm clock. On AWS: EventBridge Scheduler one-time schedules; in tests: virtual time. An alarm may
 * ring late or twice and may ring for a wait that is over: who hears it looks at the process first.
 */
export type AlarmPurpose = 'remind' | 'escalate' | 'expire';

export interface Alarm {
  readonly processId: string;
  readonly waitId: string;
  readonly purpose: AlarmPurpose;
  /** Which reminder, or which escalation, of the wait: 2 and on. Absent: the first, or the only one. */
  readonly step?: number | undefined;
}

export interface Alarms {
  /** Sets it for an instant (UTC); setting the same alarm again changes nothing. */
  set(alarm: Alarm, at: Date): Promise<void>;
  /** Takes it away; one that is gone already is no error. */
  cancel(alarm: Alarm): Promise<void>;
}

/** The alarm of a step, from 1. */
export function alarmOf(alarm: Omit<Alarm, 'step'>, step: number): Alarm {
  return step === 1 ? alarm : { ...alarm, step };
}
