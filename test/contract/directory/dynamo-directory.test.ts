import { createDynamoStore } from '../../../functions/process/store/dynamodb/dynamo-store.ts';
import { makeTables, useDynamo } from '../store/store-tables.ts';
import { describeDirectory } from './directory-contract.ts';
import { importInto } from './imported.ts';

const dynamo = useDynamo();

describeDirectory('DynamoDB', async (data) =>
  importInto(createDynamoStore({ client: dynamo(), tables: await makeTables(dynamo()) }), data),
);
