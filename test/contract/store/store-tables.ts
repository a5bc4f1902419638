/** The store's tables on the local cloud, made as the stack makes them. */
import { randomUUID } from 'node:crypto';
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll } from 'vitest';
import type { StoreTables } from '../../../functions/process/store/dynamodb/dynamo-store.ts';
import { clientOptions } from '../../../local/cloud/aws.ts';
import { useMinistack } from '../../support/use-ministack.ts';

/** A client of DynamoDB on an emulator for the tests of one file. */
export function useDynamo(endpoint = useMinistack()): () => DynamoDBClient {
  let client: DynamoDBClient | undefined;
  afterAll(() => client?.destroy());
  return () => {
    client ??= new DynamoDBClient(clientOptions(endpoint()));
    return client;
  };
}

/** Makes three empty tables with names of their own. */
export async function makeTables(client: DynamoDBClient): Promise<StoreTables> {
  const prefix = randomUUID();
  const tables = { record: `${prefix}-record`, personal: `${prefix}-personal`, work: `${prefix}-work` };
  await client.send(new CreateTableCommand(bySequence(tables.record)));
  await client.send(new CreateTableCommand(bySequence(tables.personal)));
  await client.send(new CreateTableCommand(work(tables.work)));
  return tables;
}

function bySequence(name: string): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'processId', AttributeType: 'S' },
      { AttributeName: 'sequence', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'processId', KeyType: 'HASH' },
      { AttributeName: 'sequence', KeyType: 'RANGE' },
    ],
  };
}

function work(name: string): CreateTableCommandInput {
  const attributes = ['pk', 'sk', 'listShard', 'listAt'];
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-time',
        KeySchema: [
          { AttributeName: 'listShard', KeyType: 'HASH' },
          { AttributeName: 'listAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  };
}
