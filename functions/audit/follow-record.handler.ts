/** The one consumer of the record table's stream; the mapping's filter lets only new entries through. */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { sqsQueue } from '../process/adapters/queue.ts';
import { sqsClient } from '../runtime/clients.ts';
import { eventHandler, logger } from '../runtime/handler.ts';
import { streamedEntry } from '../runtime/streamed-entry.ts';
import { environment } from './follow-record.env.ts';
import { followRecord } from './follow-record.ts';

export const handler = eventHandler(
  environment,
  async (event: DynamoDBStreamEvent, variables): Promise<DynamoDBBatchResponse> => {
    const subscribers = variables.SUBSCRIBER_QUEUE_URLS.split(' ').map((url) => sqsQueue(sqsClient(), url));
    try {
      await followRecord({ subscribers }, event.Records.flatMap(streamedEntry));
      return { batchItemFailures: [] };
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: 'unknown', message: String(error) };
      logger.error('entries not sent, the stream repeats them', { count: event.Records.length, name, reason: message });
      // From the first on: the shard stands until the queues take messages again.
      return { batchItemFailures: [{ itemIdentifier: event.Records[0]?.dynamodb?.SequenceNumber ?? '' }] };
    }
  },
);
