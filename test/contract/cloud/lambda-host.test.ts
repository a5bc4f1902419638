import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLambdaHost, type LambdaHost } from '../../../local/lambda/host.ts';
import type { FunctionDescription, LambdaOutcome } from '../../../local/lambda/outcome.ts';
import { createVirtualEngine } from '../../../local/step-functions/index.ts';
import { isAlive, until } from './processes.ts';

const HANDLERS = `
import { spawn } from 'node:child_process';
let events = 0;
export const echo = async (event) => event;
export const nothing = async () => undefined;
export const named = async () => { const e = new Error('the order is unknown'); e.name = 'ConnectorPermanentError'; throw e; };
export const text = async () => { throw 'only a text'; };
export const cyclic = async () => { const a = {}; a.a = a; return a; };
export const environment = async () => ({ ...process.env });
export const count = async () => ({ pid: process.pid, events: ++events });
export const slow = async (event) => { await new Promise((r) => setTimeout(r, event.ms)); return process.pid; };
export const busy = async () => { for (;;); };
export const crash = async () => process.exit(3);
export const killed = async () => { process.kill(process.pid, 'SIGKILL'); await new Promise(() => {}); };
export const forgotten = async () => { Promise.reject(new TypeError('nobody waits')); await new Promise(() => {}); };
export const child = async () => spawn('/bin/sleep', ['600']).pid;
export const context = async (event, context) => ({
  name: context.functionName, arn: context.invokedFunctionArn, memory: context.memoryLimitInMB,
  id: context.awsRequestId, before: context.getRemainingTimeInMillis(),
  later: await new Promise((r) => setTimeout(() => r(context.getRemainingTimeInMillis()), 50)),
});
`;

let folder: string;
let host: LambdaHost;
let settings: Partial<FunctionDescription>;
let logged: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meridian-lambda-'));
  await writeFile(join(folder, 'index.mjs'), HANDLERS);
  settings = {};
  logged = '';
  host = createLambdaHost({
    describe: async (name) => ({
      arn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
      name,
      folder,
      handler: `index.${name}`,
      environment: { COLOUR: 'red' },
      timeoutSeconds: 20,
      memoryMb: 256,
      ...settings,
    }),
    maxPerFunction: 2,
    ambient: { AWS_REGION: 'eu-central-1' },
    log: (_name, text) => {
      logged += text;
    },
  });
});

