import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../nag-reasons.ts';

/** AWS's advice: a message stays hidden for six times as long as its worker may take. */
const HIDDEN_TIMES = 6;
const KEPT: Pick<QueueProps, 'encryption' | 'enforceSSL' | 'retentionPeriod'> = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
};

interface DeadLetteredQueueProps {
  readonly queueName: string;
  readonly workerSeconds: number;
  /** Deliveries before a message goes to the dead letters. */
  readonly attempts: number;
}

/** A queue, and the queue of what its worker could not do. */
export class DeadLetteredQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** For how long a message that always fails is tried before it goes to the dead letters. */
  readonly retrySeconds: number;

  constructor(scope: Construct, id: string, props: DeadLetteredQueueProps) {
    super(scope, id);
    const hiddenSeconds = HIDDEN_TIMES * props.workerSeconds;
    this.retrySeconds = props.attempts * hiddenSeconds;
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', `${props.queueName}-dead-letters`);
    this.queue = new Queue(this, 'Queue', {
      ...KEPT,
      queueName: props.queueName,
      visibilityTimeout: Duration.seconds(hiddenSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.attempts },
    });
  }

  /** The worker reports each message that failed. At most `concurrency` (2 or more) of it run at once. */
  workedBy(worker: IFunction, concurrency: number): void {
    worker.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: concurrency }),
    );
  }
}

/** A queue whose messages wait for an operator: an alarm rings while it holds any. */
export function deadLetterQueue(scope: Construct, id: string, queueName: string): Queue {
  const queue = new Queue(scope, id, { ...KEPT, queueName });
  acknowledge(queue, 'AwsSolutions-SQS3');
  return queue;
}
