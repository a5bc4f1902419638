/**
 * The process store in three DynamoDB tables: the record (`processId`, `sequence`), to which nothing but new entries is
 * ever written; the personal values (same keys); and the work items (`pk`, `sk`) with the index `by-time` (`listShard`,
 * `listAt`) under the time lists.
 */
import { randomUUID } from 'node:crypto';
import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type {
  PageOptions,
  ProcessStore,
  TimeList,
  TimeListOptions,
  Transaction,
  WorkChange,
  WorkItem,
  WorkKey,
} from '../port.ts';
import {
  type Attributes,
  entryAttributes,
  LIST_SHARDS,
  listShard,
  listTime,
  personalAttributes,
  personalKey,
  personalValues,
  recordEntry,
  workAttributes,
  workItem,
  workKeyAttributes,
} from './attributes.ts';
import { storeFailure } from './store-failure.ts';

/** Names (or ARNs) of the tables. */
export interface StoreTables {
  readonly record: string;
  readonly personal: string;
  readonly work: string;
}

export interface DynamoStoreOptions {
  /** Repeats a request itself after throttling and lost answers, and gives up within the caller's time. */
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tables: StoreTables;
}

const TIME_INDEX = 'by-time';
/** DynamoDB's limit of a transaction. */
const MAX_ITEMS = 100;

type Ask = {
  get(table: string, key: Attributes): Promise<Attributes | undefined>;
  query(input: QueryCommandInput, limit?: number): Promise<readonly Attributes[]>;
  write(items: TransactWriteItem[]): Promise<void>;
};

/** @throws RangeError from `commit` for a transaction without items or with more than DynamoDB takes. */
export function createDynamoStore({ client, tables }: DynamoStoreOptions): ProcessStore {
  const ask = asker(client);
  return {
    async read<T>(key: WorkKey) {
      const item = await ask.get(tables.work, workKeyAttributes(key));
      return item === undefined ? undefined : workItem<T>(item);
    },
    async list<T>(partition: string, sortPrefix: string) {
      return (await ask.query(listQuery(tables.work, partition, sortPrefix))).map((item) => workItem<T>(item));
    },
    async page<T>(partition: string, sortPrefix: string, options: PageOptions) {
      const items = await ask.query(pageQuery(tables.work, partition, sortPrefix, options), options.limit);
      return items.slice(0, options.limit).map((item) => workItem<T>(item));
    },
    listByTime: <T>(name: TimeList, options: TimeListOptions) => listByTime<T>(ask, tables.work, name, options),
    async commit(transaction) {
      await ask.write(writesOf(tables, transaction));
    },
    async readRecord(processId, after) {
      return (await ask.query(processQuery(tables.record, processId, after))).map(recordEntry);
    },
    async readPersonal(processId, after) {
      return (await ask.query(processQuery(tables.personal, processId, after))).map(personalValues);
    },
  };
}

function asker(client: DynamoStoreOptions['client']): Ask {
  return {
    async get(table, key) {
      const command = new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true });
      const { Item } = await client.send(command).catch(fail);
      return Item;
    },
    async query(input, limit = Number.POSITIVE_INFINITY) {
      const items: Attributes[] = [];
      let from = input.ExclusiveStartKey;
      do {
        const command = new QueryCommand({ ...input, ...(from === undefined ? {} : { ExclusiveStartKey: from }) });
        const page = await client.send(command).catch(fail);
        items.push(...(page.Items ?? []));
        from = page.LastEvaluatedKey;
      } while (from !== undefined && items.length < limit);
      return items;
    },
    async write(items) {
      // One token per commit, kept when the client repeats the request: a lost answer is then no conflict. It must not
      // be made from the content, or two who want the same at the same time would both be told that they got it.
      const command = new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: randomUUID() });
      await client.send(command).catch(fail);
    },
  };
}

function fail(cause: unknown): never {
  throw storeFailure(cause);
}

function writesOf(
  tables: StoreTables,
  { entries, personal, erasures = [], changes }: Transaction,
): TransactWriteItem[] {
  const items = [
    ...entries.map((entry) => newItem(tables.record, entryAttributes(entry), 'processId')),
    ...personal.map((values) => newItem(tables.personal, personalAttributes(values), 'processId')),
    ...erasures.map((place) => ({ Delete: { TableName: tables.personal, Key: personalKey(place) } })),
    ...changes.map((change) => workWrite(tables.work, change)),
  ];
  if (items.length === 0 || items.length > MAX_ITEMS) {
    throw new RangeError(`a transaction has 1 to ${MAX_ITEMS} items; this one has ${items.length}`);
  }
  return items;
}

