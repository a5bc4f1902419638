/** The one consumer of the work table's stream; the mapping's filter lets only new effects through. */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { effectDeps } from '../runtime/effects.ts';
import { eventHandler, logger } from '../runtime/handler.ts';
import { environment } from './dispatch-effects.env.ts';
import { dispatchEffect } from './dispatch-effects.ts';
import { effectReferenceOf } from './keys.ts';

export const handler = eventHandler(
  environment,
  async (event: DynamoDBStreamEvent, variables): Promise<DynamoDBBatchResponse> => {
    const deps = effectDeps(variables);
    await Promise.all(event.Records.map((record) => dispatchRecord(deps, record)));
    // Nothing goes back to the stream: a shard would stand still behind it, and the sweep sends again what is left.
    return { batchItemFailures: [] };
  },
);

async function dispatchRecord(deps: ReturnType<typeof effectDeps>, record: DynamoDBRecord): Promise<void> {
  const { pk, sk } = record.dynamodb?.Keys ?? {};
  const reference = effectReferenceOf({ partition: pk?.S ?? '', sort: sk?.S ?? '' });
  if (reference === undefined) {
    return;
  }
  try {
    await dispatchEffect(deps, reference);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'unknown', message: String(error) };
    logger.error('effect left to the sweep', { ...reference, name, reason: message });
  }
}
