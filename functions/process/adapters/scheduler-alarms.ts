/** EventBridge Scheduler as the alarm clock: one one-time schedule per alarm, which deletes itself after it rang. */
import { createHash } from 'node:crypto';
import { CreateScheduleCommand, DeleteScheduleCommand, type SchedulerClient } from '@aws-sdk/client-scheduler';
import type { Clock } from '../../runtime/ambient.ts';
import type { Alarm, Alarms } from '../alarms.ts';
import { awsFailure, errorName } from './failures.ts';

export interface SchedulerParts {
  readonly client: Pick<SchedulerClient, 'send'>;
  readonly clock: Clock;
  /** Name of the group that holds the alarms. */
  readonly group: string;
  /** The function that hears alarms. */
  readonly targetArn: string;
  /** Lets Scheduler invoke the function and write to the dead-letter queue. */
  readonly roleArn: string;
  readonly deadLetterArn: string;
}

/** Scheduler refuses an instant in the past; one that is due rings this much later. */
const SOONEST_MS = 5_000;
/** An alarm that could not be delivered for a day goes to the dead-letter queue. */
const RETRY = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 } as const;

export function createSchedulerAlarms(parts: SchedulerParts): Alarms {
  const { client, clock, group } = parts;
  return {
    async set(alarm, at) {
      const soonest = clock.now().getTime() + SOONEST_MS;
      const command = new CreateScheduleCommand({
        Name: scheduleName(alarm),
        GroupName: group,
        ScheduleExpression: `at(${wholeSeconds(Math.max(at.getTime(), soonest))})`,
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: parts.targetArn,
          RoleArn: parts.roleArn,
          Input: JSON.stringify(alarm),
          RetryPolicy: RETRY,
          DeadLetterConfig: { Arn: parts.deadLetterArn },
        },
      });
      await unless('ConflictException', () => client.send(command));
    },
    async cancel(alarm) {
      const command = new DeleteScheduleCommand({ Name: scheduleName(alarm), GroupName: group });
      await unless('ResourceNotFoundException', () => client.send(command));
    },
  };
}

/** Ids hold characters that Scheduler's names may not have, and can be longer than its 64. */
function scheduleName({ processId, waitId, purpose, step }: Alarm): string {
  const digest = createHash('sha256').update(`${processId}\n${waitId}`).digest('hex');
  return `${purpose}-${step === undefined ? '' : `${step}-`}${digest.slice(0, 48)}`;
}

/** Scheduler's form of an instant: no fraction and no zone. Rounded up, so that no alarm rings before its time. */
function wholeSeconds(at: number): string {
  return new Date(Math.ceil(at / 1000) * 1000).toISOString().slice(0, 19);
}

/** Runs a call whose named refusal says that it is done already. */
async function unless(done: string, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (cause) {
    if (errorName(cause) !== done) {
      throw awsFailure('EventBridge Scheduler', cause);
    }
  }
}
