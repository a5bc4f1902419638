/** The tables of the deployed installation, as the portal reads them. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoStore } from '../../../functions/process/store/dynamodb/dynamo-store.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import { clientOptions } from '../../cloud/aws.ts';
import { type LocalCloud, output } from '../../cloud/start.ts';

/** By a client of its own: the emulator is slow on connections that are used again. */
export async function withStore<T>(
  { endpoint, outputs }: LocalCloud,
  read: (store: ProcessStore) => Promise<T>,
): Promise<T> {
  const client = new DynamoDBClient(clientOptions(endpoint));
  const tables = {
    record: output(outputs, 'RecordTableName'),
    personal: output(outputs, 'PersonalTableName'),
    work: output(outputs, 'WorkTableName'),
  };
  try {
    return await read(createDynamoStore({ client, tables }));
  } finally {
    client.destroy();
  }
}
