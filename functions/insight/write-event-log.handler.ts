/** A subscriber of the record, in batches of minutes: small files make questions slow and dear. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { recordMessageSchema } from '../audit/record-message.ts';
import { s3Client } from '../runtime/clients.ts';
import { eventHandler, logger } from '../runtime/handler.ts';
import { s3EventLog } from './s3/s3-event-log.ts';
import { environment } from './write-event-log.env.ts';
import { writeEventLog } from './write-event-log.ts';

export const handler = eventHandler(environment, async (event: SQSEvent, variables): Promise<SQSBatchResponse> => {
  const read = event.Records.map(({ messageId, body }) => ({
    messageId,
    message: recordMessageSchema.safeParse(jsonOf(body)),
  }));
  const unfit = read.filter(({ message }) => !message.success).map(({ messageId }) => messageId);
  for (const messageId of unfit) {
    logger.error('not a message of the record', { messageId });
  }
  const files = s3EventLog(s3Client(), variables.EVENT_LOG_BUCKET);
  // One failure leaves all of them in the queue: they share their files.
  await writeEventLog(
    { files },
    read.flatMap(({ message }) => (message.success ? message.data.entries : [])),
  );
  return { batchItemFailures: unfit.map((itemIdentifier) => ({ itemIdentifier })) };
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
