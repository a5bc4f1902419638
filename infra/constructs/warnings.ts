import { NestedStack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { environment as sendWarning } from '../../functions/compliance/send-warning.env.ts';
import type { Company } from '../config.ts';
import { DeadLetteredQueue } from './dead-lettered-queue.ts';
import type { Pages } from './pages.ts';
import type { ProcessTables } from './process-tables.ts';
import { jsonSecret } from './secrets.ts';
import type { Setting } from './setting.ts';
import { TASK_SECONDS, TaskFunction } from './task-function.ts';

/** The queue repeats for a while; what it gives up is sent again by the sweep, for as long as it takes. */
const ATTEMPTS = 5;

const PROTOCOLS = {
  email: SubscriptionProtocol.EMAIL,
  https: SubscriptionProtocol.HTTPS,
  sqs: SubscriptionProtocol.SQS,
} as const;

interface WarningsProps {
  readonly setting: Setting;
  readonly warnings: Company['warnings'];
  readonly tables: ProcessTables;
  readonly pages: Pages;
}

/**
 * Where cases of compliance are warned of beside mail: an encrypted topic, the company's webhook where it has one, and who
 * sends to both. A stack of its own within the one that is deployed.
 */
export class Warnings extends NestedStack {
  readonly topic: Topic;
  /** Undefined: the company has no webhook for warnings. */
  readonly signingKey: Secret | undefined;
  readonly queue: DeadLetteredQueue;
  readonly sender: TaskFunction<typeof sendWarning>;

  constructor(scope: Construct, id: string, { setting, warnings, tables, pages }: WarningsProps) {
    super(scope, id, { description: `Warnings of ${setting.stackName}` });
    const key = new Key(this, 'WarningKey', { enableKeyRotation: true, removalPolicy: setting.removalPolicy });
    this.topic = new Topic(this, 'WarningTopic', {
      topicName: `${setting.stackName}-warnings`,
      displayName: 'Meridian compliance',
      masterKey: key,
      enforceSSL: true,
    });
    for (const [index, { protocol, endpoint }] of warnings.subscriptions.entries()) {
      new Subscription(this, `WarningSubscription${index + 1}`, {
        topic: this.topic,
        protocol: PROTOCOLS[protocol],
        endpoint,
        rawMessageDelivery: protocol === 'sqs',
      });
    }
    const url = warnings.webhookUrl;
    this.signingKey =
      url === undefined
        ? undefined
        : jsonSecret(this, 'WarningSigningKey', {
            setting,
            description: 'Key that signs warnings to the webhook, whose receiver holds it too',
            generated: 'signingKey',
            toFill: [],
          });
    this.sender = new TaskFunction<typeof sendWarning>(this, 'send-warning', {
      setting,
      environment: {
        ...tables.environment,
        PAGES_URL: pages.url,
        WARNING_TOPIC_ARN: this.topic.topicArn,
        WARNING_WEBHOOK_URL: url ?? '',
        WARNING_SECRET_ARN: this.signingKey?.secretArn ?? '',
      },
    });
    this.sender.allow(['sns:Publish'], this.topic.topicArn);
    // What is published is encrypted in the publisher's name.
    this.sender.allow(['kms:GenerateDataKey', 'kms:Decrypt'], key.keyArn);
    if (this.signingKey !== undefined) {
      this.sender.allow(['secretsmanager:GetSecretValue'], this.signingKey.secretArn);
    }
    tables.allowChanges(this.sender);
    tables.allowRemoving(this.sender);
    this.queue = new DeadLetteredQueue(this, 'warnings-queue', {
      queueName: `${setting.stackName}-warnings`,
      workerSeconds: TASK_SECONDS,
      attempts: ATTEMPTS,
    });
    this.queue.workedBy(this.sender, 2);
  }
}
