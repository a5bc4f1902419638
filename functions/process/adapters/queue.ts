/** Amazon SQS as the queues of effects. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { EffectQueue } from '../effect-queue.ts';
import { awsFailure } from './failures.ts';

export function sqsEffectQueue(client: Pick<SQSClient, 'send'>, queueUrl: string): EffectQueue {
  return {
    async send(reference) {
      try {
        await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(reference) }));
      } catch (cause) {
        throw awsFailure('SQS', cause);
      }
    },
  };
}
