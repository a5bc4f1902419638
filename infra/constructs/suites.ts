import { NestedStack, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as suiteCallback } from '../../functions/intake/suite-callback.env.ts';
import type { environment as takeChange } from '../../functions/intake/take-change.env.ts';
import type { Company } from '../config.ts';
import type { ApprovalsHttpApi } from './approvals-http-api.ts';
import { DeadLetteredQueue } from './dead-lettered-queue.ts';
import { suitesVariables } from './oa-connector.ts';
import { PAGE_SECONDS } from './pages.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TASK_SECONDS, TaskFunction } from './task-function.ts';
import { OA_THROTTLE } from './webhook.ts';

/** A suite waits a second or two: more memory is more of a processor, and a quicker start. */
const CALLBACK_MB = 1_024;
/** Deliveries of what was accepted: a suite may be away for about an hour. */
const ATTEMPTS = 20;
/** Forms that are read at once: suites count calls, some by the second. */
const WORKERS = 2;
const FORMS_EACH = 5;

interface SuitesProps {
  readonly setting: Setting;
  /** Not empty. */
  readonly suites: Company['oa']['suites'];
  readonly tables: ProcessTables;
  readonly api: ApprovalsHttpApi;
}

/**
 * Where OA suites tell that a form was filed or decided: accepted at once, and worked on from a queue.
 *
 * A stack of its own within the one that is deployed, for the room that a template has (docs/adr/0015).
 */
export class Suites extends NestedStack {
  readonly receiver: TaskFunction<typeof suiteCallback>;
  readonly worker: TaskFunction<typeof takeChange>;
  readonly queue: DeadLetteredQueue;

  constructor(scope: Construct, id: string, { setting, suites, tables, api }: SuitesProps) {
    super(scope, id, { description: `Callbacks of the OA suites of ${setting.stackName}` });
    const secrets = suites.map(({ secretArn }) => secretArn);
    this.queue = new DeadLetteredQueue(this, 'suite-changes-queue', {
      queueName: `${setting.stackName}-suite-changes`,
      workerSeconds: TASK_SECONDS,
      attempts: ATTEMPTS,
    });
    this.receiver = new TaskFunction<typeof suiteCallback>(this, 'suite-callback', {
      setting,
      environment: { ...suitesVariables(suites), SUITE_CHANGES_QUEUE_URL: this.queue.queue.queueUrl },
      timeoutSeconds: PAGE_SECONDS,
      memoryMb: CALLBACK_MB,
    });
    // By its name: the bus names the worker in its policy, and neither can wait for the other.
    const bus = Stack.of(scope).formatArn({
      service: 'events',
      resource: 'event-bus',
      resourceName: setting.stackName,
    });
    this.worker = new TaskFunction<typeof takeChange>(this, 'take-change', {
      setting,
      environment: { ...tables.environment, ...suitesVariables(suites), EVENT_BUS: setting.stackName },
    });
    for (const reader of [this.receiver, this.worker] satisfies readonly TaskFunction<z.ZodType>[]) {
      reader.allow(['secretsmanager:GetSecretValue'], ...secrets);
    }
    this.receiver.allow(['sqs:SendMessage'], this.queue.queue.queueArn);
    this.worker.allow(['events:PutEvents'], bus);
    tables.allowWorkItems(this.worker);
    this.queue.workedBy(this.worker, WORKERS, FORMS_EACH);
    api.route('/suites/{system}', ['GET', 'POST'], this.receiver, OA_THROTTLE);
  }
}
