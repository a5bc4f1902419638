/** Guesses at links that come at once, against DynamoDB as the local cloud has it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countGuess, hasGuessedTooOften } from '../../../functions/approvals/guesses.ts';
import { guessKey } from '../../../functions/process/keys.ts';
import { createDynamoStore } from '../../../functions/process/store/dynamodb/dynamo-store.ts';
import { clientOptions } from '../../../local/cloud/aws.ts';
import { type Ministack, startMinistack } from '../../../local/cloud/ministack.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { makeTables } from '../store/store-tables.ts';

let folder: string;
let cloud: Ministack;
let client: DynamoDBClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meridian-guesses-'));
  cloud = await startMinistack({ dataFolder: folder, keepState: false });
  client = new DynamoDBClient(clientOptions(cloud.endpoint));
});

afterAll(async () => {
  client.destroy();
  await cloud.stop();
  await rm(folder, { recursive: true, force: true });
});

it('two hundred guesses at once stop the address, and leave no more items than it may guess', async () => {
  const store = createDynamoStore({ client, tables: await makeTables(client) });
  const deps = { store, clock: new SettableClock(), randomness: seededRandomness(1) };

  await Promise.all(Array.from({ length: 200 }, () => countGuess(deps, '192.0.2.1')));

  expect(await hasGuessedTooOften(deps, '192.0.2.1')).toBe(true);
  expect(await hasGuessedTooOften(deps, '192.0.2.2')).toBe(false);
  const { partition } = guessKey('192.0.2.1', '', '');
  expect(await store.list(partition, '')).toHaveLength(20);
});
