import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListTagsForResourceCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TagResourceCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LambdaOutcome } from '../../../local/step-functions/index.ts';
import { clientOf, machine, ROLE, saying } from './support.ts';

type Fn = (payload: { readonly [key: string]: unknown }) => Promise<LambdaOutcome> | LambdaOutcome;

const PROGRAM = join(import.meta.dirname, 'engine-process.ts');
const INVOKE = 'arn:aws:states:::lambda:invoke';
const NEVER = new Promise<never>(() => undefined);

let folder: string;
let functions: Server;
let byName: { [name: string]: Fn };
let engine: ChildProcess;
let client: SFNClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'step-functions-'));
  byName = {};
  functions = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const { functionArn, payload } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const outcome = await byName[functionArn]?.(payload);
    response.end(JSON.stringify(outcome ?? { kind: 'threw', errorType: 'NoFunction', errorMessage: functionArn }));
  });
  functions.listen(0, '127.0.0.1');
  await once(functions, 'listening');
  await boot();
});

afterEach(async () => {
  await kill();
  functions.close();
  functions.closeAllConnections();
  await rm(folder, { recursive: true });
});

async function boot(): Promise<void> {
  const address = `http://127.0.0.1:${(functions.address() as AddressInfo).port}`;
  engine = spawn(process.execPath, [PROGRAM, join(folder, 'engine.sqlite'), address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(engine.stdout ?? engine, 'data');
  client = clientOf(String(line).trim());
}

async function kill(): Promise<void> {
  const gone = once(engine, 'exit');
  engine.kill('SIGKILL');
  await gone;
  client.destroy();
}

async function create(name: string, states: object): Promise<string> {
  const created = new CreateStateMachineCommand({ name, definition: machine(states), roleArn: ROLE });
  const { stateMachineArn } = await client.send(created);
  return String(stateMachineArn);
}

async function start(stateMachineArn: string, name = 'one'): Promise<string> {
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, name, input: '{}' }));
  return String(executionArn);
}

async function ended(executionArn: string) {
  return vi.waitFor(
    async () => {
      const found = await client.send(new DescribeExecutionCommand({ executionArn }));
      expect(found.status).not.toBe('RUNNING');
      return { status: found.status, output: JSON.parse(found.output ?? 'null') };
    },
    { timeout: 20_000, interval: 50 },
  );
}

it('a killed engine goes on with everything that was under way when it starts again', async () => {
  let calls = 0;
  let tries = 0;
  let token: string | undefined;
  byName = {
    // The first call is under way when the engine is killed; its answer never arrives.
    slow: () => {
      calls += 1;
      return calls === 1 ? NEVER : { kind: 'returned', payload: calls };
    },
    flaky: () => {
      tries += 1;
      return tries === 1
        ? { kind: 'threw', errorType: 'Busy', errorMessage: 'later' }
        : { kind: 'returned', payload: tries };
    },
    ask: (payload) => {
      token = String(payload.token);
      return { kind: 'returned', payload: null };
    },
  };
  const call = (name: string, more: object = {}) => ({
    Type: 'Task',
    Resource: INVOKE,
    Arguments: { FunctionName: name },
    Output: '{% $states.result.Payload %}',
    End: true,
    ...more,
  });
  const slow = await create('slow', { Call: call('slow') });
  const retrying = await create('retrying', {
    Call: call('flaky', { Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1 }] }),
  });
  const waiting = await create('waiting', { Wait: { Type: 'Wait', Seconds: 1, Output: 'woken', End: true } });
  const asking = await create('asking', {
    Ask: call('ask', {
      Resource: `${INVOKE}.waitForTaskToken`,
      Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
      Output: '{% $states.result %}',
    }),
  });
  const parent = await create('parent', {
    Run: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: waiting },
      Output: '{% $states.result.Output %}',
      End: true,
    },
  });
  const started = await Promise.all([slow, retrying, waiting, asking, parent].map((arn) => start(arn)));
  await vi.waitFor(() => expect([calls, tries, token]).toEqual([1, 1, expect.any(String)]));
  await vi.waitFor(async () => {
    const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn: waiting }));
    expect(executions).toHaveLength(2);
  });

  await kill();
  await boot();

  expect(await start(asking)).toBe(started[3]);
  await client.send(new SendTaskSuccessCommand({ taskToken: token, output: '"signed"' }));
  expect(await Promise.all(started.map(ended))).toEqual([
    { status: 'SUCCEEDED', output: 2 },
    { status: 'SUCCEEDED', output: 2 },
    { status: 'SUCCEEDED', output: 'woken' },
    { status: 'SUCCEEDED', output: 'signed' },
    { status: 'SUCCEEDED', output: 'woken' },
  ]);
});

