/** Joins ports with their adapters from a handler's environment. Made once per execution environment of Lambda. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type * as z from 'zod';
import { backOffMs } from '../process/back-off.ts';
import { createDynamoStore } from '../process/store/dynamodb/dynamo-store.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { Clock, Randomness } from './ambient.ts';
import { dynamoClient } from './clients.ts';
import type { companyEnvironment, storeEnvironment } from './environment.ts';

const clock: Clock = { now: () => new Date() };

const randomness: Randomness = {
  secret: () => randomBytes(32).toString('base64url'),
  uuid: () => randomUUID(),
};

const backOff = (attempt: number): Promise<void> => pause(backOffMs(attempt, Math.random()));

/** What every use-case that changes a process needs. */
export function processDeps(environment: z.infer<typeof storeEnvironment>): ProcessDeps {
  const tables = {
    record: environment.RECORD_TABLE,
    personal: environment.PERSONAL_TABLE,
    work: environment.WORK_TABLE,
  };
  return { store: createDynamoStore({ client: dynamoClient(), tables }), clock, randomness, backOff };
}

/** Facts of the company that decisions need. */
export function companyFacts(environment: z.infer<typeof companyEnvironment>) {
  return { currency: environment.COMPANY_CURRENCY, timeZone: environment.COMPANY_TIME_ZONE };
}
