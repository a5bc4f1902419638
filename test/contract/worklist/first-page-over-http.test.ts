/**
 * The first page of somebody's tasks by the clock on the wall: the page's function as it is deployed, with DynamoDB as the local cloud
 * has it. Of 10,000 tasks the store is asked for no more (`test/unit/worklist/first-page.test.ts`), but the local cloud's DynamoDB
 * looks through all items of a key for each query, which AWS's does not: so there are a few more than one page here.
 */
import { expect, it } from 'vitest';
import { createDynamoStore } from '../../../functions/process/store/dynamodb/dynamo-store.ts';
import { seededRandomness } from '../../support/ambient.ts';
import { deployPage } from '../../support/deployed-page.ts';
import { quietMedian } from '../../support/quiet-median.ts';
import { sessionCookieOf } from '../../support/session-cookie.ts';
import { useMinistack } from '../../support/use-ministack.ts';
import { keepTasks, manyTasks } from '../../unit/approvals/many-tasks.ts';
import { taskPaths } from '../../unit/worklist/open-my-pages.ts';
import { makeTables, useDynamo } from '../store/store-tables.ts';

const BUSY = 'E-4003';
const WITHIN_MS = 100;

const endpoint = useMinistack();
const dynamo = useDynamo(endpoint);

it('is answered in less than 100 ms, from the request to the whole page', async () => {
  const tables = await makeTables(dynamo());
  const store = createDynamoStore({ client: dynamo(), tables });
  await keepTasks(store, manyTasks(30, BUSY));
  const clock = { now: () => new Date() };
  const cookie = await sessionCookieOf({ store, clock, randomness: seededRandomness(1) }, BUSY);
  const handler = 'functions/worklist/my-pages.handler.tsx';
  const { url } = await deployPage({ handler, endpoint: endpoint(), tables, atOnce: 1 });

  const median = await quietMedian(WITHIN_MS, async () => {
    const response = await fetch(`${url}/me/tasks`, { headers: { cookie } });
    expect([response.status, taskPaths(await response.text()).length]).toEqual([200, 25]);
  });

  expect(median).toBeLessThan(WITHIN_MS);
});
