import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as tellOa } from '../../functions/connectors/oa/tell-oa.env.ts';
import type { environment as sendMail } from '../../functions/mail/send-mail.env.ts';
import type { environment as dispatchEffects } from '../../functions/process/dispatch-effects.env.ts';
import { effectKey } from '../../functions/process/keys.ts';
import type { environment as sweepEffects } from '../../functions/process/sweep-effects.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import type { AlarmClock } from './alarm-clock.ts';
import { DeadLetteredQueue, deadLetterQueue, failuresTo } from './dead-lettered-queue.ts';
import type { Mail } from './mail.ts';
import type { OaConnector } from './oa-connector.ts';
import type { Pages } from './pages.ts';
import type { Process } from './process.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TASK_SECONDS, TaskFunction } from './task-function.ts';
import { every } from './ticks.ts';

/** The queues repeat for a while; what they give up is sent again by the sweep, for as long as it takes. */
const ATTEMPTS = 5;

interface EffectsProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly alarms: AlarmClock;
  readonly machines: readonly Process[];
  readonly mail: Mail;
  readonly oa: OaConnector;
  readonly pages: Pages;
  /** Worked in a stack of its own. */
  readonly warnings: DeadLetteredQueue;
}

/** The outbox at work: the one consumer of the work table's stream, the queues of effects with their workers, the sweep. */
export class Effects extends Construct {
  readonly queues: readonly DeadLetteredQueue[];
  /** Batches of the stream that were given up; the sweep does what they held. */
  readonly streamDeadLetters: Queue;
  readonly functions: readonly TaskFunction<z.ZodType>[];

  constructor(scope: Construct, id: string, props: EffectsProps) {
    super(scope, id);
    const { setting, company, tables, alarms, machines, mail, oa, pages, warnings } = props;
    const queue = (name: string) =>
      new DeadLetteredQueue(this, `${name}-queue`, {
        queueName: `${setting.stackName}-${name}`,
        workerSeconds: TASK_SECONDS,
        attempts: ATTEMPTS,
      });
    const mails = queue('mail');
    const messages = queue('oa-messages');
    const environment = {
      ...tables.environment,
      ...alarms.environment,
      MAIL_QUEUE_URL: mails.queue.queueUrl,
      OA_QUEUE_URL: messages.queue.queueUrl,
      WARNING_QUEUE_URL: warnings.queue.queueUrl,
    };
    const dispatch = new TaskFunction<typeof dispatchEffects>(this, 'dispatch-effects', { setting, environment });
    const sweep = new TaskFunction<typeof sweepEffects>(this, 'sweep-effects', {
      setting,
      environment,
      timeoutSeconds: Duration.minutes(1).toSeconds(),
    });
    for (const sender of [dispatch, sweep]) {
      sender.allow(['states:SendTaskSuccess'], ...machines.map(({ machine }) => machine.stateMachineArn));
      sender.allow(['sqs:SendMessage'], mails.queue.queueArn, messages.queue.queueArn, warnings.queue.queueArn);
      alarms.allowCancelling(sender);
      alarms.allowSetting(sender);
    }
    tables.allowTimeLists(sweep);
    every(Duration.minutes(1), sweep);
    this.streamDeadLetters = deadLetterQueue(this, 'StreamDeadLetters', `${setting.stackName}-stream-dead-letters`);
    this.#wake(dispatch, tables);

    const mailer = new TaskFunction<typeof sendMail>(this, 'send-mail', {
      setting,
      environment: {
        ...tables.environment,
        ...company,
        ...mail.environment,
        ...pages.signInEnvironment,
        PAGES_URL: pages.url,
      },
    });
    mail.allowSending(mailer);
    mails.workedBy(mailer, 5);
    const teller = new TaskFunction<typeof tellOa>(this, 'tell-oa', {
      setting,
      environment: { ...tables.environment, ...oa.environment },
    });
    oa.allowUse(teller);
    messages.workedBy(teller, 5);
    tables.allowChanges(dispatch, sweep, mailer, teller);
    tables.allowRemoving(dispatch, sweep, mailer, teller);
    // What changed since the version before.
    tables.allowLists(mailer);
    this.queues = [mails, messages];
    this.functions = [dispatch, sweep, mailer, teller];
  }

  /** Only new effects wake the dispatcher. A batch that it cannot take is halved, repeated for a while and given up. */
  #wake(dispatch: TaskFunction<z.ZodType>, { work }: ProcessTables): void {
    const streamArn = work.tableStreamArn ?? '';
    dispatch.allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], streamArn);
    // Known to IAM on * only. Lambda does not make the event source without it.
    dispatch.allow(['dynamodb:ListStreams'], '*');
    new EventSourceMapping(this, 'Stream', {
      target: dispatch.lambda,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 10,
      parallelizationFactor: 4,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: 5,
      maxRecordAge: Duration.hours(1),
      onFailure: failuresTo(this.streamDeadLetters, dispatch),
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { Keys: { pk: { S: FilterRule.beginsWith(effectKey('', '').partition) } } },
        }),
      ],
    });
  }
}
