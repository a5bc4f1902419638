import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { createDynamoStore } from '../../../functions/process/store/dynamodb/dynamo-store.ts';
import { clientOptions } from '../../../local/cloud/aws.ts';
import { type Ministack, startMinistack } from '../../../local/cloud/ministack.ts';
import { makeTables } from '../store/store-tables.ts';
import { describeDirectory } from './directory-contract.ts';
import { importInto } from './imported.ts';

let folder: string;
let cloud: Ministack;
let client: DynamoDBClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meridian-directory-'));
  cloud = await startMinistack({ dataFolder: folder, keepState: false });
  client = new DynamoDBClient(clientOptions(cloud.endpoint));
});

afterAll(async () => {
  client.destroy();
  await cloud.stop();
  await rm(folder, { recursive: true, force: true });
});

describeDirectory('DynamoDB', async (data) =>
  importInto(createDynamoStore({ client, tables: await makeTables(client) }), data),
);
