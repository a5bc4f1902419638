/**
 * The one middleware bundle of functions: environment -> logger context -> parse -> handler -> check output -> errors.
 * Tasks of a state machine throw: it routes on the error's name. Workers of a queue report each message that failed, so
 * that the rest of the batch is not done again.
 */
import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { parseEnvironment, parseInput, parseJson } from './parse.ts';

export const logger = new Logger({ serviceName: 'meridian' });

interface TaskHandlerParts<Environment, Input, Output> {
  readonly environment: z.ZodType<Environment>;
  readonly input: z.ZodType<Input>;
  readonly output: z.ZodType<Output>;
  readonly run: (input: Input, environment: Environment, context: Context) => Promise<Output>;
}

/** A Lambda handler that parses its input, runs one use-case and checks what it returns. */
export function taskHandler<Environment, Input, Output>(parts: TaskHandlerParts<Environment, Input, Output>) {
  return withEnvironment(parts.environment, async (event: unknown, environment, context) => {
    const input = parseInput(parts.input, event);
    return parts.output.parse(await parts.run(input, environment, context));
  });
}

interface QueueHandlerParts<Environment, Message> {
  readonly environment: z.ZodType<Environment>;
  /** Shape of a message's body, which is JSON. */
  readonly message: z.ZodType<Message>;
  /** `messageId`: the same each time that the message is delivered. */
  readonly run: (message: Message, environment: Environment, context: Context, messageId: string) => Promise<unknown>;
}

/** A worker of a queue. A message that fails goes back to the queue alone, and to its dead-letter queue in the end. */
export function queueHandler<Environment, Message>(parts: QueueHandlerParts<Environment, Message>) {
  return withEnvironment(
    parts.environment,
    async (event: SQSEvent, environment, context): Promise<SQSBatchResponse> => {
      const failed = await Promise.all(
        event.Records.map(async (record) => {
          try {
            const message = parseInput(parts.message, parseJson(record.body));
            await parts.run(message, environment, context, record.messageId);
            return [];
          } catch (error) {
            logFailure(record, error);
            return [{ itemIdentifier: record.messageId }];
          }
        }),
      );
      return { batchItemFailures: failed.flat() };
    },
  );
}

/** A handler of an event whose shape AWS itself warrants (streams, schedules). */
export function eventHandler<Environment, Event, Output>(
  environment: z.ZodType<Environment>,
  run: (event: Event, environment: Environment, context: Context) => Promise<Output>,
) {
  return withEnvironment(environment, run);
}

function withEnvironment<Environment, Event, Output>(
  schema: z.ZodType<Environment>,
  run: (event: Event, environment: Environment, context: Context) => Promise<Output>,
) {
  let environment: Environment | undefined;
  return middy<Event, Output>()
    .before(({ event, context }) => {
      logger.resetKeys();
      logger.addContext(context);
      logger.appendKeys(processKeys(event));
    })
    .onError(({ error }) => {
      logger.error('failed', { name: error?.name ?? 'unknown', reason: error?.message ?? '' });
    })
    .handler(async (event: Event, context: Context): Promise<Output> => {
      environment ??= parseEnvironment(schema, process.env);
      return run(event, environment, context);
    });
}

function logFailure(record: SQSRecord, error: unknown): void {
  const { name, message } = error instanceof Error ? error : { name: 'unknown', message: String(error) };
  logger.error('message failed', { messageId: record.messageId, name, reason: message });
}

function processKeys(event: unknown): Record<string, string> {
  const parsed = z.object({ processId: z.string() }).safeParse(event);
  return parsed.success ? { processId: parsed.data.processId } : {};
}
