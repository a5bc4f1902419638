/** @module-tag long */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  PublishStateMachineVersionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CURRENT_ALIAS } from '../../../functions/process/current-alias.ts';
import { ACCOUNT_ID, awsEnvironment, clientOptions, REGION } from '../../../local/cloud/aws.ts';
import { NODE, ROOT } from '../../../local/cloud/paths.ts';
import { waitFor } from '../../../local/demo/wait-for.ts';
import { type EngineServer, startEngineServer } from '../../../local/step-functions/index.ts';
import { useMinistack } from '../../support/use-ministack.ts';
import { makeTables } from '../store/store-tables.ts';

const STACK = 'meridian-test';
const QUEUES = [
  'RequestsQueue',
  'RequestsQueueDeadLetters',
  'ErpFactsQueue',
  'ErpBooksQueue',
  'UndeliveredEvents',
] as const;

const endpoint = useMinistack();
let folder: string;
let engine: EngineServer;
let sqs: SQSClient;
let machine: string;
/** Whether the machine's function fails. */
let isBroken = true;
const urls: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meridian-ops-'));
  engine = await startEngineServer({
    port: 0,
    databaseFile: join(folder, 'engine.sqlite'),
    region: REGION,
    accountId: ACCOUNT_ID,
    invokeLambda: async () =>
      isBroken
        ? { kind: 'threw', errorType: 'Error', errorMessage: 'broken' }
        : { kind: 'returned', payload: { mended: true } },
  });
  sqs = new SQSClient(clientOptions(endpoint()));
  for (const name of QUEUES) {
    urls[name] = (await sqs.send(new CreateQueueCommand({ QueueName: name }))).QueueUrl ?? '';
  }
  machine = await makeMachine();
  await makeStack();
});

afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('npm run ops', () => {
  it('says that nothing waits', async () => {
    expect(await ops('status')).toMatchObject({ code: 0, said: 'nothing waits for an operator\n' });
  });

  it('shows that nothing moves when somebody without tasks hands over, and asks who does it', async () => {
    const directory = ['--directory', join(ROOT, 'local/demo/directory.json')];
    const shown = await ops('hand-over', 'E-2001', 'E-2002', '--by', 'Lin', ...directory);

    expect(shown).toMatchObject({ code: 0, said: '0 would move, 0 cannot\n' });
    expect(await ops('hand-over', 'E-2001', 'E-2002', ...directory)).toMatchObject({
      code: 2,
      complained: expect.stringMatching(/^usage:/),
    });
  });

  it('wants the directory of a deployment named before it hands anything over', async () => {
    const refused = await ops('hand-over', 'E-2001', 'E-2002', '--by', 'Lin');

    expect(refused).toMatchObject({ code: 2, said: '', complained: expect.stringContaining('--directory') });
    expect(refused.complained).not.toMatch(/^usage:/);
  });

  it('shows dead letters, and puts them back into their queue', async () => {
    const letter = JSON.stringify({ oa: { requestId: 'PR-7' }, mail: 'li@example.cn' });
    await send('RequestsQueueDeadLetters', letter);
    const before = await ops('status');
    const read = await ops('letters', 'RequestsQueueDeadLetters');

    const shown = await ops('redrive-letters', 'RequestsQueueDeadLetters', '--by', 'Lin');
    const untouched = await ops('status');
    const moved = await ops('redrive-letters', 'RequestsQueueDeadLetters', '--by', 'Lin', '--apply');

    expect(shown).toMatchObject({ code: 0, said: expect.stringContaining(', about PR-7: would be sent again\n') });
    expect(shown.said).toContain('RequestsQueueDeadLetters: all would be sent again, about 1; 1 are shown\n');
    expect(untouched.said).toContain('RequestsQueueDeadLetters: 1 dead letters');
    expect(before).toMatchObject({ code: 1 });
    expect(before.said).toContain('RequestsQueueDeadLetters: 1 dead letters');
    expect(moved).toMatchObject({ code: 0, said: 'RequestsQueueDeadLetters: 1 messages went back\n' });
    expect(read.said).toMatch(/, about PR-7\n {2}\{"oa":\{"requestId":"PR-7"\},"mail":"\[mail\]"\}\n/);
    expect(await messagesIn('RequestsQueue')).toEqual([letter]);
    expect(await ops('status')).toMatchObject({ code: 0 });
  });

  it('sends the one letter that is named, and records who did it', async () => {
    await send('RequestsQueueDeadLetters', '{"n":1}');
    await send('RequestsQueueDeadLetters', '{"n":2}');
    const read = await ops('letters', 'RequestsQueueDeadLetters');
    const [, first = ''] = /^(\S+) of [^\n]+\n {2}\{"n":1\}$/m.exec(read.said) ?? [];

    const shown = await ops('redrive-letters', 'RequestsQueueDeadLetters', first, 'gone', '--by', 'Lin');
    const moved = await ops('redrive-letters', 'RequestsQueueDeadLetters', first, '--by', 'Lin', '--apply');

    expect(shown).toMatchObject({ code: 1 });
    expect(shown.said).toContain('gone: not among the letters that SQS shows now\n');
    expect(shown.said).toContain('RequestsQueueDeadLetters: 1 would be sent again, 1 were not found\n');

    expect(moved).toMatchObject({ code: 0, said: 'RequestsQueueDeadLetters: 1 messages went back\n' });
    expect(await messagesIn('RequestsQueue')).toEqual(['{"n":1}']);
    const again = await ops('redrive-letters', 'RequestsQueueDeadLetters', first, '--by', 'Lin', '--apply');
    expect(again).toMatchObject({ code: 1, said: expect.stringContaining('0 messages went back, 1 were not found') });
    const { said } = await ops('show', 'operations', '--by', 'Lin');
    expect(said).toContain('Lin asked that 1 dead letters of RequestsQueueDeadLetters be sent again');
    await ops('redrive-letters', 'RequestsQueueDeadLetters', '--by', 'Lin', '--apply');
    expect(await messagesIn('RequestsQueue')).toEqual(['{"n":2}']);
  });

  it('has a process that there is compared with the books of the ERP', async () => {
    const nobody = await ops('reconcile', 'P-NOBODY');
    const asked = await ops('reconcile', 'operations');

    expect(nobody).toMatchObject({ code: 1, said: 'P-NOBODY: there is no such process\n' });
    expect(asked).toMatchObject({ code: 0, said: expect.stringContaining('operations: is compared with the books') });
    const detail = { kind: 'process', processId: 'operations', seen: [] };
    const [message = ''] = await messagesIn('ErpBooksQueue');
    expect(JSON.parse(message)).toEqual({ 'detail-type': 'BooksToCompare', detail });
  });

  it('puts an undelivered event where its kind belongs, and keeps one that belongs nowhere', async () => {
    const fact = JSON.stringify({ 'detail-type': 'GoodsReceived', detail: {} });
    await send('UndeliveredEvents', fact);
    await send('UndeliveredEvents', JSON.stringify({ 'detail-type': 'Misspelt', detail: {} }));

    const moved = await ops('redrive-letters', 'UndeliveredEvents', '--by', 'Lin', '--apply');

    expect(moved).toMatchObject({ code: 1 });
    expect(moved.said).toContain('1 messages went back, 1 stay');
    expect(await messagesIn('ErpFactsQueue')).toEqual([fact]);
  });

  it('shows a failed execution, and has it go on at the state that failed', async () => {
    const client = new SFNClient(clientOptions(engine.url));
    const { executionArn = '' } = await client.send(
      new StartExecutionCommand({ stateMachineArn: machine, input: '{}' }),
    );
    const ended = async (status: string) =>
      (await client.send(new DescribeExecutionCommand({ executionArn }))).status === status ? true : undefined;
    await waitFor('the execution to fail', () => ended('FAILED'));
    const before = await ops('status');
    isBroken = false;

    const wanted = `execution/${executionArn}`;
    const shown = await ops('act', 'redrive', wanted, '--by', 'Lin');
    const stillFailed = await ended('FAILED');
    const redriven = await ops('redrive-execution', executionArn, '--by', 'Lin');

    expect(before.said).toContain(`${wanted} waits since`);
    expect(before.said).toContain('  Error: broken\n  may: redrive');
    expect(shown).toMatchObject({ code: 0, said: `${wanted} "operated: FAILED" (no process): would redrive\n` });
    expect(stillFailed).toBe(true);
    expect(redriven).toMatchObject({ code: 0, said: expect.stringContaining('redrive is asked for') });
    await waitFor('the execution to succeed', () => ended('SUCCEEDED'));
    expect((await ops('act', 'redrive', wanted, '--by', 'Lin', '--apply')).said).toContain('it waits no more');
    const { said } = await ops('show', 'operations', '--by', 'Lin');
    expect(said).toContain(`Lin asked that the execution go on at the step that failed (${executionArn})`);
    expect((await ops('status')).said).not.toContain('asked-for');
  });

  it('starts a run of payroll, and records who did it', async () => {
    const client = new SFNClient(clientOptions(engine.url));
    const started = await ops('payroll', '2026-10', '--by', 'Lin');
    const [, name = ''] = /^started: (payroll-2026-10-[\w-]+)\n$/.exec(started.said) ?? [];

    expect(started).toMatchObject({ code: 0 });
    const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
    const { input } = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(JSON.parse(input ?? '')).toEqual({ period: '2026-10' });
    const { said } = await ops('show', 'operations', '--by', 'Lin');
    expect(said).toContain(`Lin started the payroll run of 2026-10 (${name})`);
  });

  it('says so when a process does not wait for an operator', async () => {
    const answer = await ops('decide', 'P2P-1', 'retry', '--by', 'Lin');

    expect(answer).toMatchObject({ code: 1, said: 'nothing waits for an operator in P2P-1\n' });
  });

  it('holds nothing that is not there, and wants to know by whom and why', async () => {
    const unknown = await ops('hold', 'P2P-1', '--by', 'Lin', '--reason', 'Review');

    expect(unknown).toMatchObject({ code: 1, said: 'P2P-1: unknown\n' });
    expect(await ops('release', 'P2P-1', '--by', 'Lin')).toMatchObject({ code: 2 });
  });

  it.each([
    [['decide', 'P2P-1', 'retry'], 'usage:'],
    [['forget'], 'usage:'],
    [['show', 'operations'], 'usage:'],
    [['act', 'retry', 'everything', '--by', 'Lin'], '"everything" is nothing that status shows'],
    [['redrive-letters', 'RequestsQueueDeadLetters'], 'usage:'],
    [['redrive-execution', 'arn'], 'usage:'],
    [['payroll', '2026-10'], 'usage:'],
    [['redrive-letters', 'NoQueue', '--by', 'Lin'], 'no dead letters of the name NoQueue'],
    [['redrive-letters', 'NoQueue', '--by', 'Lin', '--apply'], 'no dead letters of the name NoQueue'],
    [['redrive-letters', 'RequestsQueue', '--by', 'Lin'], 'no dead letters of the name RequestsQueue'],
  ])('explains %j', async (args, explanation) => {
    const answer = await ops(...args);

    expect(answer.code).toBe(2);
    expect(answer.complained).toContain(explanation);
  });
});

