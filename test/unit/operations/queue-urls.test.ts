import type { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { queueUrls } from '../../../functions/operations/aws/queue-urls.ts';

const NAMES = {
  RequestsQueue: 'meridian-requests',
  RequestsQueueDeadLetters: 'meridian-requests-dead-letters',
  UndeliveredEvents: 'meridian-undelivered-events',
};

/** A client that knows the queues of {@link NAMES} until it is told to fail. */
function client(failure?: string) {
  const asked: (string | undefined)[] = [];
  const send = async ({ input }: GetQueueUrlCommand) => {
    asked.push(input.QueueName);
    if (failure !== undefined) {
      throw Object.assign(new Error('a text of the service'), { name: failure });
    }
    return { QueueUrl: `https://sqs.example/1/${input.QueueName}` };
  };
  // The one method that the adapter uses.
  return { asked, client: { send: send as never } };
}

describe('queues that are known by their names', () => {
  it('are those of dead letters, and where these go back to', async () => {
    const { client: sqs, asked } = client();
    const { names, urlOf } = queueUrls(sqs, JSON.stringify(NAMES));

    expect(names).toEqual(['RequestsQueueDeadLetters', 'UndeliveredEvents']);
    expect(await urlOf('RequestsQueue')).toBe('https://sqs.example/1/meridian-requests');
    expect(await urlOf('RequestsQueue')).toBe('https://sqs.example/1/meridian-requests');
    expect(await urlOf('StockQueue')).toBeUndefined();
    expect(asked).toEqual(['meridian-requests']);
  });

  it('that are gone are a fault of the installation', async () => {
    const { urlOf } = queueUrls(client('QueueDoesNotExist').client, JSON.stringify(NAMES));

    await expect(urlOf('RequestsQueue')).rejects.toMatchObject({ name: 'ConfigError' });
  });
});
