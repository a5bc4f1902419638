/** Dead letters in Amazon SQS. */
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { awsFailure } from '../../process/adapters/failures.ts';
import { ALARM_LETTERS, alarmIn, targetOf } from '../domain/letter-routes.ts';
import { type DeadLetters, type Letter, type LetterFate, noSuchLetters } from '../port.ts';

export interface LetterParts {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly lambda: Pick<LambdaClient, 'send'>;
  /** Queues of dead letters by the names of the stack's outputs. */
  readonly names: readonly string[];
  /** Address of a queue by that name; undefined: there is no such queue. */
  readonly urlOf: (name: string) => Promise<string | undefined>;
  /** Name or ARN of the function that hears alarms. */
  readonly alarmFunction: string;
}

/** Long enough to look at a page of them and to send them; then others see again what was not sent. */
const HIDDEN_SECONDS = 30;
const BATCH = 10;
/** Looks at a queue without anything new before it is believed to be empty: SQS asks some of its servers only. */
const EMPTY_LOOKS = 2;
/** However many there are, a look ends. */
const MOST_LOOKS = 60;

export function sqsDeadLetters(parts: LetterParts): DeadLetters {
  const { sqs, names } = parts;
  return {
    has: (name) => names.includes(name),
    async queues() {
      const counted = names.map(async (name) => ({ name, count: await countOf(sqs, await lettersUrl(parts, name)) }));
      return Promise.all(counted);
    },
    async read(name, limit) {
      const QueueUrl = await lettersUrl(parts, name);
      const held = await hold(sqs, QueueUrl, (found) => found.length >= limit);
      await release(sqs, QueueUrl, held);
      return held.slice(0, limit).map(letterOf);
    },
    async sendAgain(name, letterIds) {
      const QueueUrl = await lettersUrl(parts, name);
      const wanted = new Set(letterIds);
      const isWanted = ({ MessageId = '' }: Message) => wanted.has(MessageId);
      const held = await hold(sqs, QueueUrl, (found) => found.filter(isWanted).length === wanted.size);
      const fates = new Map<string, LetterFate>();
      try {
        for (const message of held.filter(isWanted)) {
          fates.set(message.MessageId ?? '', await sendOne(parts, name, QueueUrl, message));
        }
      } finally {
        const sent = (message: Message) => fates.get(message.MessageId ?? '') === 'sent';
        await release(
          sqs,
          QueueUrl,
          held.filter((message) => !sent(message)),
        );
      }
      return fates;
    },
  };
}

async function lettersUrl({ names, urlOf }: LetterParts, name: string): Promise<string> {
  const url = names.includes(name) ? await urlOf(name) : undefined;
  if (url === undefined) {
    throw noSuchLetters(name);
  }
  return url;
}

async function countOf(sqs: LetterParts['sqs'], QueueUrl: string): Promise<number> {
  const { Attributes: attributes } = await sqs
    .send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }))
    .catch(fail);
  return Number(attributes?.ApproximateNumberOfMessages ?? 0);
}

/** Receives messages, which hides them from others, until there are enough. */
async function hold(
  sqs: LetterParts['sqs'],
  QueueUrl: string,
  isEnough: (found: readonly Message[]) => boolean,
): Promise<readonly Message[]> {
  const found = new Map<string, Message>();
  for (let looks = 0, empty = 0; looks < MOST_LOOKS && empty < EMPTY_LOOKS; looks += 1) {
    const ask = { QueueUrl, MaxNumberOfMessages: BATCH, VisibilityTimeout: HIDDEN_SECONDS };
    const { Messages: messages = [] } = await sqs
      .send(new ReceiveMessageCommand({ ...ask, MessageSystemAttributeNames: ['SentTimestamp'] }))
      .catch(fail);
    for (const message of messages) {
      found.set(message.MessageId ?? '', message);
    }
    empty = messages.length === 0 ? empty + 1 : 0;
    if (isEnough([...found.values()])) {
      break;
    }
  }
  return [...found.values()];
}

/** Shows held messages to others again; those whose time has run out are shown already. */
async function release(sqs: LetterParts['sqs'], QueueUrl: string, held: readonly Message[]): Promise<void> {
  for (let start = 0; start < held.length; start += BATCH) {
    const Entries = held
      .slice(start, start + BATCH)
      .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries })).catch(fail);
  }
}

/** Sent before it is deleted: one that comes twice is worked on once. */
async function sendOne(
  { sqs, lambda, urlOf, alarmFunction }: LetterParts,
  name: string,
  lettersAt: string,
  { Body = '', ReceiptHandle }: Message,
): Promise<LetterFate> {
  if (name === ALARM_LETTERS) {
    const Payload = new TextEncoder().encode(alarmIn(Body));
    const { FunctionError } = await lambda
      .send(new InvokeCommand({ FunctionName: alarmFunction, Payload }))
      .catch(failOfLambda);
    if (FunctionError !== undefined) {
      return 'kept';
    }
  } else {
    const queue = targetOf(name, Body);
    const QueueUrl = queue === undefined ? undefined : await urlOf(queue);
    if (QueueUrl === undefined) {
      return 'kept';
    }
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: Body })).catch(fail);
  }
  await sqs.send(new DeleteMessageCommand({ QueueUrl: lettersAt, ReceiptHandle })).catch(fail);
  return 'sent';
}

function letterOf({ MessageId = '', Body = '', Attributes: attributes }: Message): Letter {
  const sentAt = new Date(Number(attributes?.SentTimestamp ?? 0)).toISOString();
  return { letterId: MessageId, sentAt, body: Body };
}

function fail(cause: unknown): never {
  throw awsFailure('SQS', cause);
}

function failOfLambda(cause: unknown): never {
  throw awsFailure('Lambda', cause);
}
