import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { DeleteItemCommand, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EMPTY_CHAIN } from '../../../functions/audit/domain/record.ts';
import { readingsOf } from '../../../functions/audit/note-read.ts';
import { createDynamoStore, type StoreTables } from '../../../functions/process/store/dynamodb/dynamo-store.ts';
import { createProcess, updateProcess } from '../../../functions/process/update-process.ts';
import { awsEnvironment, clientOptions } from '../../../local/cloud/aws.ts';
import { NODE, ROOT } from '../../../local/cloud/paths.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { useMinistack } from '../../support/use-ministack.ts';
import { makeTables } from '../store/store-tables.ts';

const endpoint = useMinistack();
let folder: string;
let client: DynamoDBClient;
let tables: StoreTables;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meridian-audit-'));
  client = new DynamoDBClient(clientOptions(endpoint()));
  tables = await makeTables(client);
  await makeStack('meridian-test', tables);
});

afterAll(async () => {
  client.destroy();
  await rm(folder, { recursive: true, force: true });
});

describe('npm run audit', () => {
  it('finds the record of a process whole, in the tables that the stack names', async () => {
    const processId = await processOf(3);

    const { code, said } = await audit('verify', processId, '--by', 'Chen', '--stack', 'meridian-test');

    expect(said).toMatch(new RegExp(`^process ${processId}: 3 entries\n`));
    expect(said).toContain('personal values: in 2 entries, 0 of them erased');
    expect(said).toMatch(/the record is whole; it ends with entry 3, hash [0-9a-f]{64}/);
    expect(code).toBe(0);
  });

  it('prints each damage and ends with 1', async () => {
    const processId = await processOf(4);
    await setActor(processId, 2, 'E-9999');
    await setActor(processId, 4, 'E-9999');

    const { code, said } = await audit('verify', processId, '--by', 'Chen', '--stack', 'meridian-test');

    expect(said).toContain('entry 2: content was changed after it was recorded\n');
    expect(said).toContain('entry 4: content was changed after it was recorded\n');
    expect(said).toContain('the record is DAMAGED: 2 findings');
    expect(code).toBe(1);
  });

  it('finds a record whole whose personal values were erased, and says how many', async () => {
    const processId = await processOf(3);
    await client.send(new DeleteItemCommand({ TableName: tables.personal, Key: place(processId, 2) }));

    const { code, said } = await audit('verify', processId, '--by', 'Chen', '--stack', 'meridian-test');

    expect(said).toContain('personal values: in 2 entries, 1 of them erased');
    expect(code).toBe(0);
  });

  it('exports a record that is verified without any table, whatever was done to the file', async () => {
    const processId = await processOf(3);
    const file = join(folder, `${processId}.json`);
    const exporting = ['export', processId, '--out', file, '--by', 'Chen', '--stack', 'meridian-test'];
    expect(await audit(...exporting)).toMatchObject({ code: 0 });
    expect((await stat(file)).mode & 0o077).toBe(0);

    expect(await audit('verify', '--file', file)).toMatchObject({ code: 0 });
    const exported = await readFile(file, 'utf8');
    await writeFile(file, exported.replace('"E-1001"', '"E-1002"'));
    const changed = await audit('verify', '--file', file);

    expect(changed.said).toContain('entry 1: content was changed after it was recorded');
    expect(changed.code).toBe(1);
    const { record, ...rest } = JSON.parse(exported);
    await writeFile(file, JSON.stringify({ ...rest, record: record.slice(0, 2) }));
    const cut = await audit('verify', '--file', file);
    expect(cut.said).toContain('entry 3: the process stands at this entry: it is missing');
    expect(cut.code).toBe(1);
  });

  it('records who read a record, and by what, before they get it', async () => {
    const processId = await processOf(2);
    const out = join(folder, `${processId}.json`);
    const where = ['--stack', 'meridian-test'];

    const nameless = [
      await audit('verify', processId, ...where),
      await audit('export', processId, '--out', out, ...where),
    ];
    expect(nameless.map(({ code, complained }) => [code, complained.slice(0, 6)])).toEqual([
      [2, 'usage:'],
      [2, 'usage:'],
    ]);
    expect(existsSync(out)).toBe(false);

    await audit('verify', processId, '--by', 'Chen', ...where);
    await audit('export', processId, '--out', out, '--by', 'Chen', ...where);
    await audit('verify', processId, '--by', 'Wu', ...where);

    expect(await readersOf(processId)).toEqual([
      ['Chen', 'record'],
      ['Chen', 'export'],
      ['Wu', 'record'],
    ]);
  });

  it('tells a record that cannot be read from one that is damaged', async () => {
    const file = join(folder, 'other.json');
    await writeFile(file, '{"format":"other"}');

    const failures = await Promise.all([
      audit('verify', 'P2P-unknown', '--by', 'Chen', '--stack', 'meridian-test'),
      audit('verify', 'P2P-1', '--by', 'Chen', '--stack', 'no-such-stack'),
      audit('verify', '--file', file),
      audit('verify'),
      audit('forget', 'P2P-1'),
    ]);

    expect(failures.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
    expect(failures[0]?.complained).toContain('there is no process P2P-unknown');
    expect(failures[2]?.complained).toContain('is no exported record');
    expect(failures[4]?.complained).toContain('usage:');
  });
});

async function processOf(entries: number): Promise<string> {
  const processId = `P2P-${randomUUID()}`;
  const store = createDynamoStore({ client, tables });
  const deps = { store, clock: new SettableClock(), randomness: seededRandomness(1) };
  const head = {
    processId,
    kind: 'test',
    executionId: 'execution',
    oa: { system: 'oa', requestId: processId },
    requesterId: 'E-1001',
    chain: EMPTY_CHAIN,
    status: 'running',
    phase: 'Test',
    startedAt: '2026-01-01T00:00:00.000Z',
    waits: {},
    answers: {},
    holds: [],
    state: {},
  } as const;
  const noted = { type: 'Noted', actor: { kind: 'person', id: 'E-1001' }, facts: {} } as const;
  await createProcess(deps, head, { entries: [noted] }, []);
  for (let count = 1; count < entries; count += 1) {
    const entry = { ...noted, personal: { comment: 'fine' } };
    await updateProcess<unknown, void>(deps, processId, () => ({ change: { entries: [entry] }, output: undefined }));
  }
  return processId;
}

/** Over midnight as well. */
async function readersOf(processId: string) {
  const store = createDynamoStore({ client, tables });
  const days = [Date.now() - 86_400_000, Date.now()].map((time) => new Date(time).toISOString().slice(0, 10));
  const readings = (await Promise.all(days.map((day) => readingsOf(store, processId, day)))).flat();
  return readings.map(({ actor, facts }) => [actor.id, facts.what]);
}

function place(processId: string, sequence: number) {
  return { processId: { S: processId }, sequence: { N: String(sequence) } };
}

async function setActor(processId: string, sequence: number, actorId: string): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: tables.record,
    Key: place(processId, sequence),
    UpdateExpression: 'SET actorId = :actorId',
    ExpressionAttributeValues: { ':actorId': { S: actorId } },
  });
  await client.send(command);
}

/** A stack with the outputs of Meridian's. */
async function makeStack(name: string, { record, personal, work }: StoreTables): Promise<void> {
  const cloudFormation = new CloudFormationClient(clientOptions(endpoint()));
  const template = {
    Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
    Outputs: {
      RecordTableName: { Value: record },
      PersonalTableName: { Value: personal },
      WorkTableName: { Value: work },
    },
  };
  await cloudFormation.send(new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template) }));
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 30, minDelay: 1 }, { StackName: name });
}

function audit(...args: readonly string[]): Promise<{ code: number; said: string; complained: string }> {
  const env = { PATH: process.env.PATH, ...awsEnvironment(endpoint()) };
  return new Promise((resolve) => {
    execFile(NODE, ['local/tools/audit.ts', ...args], { cwd: ROOT, env }, (error, said, complained) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, said, complained });
    });
  });
}