function newItem(table: string, item: Attributes, keyName: string): TransactWriteItem {
  return { Put: { TableName: table, Item: item, ConditionExpression: `attribute_not_exists(${keyName})` } };
}

function workWrite(table: string, change: WorkChange): TransactWriteItem {
  switch (change.kind) {
    case 'create':
      return newItem(table, workAttributes(change, 1), 'pk');
    case 'replace':
      return {
        Put: { TableName: table, Item: workAttributes(change, change.ifVersion + 1), ...isVersion(change.ifVersion) },
      };
    case 'delete':
      return { Delete: { TableName: table, Key: workKeyAttributes(change.key), ...isVersion(change.ifVersion) } };
    case 'put':
      return { Put: { TableName: table, Item: workAttributes(change, 1) } };
    case 'remove':
      return { Delete: { TableName: table, Key: workKeyAttributes(change.key) } };
  }
}

function isVersion(version: number) {
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': { N: String(version) } },
  };
}

function processQuery(table: string, processId: string, after: number | undefined): QueryCommandInput {
  const all: QueryCommandInput = {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: 'processId = :processId',
    ExpressionAttributeValues: { ':processId': { S: processId } },
  };
  // Without a bound an entry is found as well that somebody put before the first.
  return after === undefined
    ? all
    : {
        ...all,
        KeyConditionExpression: `${all.KeyConditionExpression} AND #sequence > :after`,
        ExpressionAttributeNames: { '#sequence': 'sequence' },
        ExpressionAttributeValues: { ...all.ExpressionAttributeValues, ':after': { N: String(after) } },
      };
}

function listQuery(table: string, partition: string, sortPrefix: string): QueryCommandInput {
  // DynamoDB refuses an empty prefix, which every item has.
  const prefix = sortPrefix === '' ? undefined : sortPrefix;
  return {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: {
      ':pk': { S: partition },
      ...(prefix === undefined ? {} : { ':prefix': { S: prefix } }),
    },
  };
}

function pageQuery(
  table: string,
  partition: string,
  sortPrefix: string,
  { limit, order, after }: PageOptions,
): QueryCommandInput {
  return {
    ...listQuery(table, partition, sortPrefix),
    Limit: limit,
    ScanIndexForward: order === 'first-to-last',
    // The item itself may be gone: DynamoDB goes on behind the place where it would be.
    ...(after === undefined ? {} : { ExclusiveStartKey: workKeyAttributes({ partition, sort: after }) }),
  };
}

/** As many from each shard as are wanted of all, since one shard may hold all of them. */
async function listByTime<T>(
  ask: Ask,
  table: string,
  name: TimeList,
  options: TimeListOptions,
): Promise<readonly WorkItem<T>[]> {
  const shards = Array.from({ length: LIST_SHARDS }, (_, shard) =>
    ask.query(shardQuery(table, listShard(name, shard), options), options.limit),
  );
  const direction = options.order === 'oldest-first' ? 1 : -1;
  return (await Promise.all(shards))
    .flat()
    .map((item) => ({ item, at: listTime(item) }))
    .sort((one, other) => direction * (one.at < other.at ? -1 : Number(one.at > other.at)))
    .slice(0, options.limit)
    .map(({ item }) => workItem<T>(item));
}

function shardQuery(table: string, shard: string, options: TimeListOptions): QueryCommandInput {
  const { order, limit, before, after } = options;
  const bound = before ?? after;
  return {
    TableName: table,
    IndexName: TIME_INDEX,
    Limit: limit,
    ScanIndexForward: order === 'oldest-first',
    KeyConditionExpression:
      bound === undefined
        ? 'listShard = :shard'
        : `listShard = :shard AND listAt ${before === undefined ? '>' : '<'} :bound`,
    ExpressionAttributeValues: {
      ':shard': { S: shard },
      ...(bound === undefined ? {} : { ':bound': { S: bound } }),
    },
  };
}
