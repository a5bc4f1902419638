import { randomUUID } from 'node:crypto';
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainEntries, EMPTY_CHAIN, verifyChain } from '../../../functions/audit/domain/record.ts';
import { createDynamoStore, type StoreTables } from '../../../functions/process/store/dynamodb/dynamo-store.ts';
import type { ProcessStore, Transaction } from '../../../functions/process/store/port.ts';
import { clientOptions } from '../../../local/cloud/aws.ts';
import { useMinistack } from '../../support/use-ministack.ts';
import { describeProcessStore } from './store-contract.ts';
import { makeTables } from './store-tables.ts';

const endpoint = useMinistack();
let client: DynamoDBClient;
let tables: StoreTables;
let store: ProcessStore;

beforeAll(async () => {
  client = new DynamoDBClient(clientOptions(endpoint()));
  tables = await makeTables(client);
  store = createDynamoStore({ client, tables });
});

afterAll(() => client.destroy());

describeProcessStore('DynamoDB', () => store);

describe('DynamoDB as the process store', () => {
  it('takes a repeated request, whose first answer was lost, for the same transaction', async () => {
    const { client: lossy, attempts } = losingAnswers(1);
    const { transaction, key } = oneOfEach();

    await createDynamoStore({ client: lossy, tables }).commit(transaction);

    expect(attempts()).toBe(2);
    expect(await store.read(key)).toMatchObject({ version: 1 });
  });

  it('says that the answer was lost when it was lost each time, though all is written', async () => {
    const { client: lossy } = losingAnswers(10);
    const { transaction, key, processId } = oneOfEach();

    const commit = createDynamoStore({ client: lossy, tables }).commit(transaction);

    await expect(commit).rejects.toMatchObject({ name: 'ConnectorTransientError', cause: { name: 'TimeoutError' } });
    expect(await store.read(key)).toMatchObject({ version: 1 });
    expect(await store.readRecord(processId)).toHaveLength(1);
    await expect(store.commit(transaction)).rejects.toMatchObject({ name: 'ConcurrencyError' });
  });

  it('tells an unreachable cloud from tables that are not there', async () => {
    const options = { ...clientOptions('http://127.0.0.1:9'), maxAttempts: 1 };
    const unreachable = createDynamoStore({ client: new DynamoDBClient(options), tables });
    const misnamed = createDynamoStore({ client, tables: { ...tables, work: 'no-such-table' } });

    const { key, processId } = oneOfEach();

    await expect(unreachable.readRecord(processId)).rejects.toMatchObject({ name: 'ConnectorTransientError' });
    await expect(misnamed.read(key)).rejects.toMatchObject({ name: 'ConfigError' });
  });

  it.each([
    [['None', 'ConditionalCheckFailed'], 'ConcurrencyError'],
    [['TransactionConflict', 'ThrottlingError'], 'ConcurrencyError'],
    [['None', 'ThrottlingError'], 'ConnectorTransientError'],
    [['ProvisionedThroughputExceeded'], 'ConnectorTransientError'],
    [['ValidationError', 'ThrottlingError'], 'ConnectorPermanentError'],
    [[], 'ConnectorPermanentError'],
  ])('names a cancelled transaction by its reasons %j: %s', async (codes, name) => {
    const cause = new TransactionCanceledException({
      $metadata: {},
      message: 'cancelled',
      CancellationReasons: codes.map((Code) => ({ Code })),
    });
    const cancelling = createDynamoStore({ client: { send: () => Promise.reject(cause) }, tables });

    await expect(cancelling.commit(oneOfEach().transaction)).rejects.toMatchObject({ name, cause });
  });

  it('lets items vanish no earlier than they may, and keeps the others', async () => {
    const [passing, lasting] = [oneOfEach().key, oneOfEach().key];
    await store.commit({
      entries: [],
      personal: [],
      changes: [
        { kind: 'create', key: passing, value: {}, expiresAt: new Date('2026-01-01T00:00:00.001Z') },
        { kind: 'create', key: lasting, value: {} },
      ],
    });
    const expiryOf = async ({ partition, sort }: typeof passing) => {
      const command = new GetItemCommand({ TableName: tables.work, Key: { pk: { S: partition }, sk: { S: sort } } });
      return (await client.send(command)).Item?.expiresAt?.N;
    };

    expect(await expiryOf(passing)).toBe(String(Date.UTC(2026, 0, 1, 0, 0, 1) / 1000));
    expect(await expiryOf(lasting)).toBeUndefined();
  });

  it.each([
    ['facts', { S: '{"amount":"99.00"}' }],
    ['facts', { S: 'no JSON' }],
    ['facts', { N: '1' }],
    ['actorId', { S: 'E-1002' }],
    ['occurredAt', { S: '2026-01-02T00:00:00.000Z' }],
    ['hash', { S: '' }],
  ])('still reads an entry whose %s was made %j in the table, and the chain tells', async (name, value) => {
    const { transaction, processId } = oneOfEach();
    await store.commit(transaction);
    const command = new UpdateItemCommand({
      TableName: tables.record,
      Key: { processId: { S: processId }, sequence: { N: '1' } },
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    });
    await client.send(command);

    const record = await store.readRecord(processId);

    expect(verifyChain(processId, record)).toEqual([
      { sequence: 1, damage: 'content was changed after it was recorded' },
    ]);
  });

  it('loses nothing but the personal values when these are erased', async () => {
    const { transaction, processId } = oneOfEach();
    await store.commit(transaction);
    const place = { processId: { S: processId }, sequence: { N: '1' } };
    await client.send(new DeleteItemCommand({ TableName: tables.personal, Key: place }));

    const personal = await store.readPersonal(processId);

    expect(personal).toEqual([]);
    expect(verifyChain(processId, await store.readRecord(processId), { personal })).toEqual([]);
  });
});

function oneOfEach() {
  const processId = randomUUID();
  const key = { partition: `PROCESS#${processId}`, sort: 'HEAD' };
  const fresh = {
    type: 'Noted',
    actor: { kind: 'person', id: 'E-1001' },
    facts: { amount: '10.00' },
    personal: { comment: 'good' },
  } as const;
  const context = { now: new Date('2026-01-01T00:00:00.000Z'), newSalt: () => 'salt' };
  const { entries, personal } = chainEntries(processId, EMPTY_CHAIN, [fresh], context);
  const transaction: Transaction = { entries, personal, changes: [{ kind: 'create', key, value: { state: 'new' } }] };
  return { processId, key, transaction };
}

/** A client whose requests arrive, and whose first answers do not. */
function losingAnswers(count: number) {
  let attempts = 0;
  const lossy = new DynamoDBClient({ ...clientOptions(endpoint()), maxAttempts: 3 });
  lossy.middlewareStack.add(
    (next) => async (args) => {
      attempts += 1;
      const answer = await next(args);
      if (attempts <= count) {
        throw Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
      }
      return answer;
    },
    { step: 'deserialize', priority: 'high' },
  );
  return { client: lossy, attempts: () => attempts };
}
