import { Duration, NestedStack } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { environment as followRecord } from '../../functions/audit/follow-record.env.ts';
import { type DeadLetteredQueue, deadLetterQueue, failuresTo } from './dead-lettered-queue.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';

interface RecordStreamProps {
  readonly setting: Setting;
  readonly tables: ProcessTables;
  /** Each is sent every new entry of the record, at least once and in no order. */
  readonly subscribers: readonly DeadLetteredQueue[];
}

/**
 * Who follows the record: the one consumer of its stream, which sends every entry to the queues of all subscribers
 * (docs/adr/0028).
 */
export class RecordStream extends NestedStack {
  readonly follower: TaskFunction<typeof followRecord>;
  /** Batches that were not sent within a day. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { setting, tables, subscribers }: RecordStreamProps) {
    super(scope, id, { description: `Followers of the record of ${setting.stackName}` });
    this.follower = new TaskFunction<typeof followRecord>(this, 'follow-record', {
      setting,
      environment: { SUBSCRIBER_QUEUE_URLS: subscribers.map(({ queue }) => queue.queueUrl).join(' ') },
    });
    this.follower.allow(['sqs:SendMessage'], ...subscribers.map(({ queue }) => queue.queueArn));
    const streamArn = tables.record.tableStreamArn ?? '';
    this.follower.allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], streamArn);
    // Known to IAM on * only. Lambda does not make the event source without it.
    this.follower.allow(['dynamodb:ListStreams'], '*');
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', `${setting.stackName}-record-stream-dead-letters`);
    new EventSourceMapping(this, 'Stream', {
      target: this.follower.lambda,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      // A second's entries share their messages; no subscriber is in more of a hurry.
      maxBatchingWindow: Duration.seconds(1),
      parallelizationFactor: 4,
      reportBatchItemFailures: true,
      // No entry makes it fail, only queues that take nothing: it goes on trying for as long as the stream keeps entries.
      maxRecordAge: Duration.days(1),
      onFailure: failuresTo(this.deadLetters, this.follower),
      filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
    });
  }
}
