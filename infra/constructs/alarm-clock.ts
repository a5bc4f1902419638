import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { alarmEnvironment } from '../../functions/runtime/environment.ts';
import { acknowledgePattern } from '../nag-reasons.ts';
import { deadLetterQueue, failuresTo } from './dead-lettered-queue.ts';
import type { Setting } from './setting.ts';
import type { TaskFunction } from './task-function.ts';

/** Deadlines of the business: one-time schedules of EventBridge Scheduler in a group of their own, which ring one function. */
export class AlarmClock extends Construct {
  readonly environment: z.input<typeof alarmEnvironment>;
  /** Alarms that could not be delivered, or that the function failed on. */
  readonly deadLetters: Queue;
  readonly #role: Role;
  readonly #schedules: string;
  readonly #acknowledged = new Set<TaskFunction<z.ZodType>['role']>();

  constructor(scope: Construct, id: string, setting: Setting, ring: TaskFunction<z.ZodType>) {
    super(scope, id);
    const stack = Stack.of(this);
    const group = new ScheduleGroup(this, 'Group', {
      scheduleGroupName: `${setting.stackName}-alarms`,
      removalPolicy: setting.removalPolicy,
    });
    const groupArn = stack.formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: `${setting.stackName}-alarms`,
    });
    this.#schedules = stack.formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${setting.stackName}-alarms/*`,
    });
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', `${setting.stackName}-alarm-dead-letters`);
    this.#role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': groupArn } },
      }),
    });
    for (const [action, arn] of [
      ['lambda:InvokeFunction', ring.lambda.functionArn],
      ['sqs:SendMessage', this.deadLetters.queueArn],
    ] as const) {
      this.#role.addToPolicy(new PolicyStatement({ actions: [action], resources: [arn] }));
    }
    // Scheduler hands over and is done: what the function then fails on is repeated by Lambda itself.
    ring.lambda.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: failuresTo(this.deadLetters, ring),
    });
    this.environment = {
      ALARM_GROUP: group.scheduleGroupName,
      ALARM_TARGET_ARN: ring.lambda.functionArn,
      ALARM_ROLE_ARN: this.#role.roleArn,
      ALARM_DEAD_LETTER_ARN: this.deadLetters.queueArn,
    };
  }

  allowSetting(target: TaskFunction<z.ZodType>): void {
    target.allow(['scheduler:CreateSchedule'], this.#schedules);
    target.role.addToPolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [this.#role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      }),
    );
    this.#acknowledge(target);
  }

  allowCancelling(target: TaskFunction<z.ZodType>): void {
    target.allow(['scheduler:DeleteSchedule'], this.#schedules);
    this.#acknowledge(target);
  }

  /** Once, also for whoever may do both. */
  #acknowledge({ role }: TaskFunction<z.ZodType>): void {
    if (!this.#acknowledged.has(role)) {
      this.#acknowledged.add(role);
      acknowledgePattern(role, this.#schedules, 'Scheduler');
    }
  }
}
