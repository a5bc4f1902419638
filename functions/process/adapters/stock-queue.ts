/** Amazon SQS as the queue of stock that is short: its messages look as events of the bus do. */
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { STOCK_FELL_BELOW_REORDER_POINT } from '../../events/stock-fell-below-reorder-point.ts';
import type { StockQueue } from '../../inventory/port.ts';
import { ConnectorTransientError } from '../../runtime/errors.ts';
import { awsFailure } from './failures.ts';

/** As many as SQS takes at once. */
const BATCH = 10;

export function sqsStockQueue(client: Pick<SQSClient, 'send'>, queueUrl: string): StockQueue {
  return {
    async send(reports) {
      for (let from = 0; from < reports.length; from += BATCH) {
        const Entries = reports.slice(from, from + BATCH).map(({ detail, delaySeconds }, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify({ 'detail-type': STOCK_FELL_BELOW_REORDER_POINT, detail }),
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
