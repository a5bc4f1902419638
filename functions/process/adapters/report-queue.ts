/** Amazon SQS as the queue of what was found in the ERP: its messages look as events of the bus do. */
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { ConnectorTransientError } from '../../runtime/errors.ts';
import { awsFailure } from './failures.ts';

/** As many as SQS takes at once. */
const BATCH = 10;

interface Report {
  readonly detail: object;
  /** Whole seconds until the worker sees it. */
  readonly delaySeconds?: number;
}

interface ReportQueue {
  /** @throws ConnectorTransientError when not all of them were taken. */
  send(reports: readonly Report[]): Promise<void>;
}

export function sqsReportQueue(client: Pick<SQSClient, 'send'>, queueUrl: string, detailType: string): ReportQueue {
  return {
    async send(reports) {
      for (let from = 0; from < reports.length; from += BATCH) {
        const Entries = reports.slice(from, from + BATCH).map(({ detail, delaySeconds }, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify({ 'detail-type': detailType, detail }),
          DelaySeconds: delaySeconds,
        }));
        const failed = await sendBatch(client, { QueueUrl: queueUrl, Entries });
        if (failed.length > 0) {
          throw new ConnectorTransientError(`SQS did not take ${failed.length} reports: ${failed[0]?.Code}`);
        }
      }
    },
  };
}

async function sendBatch(
  client: Pick<SQSClient, 'send'>,
  input: ConstructorParameters<typeof SendMessageBatchCommand>[0],
) {
  try {
    const { Failed = [] } = await client.send(new SendMessageBatchCommand(input));
    return Failed;
  } catch (cause) {
    throw awsFailure('SQS', cause);
  }
}
