/** Finds an installation: a stack on AWS, or the demonstration on this machine. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type DirectoryData, parseDirectory } from '../../functions/directory/directory-file.ts';
import { createDynamoStore } from '../../functions/process/store/dynamodb/dynamo-store.ts';
import type { ProcessStore } from '../../functions/process/store/port.ts';
import type { ProcessDeps } from '../../functions/process/update-process.ts';
import { clientOptions } from '../cloud/aws.ts';
import { ROOT } from '../cloud/paths.ts';

const DEMO_OUTPUTS = join(ROOT, '.local/demo/outputs.json');
const DEMO_DIRECTORY = join(ROOT, 'local/demo/directory.json');

/** Settings of an SDK client; empty: what the machine's own configuration says. */
type ClientOptions = Partial<ReturnType<typeof clientOptions>>;

export interface Installation {
  readonly name: string;
  /** Outputs of the stack, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly aws: ClientOptions;
  /** For Step Functions, which on one machine is a service of its own. */
  readonly stepFunctions: ClientOptions;
}

export interface Where {
  readonly stack?: string | undefined;
  readonly region?: string | undefined;
}

/**
 * The directory file that was deployed. Another company's would route real tasks to invented people, so nothing is guessed
 * for a stack.
 * @throws Error in one sentence when a stack is named without its file.
 */
export async function deployedDirectory({
  stack,
  directory = stack === undefined ? DEMO_DIRECTORY : undefined,
}: Where & { readonly directory?: string | undefined }): Promise<DirectoryData> {
  if (directory === undefined) {
    throw new Error(`name the directory file that ${stack} was deployed with: --directory <file>`);
  }
  return parseDirectory(JSON.parse(await readFile(directory, 'utf8')));
}

const outputsSchema = z.record(z.string(), z.string());
const demoSchema = z.object({ endpoint: z.url(), engineUrl: z.url(), outputs: outputsSchema });

/**
 * @param where.stack - name of a stack in the account of the machine's credentials; undefined: the demonstration
 * @throws Error in one sentence when there is no such installation
 */
export function findInstallation({ stack, region }: Where): Promise<Installation> {
  return stack === undefined ? demo() : deployed(stack, region);
}

async function deployed(stack: string, region: string | undefined): Promise<Installation> {
  const aws = region === undefined ? {} : { region };
  const { Stacks: stacks } = await new CloudFormationClient(aws).send(new DescribeStacksCommand({ StackName: stack }));
  const outputs = (stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
  return { name: `stack ${stack}`, outputs: outputsSchema.parse(Object.fromEntries(outputs)), aws, stepFunctions: aws };
}

async function demo(): Promise<Installation> {
  if (!existsSync(DEMO_OUTPUTS)) {
    throw new Error('name the stack with --stack, or start the demonstration first: npm run demo');
  }
  const { endpoint, engineUrl, outputs } = demoSchema.parse(JSON.parse(await readFile(DEMO_OUTPUTS, 'utf8')));
  return {
    name: 'the demonstration',
    outputs,
    aws: clientOptions(endpoint),
    stepFunctions: clientOptions(engineUrl),
  };
}

const tablesSchema = z.object({
  RecordTableName: z.string().min(1),
  PersonalTableName: z.string().min(1),
  WorkTableName: z.string().min(1),
});

/** @throws Error in one sentence when the installation does not name its tables. */
export function storeOf({ name, outputs, aws }: Installation): ProcessStore {
  const tables = tablesSchema.safeParse(outputs);
  if (!tables.success) {
    throw new Error(`${name} does not name the tables of a process store: ${z.prettifyError(tables.error)}`);
  }
  const { RecordTableName: record, PersonalTableName: personal, WorkTableName: work } = tables.data;
  return createDynamoStore({ client: new DynamoDBClient(aws), tables: { record, personal, work } });
}

/**
 * What a tool needs that changes processes: with the machine's own clock.
 * @throws Error in one sentence when the installation does not name its tables.
 */
export function processDepsOf(installation: Installation): ProcessDeps {
  return {
    store: storeOf(installation),
    clock: { now: () => new Date() },
    randomness: { secret: () => randomBytes(32).toString('base64url'), uuid: () => randomUUID() },
  };
}
