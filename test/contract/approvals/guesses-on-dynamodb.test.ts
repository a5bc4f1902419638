/** Guesses at links that come at once, against DynamoDB as the local cloud has it. */
import { expect, it } from 'vitest';
import { countGuess, isGuessStopped } from '../../../functions/approvals/guesses.ts';
import { guessKey } from '../../../functions/process/keys.ts';
import { createDynamoStore } from '../../../functions/process/store/dynamodb/dynamo-store.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { makeTables, useDynamo } from '../store/store-tables.ts';

const dynamo = useDynamo();

it('two hundred guesses at once stop the address, and leave no more items than it may guess', async () => {
  const store = createDynamoStore({ client: dynamo(), tables: await makeTables(dynamo()) });
  const deps = { store, clock: new SettableClock(), randomness: seededRandomness(1) };

  await Promise.all(Array.from({ length: 200 }, () => countGuess(deps, '192.0.2.1')));

  expect(await isGuessStopped(deps, '192.0.2.1')).toBe(true);
  expect(await isGuessStopped(deps, '192.0.2.2')).toBe(false);
  const { partition } = guessKey('192.0.2.1', '', '');
  expect(await store.list(partition, '')).toHaveLength(20);
});
