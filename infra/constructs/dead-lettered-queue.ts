import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type * as z from 'zod';
import { acknowledge } from '../nag-reasons.ts';
import type { TaskFunction } from './task-function.ts';

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

  /**
   * The worker reports each message that failed. At most `concurrency` (2 or more) of it run at once, each with
   * `batchSize` messages at most, for which it waits as long as `window` says.
   */
  workedBy(worker: TaskFunction<z.ZodType>, concurrency: number, batchSize = 10, window?: Duration): void {
    // What Lambda needs (docs/permissions.md); the event source of the CDK would allow more.
    worker.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], this.queue.queueArn);
    new EventSourceMapping(this, 'Worker', {
      target: worker.lambda,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      ...(window === undefined ? {} : { maxBatchingWindow: window }),
      reportBatchItemFailures: true,
      maxConcurrency: concurrency,
    });
  }
}

/** A queue whose messages wait for an operator: an alarm rings while it holds any. */
export function deadLetterQueue(scope: Construct, id: string, queueName: string): Queue {
  const queue = new Queue(scope, id, { ...KEPT, queueName });
  acknowledge(queue, 'AwsSolutions-SQS3');
  return queue;
}

/**
 * Where Lambda puts what the function failed on, for an event source or for asynchronous invocations. The destinations of
 * the CDK would also allow the function to find the queue and to read its settings.
 */
export function failuresTo(
  queue: IQueue,
  worker: TaskFunction<z.ZodType>,
): { bind(): { readonly destination: string } } {
  worker.allow(['sqs:SendMessage'], queue.queueArn);
  return { bind: () => ({ destination: queue.queueArn }) };
}
