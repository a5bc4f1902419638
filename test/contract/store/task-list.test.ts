/**
 * The first page of a long list of tasks over DynamoDB: how often the handler asks the store, what comes over the wire, and how
 * long the handler itself works. How long the emulator takes is its own affair: it looks through all items of a key.
 * @module-tag long
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStoreDirectory } from '../../../functions/directory/store-directory.ts';
import { createDynamoStore } from '../../../functions/process/store/dynamodb/dynamo-store.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import { createWorklistApi } from '../../../functions/worklist/api/worklist-api.ts';
import { createMyPages } from '../../../functions/worklist/my-pages.tsx';
import { type PassingProxy, startPassingProxy } from '../../../local/bench/passing-proxy.ts';
import { clientOptions } from '../../../local/cloud/aws.ts';
import { MemoryFiles } from '../../support/memory-files.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { useMinistack } from '../../support/use-ministack.ts';
import { visitorsOf } from '../../support/visitors.ts';
import { keepTasks, manyTasks } from '../../unit/approvals/many-tasks.ts';
import { taskPaths } from '../../unit/worklist/open-my-pages.ts';
import { callersOf, TOKEN_RULES } from '../../unit/worklist/open-worklist-api.ts';
import { makeTables } from './store-tables.ts';

/** More of each kind than a page reads of it. */
const FEW = { employeeId: 'E-4003', tasks: 300 };
/** As many as the emulator answers about in the time that a test has. */
const MANY = { employeeId: 'E-2002', tasks: 1_200 };
const PAGE_SIZE = 25;
/** Milliseconds. */
const LONGEST = 100;

const endpoint = useMinistack();
const clients: DynamoDBClient[] = [];
let proxy: PassingProxy;
let metered: ProcessStore;
let direct: ProcessStore;
const wire = { calls: [] as string[], bytes: 0 };

beforeAll(async () => {
  proxy = await startPassingProxy(endpoint(), ({ operation, asked, answered }) => {
    wire.calls.push(operation);
    wire.bytes += asked.length + answered.length;
  });
  const plain = clientOf(endpoint());
  const tables = await makeTables(plain);
  direct = createDynamoStore({ client: plain, tables });
  metered = createDynamoStore({ client: clientOf(proxy.url), tables });
  for (const { employeeId, tasks } of [FEW, MANY]) {
    await keepTasks(direct, manyTasks(tasks, employeeId));
  }
});

afterAll(async () => {
  for (const client of clients) {
    client.destroy();
  }
  await proxy.stop();
});

function clientOf(address: string): DynamoDBClient {
  const client = new DynamoDBClient(clientOptions(address));
  clients.push(client);
  return client;
}

/** Asks for the first page, and counts the tasks on it. */
type Look = (store: ProcessStore, employeeId: string) => Promise<() => Promise<number>>;

/** One, so that no two sessions have the same name. */
const inMemory = new PurchaseWorld().urgeDeps();

function depsOver(store: ProcessStore) {
  const directory = createStoreDirectory(store, inMemory.directory);
  return { ...inMemory, store, directory, currency: 'CNY', timeZone: 'Asia/Shanghai', onGuess: () => undefined };
}

const onPage: Look = async (store, employeeId) => {
  const deps = depsOver(store);
  const person = await visitorsOf(deps, createMyPages(deps)).signIn(employeeId);
  return async () => taskPaths((await person.get('/me/tasks')).text).length;
};

const byApi: Look = async (store, employeeId) => {
  const deps = { ...depsOver(store), files: new MemoryFiles(), ...TOKEN_RULES, log: () => undefined };
  const person = callersOf(createWorklistApi(deps)).as(employeeId);
  return async () => {
    const { tasks } = (await person.get('/api/v1/tasks')).body;
    return [tasks].flat().length;
  };
};

async function overTheWire(look: Look, { employeeId }: typeof FEW) {
  const ask = await look(metered, employeeId);
  Object.assign(wire, { calls: [], bytes: 0 });
  expect(await ask()).toBe(PAGE_SIZE);
  return { calls: wire.calls.toSorted(), bytes: wire.bytes };
}

describe.each([
  ['the page', onPage],
  ['the API', byApi],
] as const)('the first page of tasks, by %s', (_way, look) => {
  it('asks DynamoDB as often and for as much with 1,200 open tasks as with 300', async () => {
    const few = await overTheWire(look, FEW);
    const many = await overTheWire(look, MANY);

    expect(many.calls).toEqual(few.calls);
    // Numbers of four digits are longer than those of three.
    expect(many.bytes).toBeLessThan(few.bytes * 1.05);
  });

  it('keeps its handler at work for less than 100 ms with 1,200 open tasks', async () => {
    const ask = await look(direct, MANY.employeeId);
    await ask();
    const times: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const before = process.threadCpuUsage();
      expect(await ask()).toBe(PAGE_SIZE);
      const { user, system } = process.threadCpuUsage(before);
      times.push((user + system) / 1_000);
    }

    // The fastest of them, without what it waited for: neither other programs nor the emulator are the handler's own work.
    expect(Math.min(...times)).toBeLessThan(LONGEST);
  });
});
