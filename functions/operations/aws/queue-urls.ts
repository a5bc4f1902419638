/** Addresses of the queues that a function knows by their names alone: all of them would fill its environment. */
import { GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { awsFailure } from '../../process/adapters/failures.ts';
import type { LetterParts } from './dead-letters.ts';

const namesSchema = z.record(z.string(), z.string().min(1));

/**
 * @param json - names of the queues in SQS by the names of the stack's outputs
 * @throws ZodError when it is not that
 */
export function queueUrls(client: Pick<SQSClient, 'send'>, json: string): Pick<LetterParts, 'names' | 'urlOf'> {
  const queues = new Map(Object.entries(namesSchema.parse(JSON.parse(json))));
  const known = new Map<string, string>();
  return {
    names: [...queues.keys()].filter((name) => /DeadLetters$|^UndeliveredEvents$/.test(name)),
    async urlOf(name) {
      const QueueName = queues.get(name);
      const url = known.get(name);
      if (QueueName === undefined || url !== undefined) {
        return url;
      }
      const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName })).catch((cause: unknown) => {
        throw awsFailure('SQS', cause);
      });
      if (QueueUrl !== undefined) {
        known.set(name, QueueUrl);
      }
      return QueueUrl;
    },
  };
}