it('a killed engine has lost nothing that it had answered', async () => {
  byName = { work: ({ name }) => ({ kind: 'returned', payload: name }) };
  const working = await create('working', {
    Work: {
      Type: 'Task',
      Resource: INVOKE,
      Arguments: { FunctionName: 'work', Payload: { name: '{% $states.context.Execution.Name %}' } },
      Output: '{% $states.result.Payload %}',
      Next: 'Rest',
    },
    Rest: { Type: 'Wait', Seconds: 1, End: true },
  });
  const answered: string[] = [];
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    for (let number = 0; ; number += 1) answered.push(await start(working, `${lane}-${number}`));
  });
  const storm = Promise.allSettled(lanes);
  await vi.waitFor(() => expect(answered.length).toBeGreaterThan(40), { timeout: 20_000, interval: 1 });

  await kill();
  await storm;
  await boot();

  const outputs = await Promise.all(answered.map(async (arn) => (await ended(arn)).output));
  expect(outputs).toEqual(answered.map((arn) => arn.split(':').at(-1)));
});

it('a killed engine has kept every version, alias and tag that it had answered', async () => {
  const arn = await create('kept', { Say: { Type: 'Pass', Output: '0', End: true } });
  const answered = { version: 0, alias: 0, tag: 0 };
  const until = (stop: Promise<unknown>) =>
    stop.then(
      () => undefined,
      () => undefined,
    );
  const publishing = until(
    (async () => {
      for (let number = 1; ; number += 1) {
        const definition = saying(String(number));
        await client.send(new UpdateStateMachineCommand({ stateMachineArn: arn, definition, publish: true }));
        answered.version = number;
        const routingConfiguration = [{ stateMachineVersionArn: `${arn}:${number}`, weight: 100 }];
        await client.send(new CreateStateMachineAliasCommand({ name: `A${number}`, routingConfiguration }));
        answered.alias = number;
      }
    })(),
  );
  const tagging = until(
    (async () => {
      for (let number = 1; ; number = (number % 50) + 1) {
        const tags = [{ key: `tag-${number}`, value: 'kept' }];
        await client.send(new TagResourceCommand({ resourceArn: arn, tags }));
        answered.tag = Math.max(answered.tag, number);
      }
    })(),
  );
  await vi.waitFor(() => expect(answered.alias).toBeGreaterThan(20), { timeout: 20_000, interval: 1 });

  await kill();
  await Promise.all([publishing, tagging]);
  await boot();

  for (let number = 1; number <= answered.version; number += 1) {
    const version = await client.send(new DescribeStateMachineCommand({ stateMachineArn: `${arn}:${number}` }));
    expect(version.definition).toBe(saying(String(number)));
  }
  for (let number = 1; number <= answered.alias; number += 1) {
    const alias = await client.send(
      new DescribeStateMachineAliasCommand({ stateMachineAliasArn: `${arn}:A${number}` }),
    );
    expect(alias.routingConfiguration).toEqual([{ stateMachineVersionArn: `${arn}:${number}`, weight: 100 }]);
  }
  const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
  expect(tags?.length).toBeGreaterThanOrEqual(answered.tag);
  expect(await ended(await start(`${arn}:A${answered.alias}`))).toEqual({
    status: 'SUCCEEDED',
    output: String(answered.alias),
  });
});

it('a journal belongs to one engine: a second one on the same file does not start', async () => {
  const waiting = await create('waiting', { Wait: { Type: 'Wait', Seconds: 1, Output: 'woken', End: true } });
  const execution = await start(waiting);
  const second = spawn(process.execPath, [PROGRAM, join(folder, 'engine.sqlite'), 'http://127.0.0.1:1'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const complaint = Buffer.concat(await (second.stderr?.toArray() ?? [])).toString('utf8');

  expect(complaint).toMatch(/database is locked/);
  expect(await ended(execution)).toEqual({ status: 'SUCCEEDED', output: 'woken' });
});
