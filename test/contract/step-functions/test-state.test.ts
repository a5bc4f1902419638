import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SFNClient, TestStateCommand, type TestStateCommandInput } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineServer, startEngineServer } from '../../../local/step-functions/index.ts';

const CALL = JSON.stringify({
  QueryLanguage: 'JSONata',
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'call', Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
  Next: 'Then',
});

let folder: string;
let server: EngineServer;
let client: SFNClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'test-state-'));
  server = await startEngineServer({
    port: 0,
    databaseFile: join(folder, 'engine.sqlite'),
    region: 'eu-central-1',
    accountId: '000000000000',
    invokeLambda: async (name, payload) => ({ kind: 'returned', payload: { name, payload } }),
  });
  client = new SFNClient({
    endpoint: server.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    // AWS serves TestState on a host name of its own, which loopback does not have.
    disableHostPrefix: true,
  });
});

afterAll(async () => {
  client.destroy();
  await server.stop();
  await rm(folder, { recursive: true });
});

const test = (input: TestStateCommandInput) => client.send(new TestStateCommand(input));

describe('TestState', () => {
  it('calls the function of a task and answers in texts of JSON', async () => {
    const { status, output, nextState, inspectionData } = await test({
      definition: CALL,
      input: '{"n":1}',
      inspectionLevel: 'DEBUG',
    });

    expect({ status, nextState }).toEqual({ status: 'SUCCEEDED', nextState: 'Then' });
    expect(JSON.parse(output ?? '')).toEqual({ name: 'call', payload: { n: 1 } });
    expect(JSON.parse(inspectionData?.afterArguments ?? '')).toEqual({ FunctionName: 'call', Payload: { n: 1 } });
    expect(JSON.parse(inspectionData?.result ?? '')).toMatchObject({ StatusCode: 200 });
  });

  it('takes a mocked error, and says when the state would be done again', async () => {
    const tested = await test({
      definition: CALL,
      mock: { errorOutput: { error: 'Busy', cause: 'later' } },
      stateConfiguration: { retrierRetryCount: 1 },
      inspectionLevel: 'TRACE',
    });

    expect(tested).toMatchObject({
      status: 'RETRIABLE',
      error: 'Busy',
      cause: 'later',
      inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 2 } },
    });
  });

  it('tests a state of a machine with variables and a mocked result', async () => {
    const states = { First: { Type: 'Pass', Next: 'Call' }, Call: JSON.parse(CALL), Then: { Type: 'Succeed' } };
    const { output, inspectionData } = await test({
      definition: JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'First', States: states }),
      stateName: 'Call',
      variables: '{"known":true}',
      mock: { result: '{"Payload":"mocked"}' },
      inspectionLevel: 'DEBUG',
    });

    expect(output).toBe('"mocked"');
    expect(inspectionData?.variables).toBe('{"known":true}');
  });

  it('leaves the inspection out unless it is asked for', async () => {
    expect((await test({ definition: CALL })).inspectionData).toBeUndefined();
  });

  it.each([
    ['a definition that is none', { definition: '{' }, 'InvalidDefinition'],
    [
      'a mock of two kinds',
      { definition: CALL, mock: { result: '1', errorOutput: { error: 'E' } } },
      'ValidationException',
    ],
    ['a mock that is no JSON', { definition: CALL, mock: { result: '{' } }, 'ValidationException'],
    ['an input that is no JSON', { definition: CALL, input: '{' }, 'InvalidExecutionInput'],
    ['variables that are no object', { definition: CALL, variables: '[]' }, 'ValidationException'],
  ])('refuses %s', async (_what, input, name) => {
    await expect(test(input)).rejects.toMatchObject({ name });
  });
});
