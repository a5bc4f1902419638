/** The alarm clock of waits: EventBridge Scheduler. */
import type * as z from 'zod';
import { createSchedulerAlarms } from '../process/adapters/scheduler-alarms.ts';
import type { Alarms } from '../process/alarms.ts';
import { schedulerClient } from './clients.ts';
import type { alarmEnvironment } from './environment.ts';

export function waitAlarms(environment: z.infer<typeof alarmEnvironment>): Alarms {
  return createSchedulerAlarms({
    client: schedulerClient(),
    clock: { now: () => new Date() },
    group: environment.ALARM_GROUP,
    targetArn: environment.ALARM_TARGET_ARN,
    roleArn: environment.ALARM_ROLE_ARN,
    deadLetterArn: environment.ALARM_DEAD_LETTER_ARN,
  });
}
