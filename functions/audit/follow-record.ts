/** Sends new entries of the record to everybody who follows it. */
import type { RecordEntry } from './domain/record.ts';
import type { RecordMessage } from './record-message.ts';

/** Port: the queue of a subscriber. */
export interface RecordSubscriber {
  /** @throws ConnectorTransientError when it may work later. */
  send(message: RecordMessage): Promise<void>;
}

export interface FollowRecordDeps {
  readonly subscribers: readonly RecordSubscriber[];
}

/** Characters of JSON: with three bytes for each, a message stays below the 1 MiB that SQS takes. */
const MESSAGE_CHARACTERS = 200_000;

/**
 * Safe to repeat, and repeated whole when one subscriber could not be told: subscribers leave out what they have had.
 * @throws ConnectorTransientError of a subscriber, after all of them were tried.
 */
export async function followRecord({ subscribers }: FollowRecordDeps, entries: readonly RecordEntry[]): Promise<void> {
  const messages = messagesOf(entries);
  const sent = await Promise.allSettled(
    subscribers.map(async (subscriber) => {
      for (const message of messages) {
        await subscriber.send(message);
      }
    }),
  );
  for (const one of sent) {
    if (one.status === 'rejected') {
      throw one.reason;
    }
  }
}

/** An entry that is longer than a message should be goes alone: one item of the table always fits. */
function messagesOf(entries: readonly RecordEntry[]): readonly RecordMessage[] {
  const messages: RecordEntry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const length = JSON.stringify(entry).length;
    const last = messages.at(-1);
    if (last === undefined || length > room) {
      messages.push([entry]);
      room = MESSAGE_CHARACTERS - length;
    } else {
      last.push(entry);
      room -= length;
    }
  }
  return messages.map((part) => ({ entries: part }));
}
