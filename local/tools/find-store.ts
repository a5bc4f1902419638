/** Finds the tables of an installation: of a stack on AWS, or of the demonstration on this machine. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { createDynamoStore } from '../../functions/process/store/dynamodb/dynamo-store.ts';
import type { ProcessStore } from '../../functions/process/store/port.ts';
import { clientOptions } from '../cloud/aws.ts';
import { ROOT } from '../cloud/paths.ts';

const DEMO_OUTPUTS = join(ROOT, '.local/demo/outputs.json');

/** Outputs of the stack (`infra/`). */
const tableOutputs = z.object({
  RecordTableName: z.string().min(1),
  PersonalTableName: z.string().min(1),
  WorkTableName: z.string().min(1),
});

const demoOutputs = z.object({ endpoint: z.url(), outputs: tableOutputs });

/**
 * @param options.stack - name of a stack in the account of the machine's credentials; undefined: the demonstration
 * @throws Error in one sentence when there is no such installation
 */
export async function findStore(options: {
  readonly stack?: string | undefined;
  readonly region?: string | undefined;
}): Promise<ProcessStore> {
  return options.stack === undefined ? demoStore() : stackStore(options.stack, options.region);
}

async function stackStore(stack: string, region: string | undefined): Promise<ProcessStore> {
  const where = region === undefined ? {} : { region };
  const { Stacks: stacks } = await new CloudFormationClient(where).send(
    new DescribeStacksCommand({ StackName: stack }),
  );
  const outputs = (stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
  return storeOf(new DynamoDBClient(where), tableOutputs.safeParse(Object.fromEntries(outputs)), `stack ${stack}`);
}

async function demoStore(): Promise<ProcessStore> {
  if (!existsSync(DEMO_OUTPUTS)) {
    throw new Error('name the stack with --stack, or start the demonstration first: npm run demo');
  }
  const { endpoint, outputs } = demoOutputs.parse(JSON.parse(await readFile(DEMO_OUTPUTS, 'utf8')));
  return storeOf(new DynamoDBClient(clientOptions(endpoint)), tableOutputs.safeParse(outputs), 'the demonstration');
}

function storeOf(
  client: DynamoDBClient,
  outputs: z.ZodSafeParseResult<z.infer<typeof tableOutputs>>,
  name: string,
): ProcessStore {
  if (!outputs.success) {
    throw new Error(`${name} does not name the tables of a process store: ${z.prettifyError(outputs.error)}`);
  }
  const { RecordTableName: record, PersonalTableName: personal, WorkTableName: work } = outputs.data;
  return createDynamoStore({ client, tables: { record, personal, work } });
}