async function makeMachine(): Promise<string> {
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Work',
    States: {
      Work: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'work' },
        End: true,
      },
    },
  };
  const client = new SFNClient(clientOptions(engine.url));
  const made = await client.send(
    new CreateStateMachineCommand({
      name: 'operated',
      definition: JSON.stringify(definition),
      roleArn: `arn:aws:iam::${ACCOUNT_ID}:role/machine`,
    }),
  );
  const stateMachineArn = made.stateMachineArn ?? '';
  const { stateMachineVersionArn } = await client.send(new PublishStateMachineVersionCommand({ stateMachineArn }));
  const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
  await client.send(new CreateStateMachineAliasCommand({ name: CURRENT_ALIAS, routingConfiguration }));
  return stateMachineArn;
}

/** A stack with the outputs of Meridian's. */
async function makeStack(): Promise<void> {
  const tables = await makeTables(new DynamoDBClient(clientOptions(endpoint())));
  const values = {
    RecordTableName: tables.record,
    PersonalTableName: tables.personal,
    WorkTableName: tables.work,
    ProcureToPayArn: machine,
    ExpenseToPostingArn: machine,
    LeaveRequestArn: machine,
    OfficeRequestArn: machine,
    EngineeringChangeArn: machine,
    PayrollRunArn: machine,
    PayslipArn: machine,
    ApprovalArn: machine,
    WalkBooksFunctionName: 'walk-books',
    ...Object.fromEntries(QUEUES.map((name) => [`${name}Url`, urls[name]])),
  };
  const template = {
    Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
    Outputs: Object.fromEntries(Object.entries(values).map(([name, Value]) => [name, { Value }])),
  };
  const cloudFormation = new CloudFormationClient(clientOptions(endpoint()));
  await cloudFormation.send(new CreateStackCommand({ StackName: STACK, TemplateBody: JSON.stringify(template) }));
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 30, minDelay: 1 }, { StackName: STACK });
}

async function send(queue: string, MessageBody: string): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: urls[queue], MessageBody }));
}

async function messagesIn(queue: string): Promise<readonly string[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: urls[queue], MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  return Messages.map(({ Body = '' }) => Body);
}

function ops(...args: readonly string[]): Promise<{ code: number; said: string; complained: string }> {
  const env = { PATH: process.env.PATH, ...awsEnvironment(endpoint()), AWS_ENDPOINT_URL_SFN: engine.url };
  const command = ['local/tools/ops.ts', ...args, '--stack', STACK];
  return new Promise((resolve) => {
    execFile(NODE, command, { cwd: ROOT, env }, (error, said, complained) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, said, complained });
    });
  });
}