afterEach(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('what a function gives back', () => {
  it.each([[{ a: [1, null] }], ['text'], [null], [[1, 2]]])('returns %j as it is', async (payload) => {
    expect(await host.invoke('echo', payload)).toEqual({ kind: 'returned', payload });
  });

  it('returns null for a function that returns nothing', async () => {
    expect(await host.invoke('nothing', {})).toEqual({ kind: 'returned', payload: null });
  });

  it('keeps the name, message and trace of a thrown error', async () => {
    const outcome = await host.invoke('named', {});

    expect(outcome).toMatchObject({
      kind: 'threw',
      errorType: 'ConnectorPermanentError',
      errorMessage: 'the order is unknown',
    });
    expect(traceOf(outcome)).toContain('index.mjs');
  });

  it('names a thrown text by its type', async () => {
    expect(await host.invoke('text', {})).toMatchObject({ errorType: 'string', errorMessage: 'only a text' });
  });

  it('refuses an answer that JSON cannot say', async () => {
    expect(await host.invoke('cyclic', {})).toMatchObject({ kind: 'threw', errorType: 'Runtime.MarshalError' });
  });
});

describe('a function that cannot be loaded', () => {
  it('is Runtime.HandlerNotFound without its export', async () => {
    expect(await host.invoke('absent', {})).toMatchObject({ kind: 'threw', errorType: 'Runtime.HandlerNotFound' });
  });

  it('is Runtime.ImportModuleError without its file', async () => {
    settings = { handler: 'elsewhere.handler' };

    expect(await host.invoke('echo', {})).toMatchObject({ kind: 'threw', errorType: 'Runtime.ImportModuleError' });
  });

  it('fails by the name of the error that its module throws, and is tried again at the next event', async () => {
    await writeFile(join(folder, 'index.mjs'), "const e = new Error('no table'); e.name = 'ConfigError'; throw e;");
    expect(await host.invoke('echo', 1)).toMatchObject({ kind: 'threw', errorType: 'ConfigError' });

    await writeFile(join(folder, 'index.mjs'), HANDLERS);
    expect(await host.invoke('echo', 1)).toEqual({ kind: 'returned', payload: 1 });
  });
});

describe('time-out and crash', () => {
  it('ends a function that never yields when its time is over, and starts afresh', async () => {
    settings = { timeoutSeconds: 0.3 };
    expect(await host.invoke('busy', {})).toEqual({ kind: 'timed-out' });

    expect(await host.invoke('echo', 'again')).toEqual({ kind: 'returned', payload: 'again' });
  });

  it.each([
    ['crash', 'exit status 3'],
    ['killed', 'signal: SIGKILL'],
  ])('tells %s as Runtime.ExitError', async (name, how) => {
    const outcome = await host.invoke(name, {});

    expect(outcome).toMatchObject({ kind: 'threw', errorType: 'Runtime.ExitError' });
    expect(outcome.kind === 'threw' && outcome.errorMessage).toContain(how);
  });

  it('tells a rejection that nobody waits for', async () => {
    expect(await host.invoke('forgotten', {})).toMatchObject({
      kind: 'threw',
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'nobody waits',
    });
  });
});

describe('what a function sees', () => {
  it('sees its own settings and the basics of AWS, and nothing of the host', async () => {
    process.env.SECRET_OF_THE_HOST = 'hidden';
    const outcome = await host.invoke('environment', {});
    delete process.env.SECRET_OF_THE_HOST;

    const seen = outcome.kind === 'returned' ? Object(outcome.payload) : {};
    expect(seen).toMatchObject({ COLOUR: 'red', AWS_REGION: 'eu-central-1', LAMBDA_TASK_ROOT: folder });
    const basics = ['COLOUR', 'LANG', 'LAMBDA_TASK_ROOT', 'PATH', 'TZ', '_HANDLER'];
    expect(Object.keys(seen).filter((name) => !basics.includes(name) && !name.startsWith('AWS_'))).toEqual([]);
  });

  it('gets a context that counts its time down', async () => {
    const outcome = await host.invoke('context', {});

    const context = outcome.kind === 'returned' ? Object(outcome.payload) : {};
    expect(context).toMatchObject({ name: 'context', memory: '256', arn: expect.stringMatching(/:function:context$/) });
    expect(context.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(context.before).toBeLessThanOrEqual(20_000);
    expect(context.later).toBeLessThanOrEqual(context.before - 40);
  });

  it('writes to its log', async () => {
    await writeFile(join(folder, 'index.mjs'), 'export const echo = async () => console.log("said aloud");');
    await host.invoke('echo', {});

    await until(() => logged.includes('said aloud'));
  });
});

describe('workers', () => {
  it('serves one event after the other in the same worker', async () => {
    const first = await host.invoke('count', {});
    const second = await host.invoke('count', {});

    expect(second).toEqual({ kind: 'returned', payload: { ...payloadOf(first), events: 2 } });
  });

  it('takes a new worker when the function was deployed anew', async () => {
    await host.invoke('count', {});
    settings = { environment: { COLOUR: 'blue' } };

    expect(payloadOf(await host.invoke('count', {}))).toMatchObject({ events: 1 });
  });

  it('works on as many events at once as it may, each in a worker of its own, and keeps the others waiting', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => host.invoke('slow', { ms: 100 })));

    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(2);
  });

  it('leaves no process behind, not even one that a function started', async () => {
    const child = Number(Object(await host.invoke('child', {})).payload);
    const worker = Number(Object(payloadOf(await host.invoke('count', {}))).pid);
    expect([isAlive(child), isAlive(worker)]).toEqual([true, true]);

    await host.stop();

    expect([isAlive(child), isAlive(worker)]).toEqual([false, false]);
  });

  it('says that it is stopped', async () => {
    await host.stop();

    await expect(host.invoke('echo', 1)).rejects.toThrow('stopped');
  });
});

function payloadOf(outcome: LambdaOutcome): object {
  return outcome.kind === 'returned' ? Object(outcome.payload) : {};
}

function traceOf(outcome: LambdaOutcome): string {
  return outcome.kind === 'threw' ? (outcome.trace ?? []).join('\n') : '';
}

it('answers a process on virtual time: the functions are real, and a month passes at once', async () => {
  const call = (functionName: string, more: object) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: functionName, Payload: '{% $states.input %}' },
    ...more,
  });
  const arn = 'arn:aws:states:eu-central-1:000000000000:stateMachine:monthly';
  const engine = createVirtualEngine({
    machines: {
      [arn]: {
        QueryLanguage: 'JSONata',
        StartAt: 'Ask',
        States: {
          Ask: call('echo', { Output: '{% $states.result.Payload %}', Next: 'Wait' }),
          Wait: { Type: 'Wait', Seconds: 30 * 86_400, Next: 'Refuse' },
          Refuse: call('named', { Catch: [{ ErrorEquals: ['ConnectorPermanentError'], Next: 'Done' }], End: true }),
          Done: { Type: 'Succeed', Output: '{% $states.input.Error %}' },
        },
      },
    },
    invokeLambda: (name, payload) => host.invoke(name, payload),
  });

  const execution = await engine.start(arn, { n: 1 });
  await engine.advanceBy(30 * 86_400_000);

  expect(engine.describe(execution)).toMatchObject({ status: 'SUCCEEDED', output: 'ConnectorPermanentError' });
});
