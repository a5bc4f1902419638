/** Amazon SQS as a queue of messages in JSON: the effects of processes, and what suites told of. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { awsFailure } from './failures.ts';

interface SqsQueue<Message> {
  /** @throws ConnectorTransientError when it may work later. */
  send(message: Message): Promise<void>;
}

export function sqsQueue<Message extends object>(client: Pick<SQSClient, 'send'>, queueUrl: string): SqsQueue<Message> {
  return {
    async send(message) {
      try {
        await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
      } catch (cause) {
        throw awsFailure('SQS', cause);
      }
    },
  };
}
