/** @module-tag long */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { ROOT } from '../../../local/cloud/paths.ts';
import { ASKING, machine, REGION, ROLE, useEngine, WAITING } from './support.ts';

const AWS = join(ROOT, '.local/python/tools/bin/aws');
const engine = useEngine();
const run = promisify(execFile);

/** What the AWS CLI answers to a command of its `stepfunctions`. */
async function aws(...command: readonly string[]) {
  const { stdout } = await run(AWS, ['stepfunctions', ...command, '--output', 'json'], {
    env: {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL_SFN: engine.url,
      AWS_DEFAULT_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      // Start-sync-execution would go to the host `sync-127.0.0.1`.
      AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
    },
    maxBuffer: 16 * 1_048_576,
  });
  return stdout === '' ? {} : JSON.parse(stdout);
}

const createMachine = async (name: string, definition: string, ...more: readonly string[]): Promise<string> => {
  const named = ['--name', name, '--definition', definition, '--role-arn', ROLE];
  return (await aws('create-state-machine', ...named, ...more)).stateMachineArn;
};
const startExecution = async (arn: string, ...more: readonly string[]): Promise<string> =>
  (await aws('start-execution', '--state-machine-arn', arn, ...more)).executionArn;

it('the AWS CLI creates a machine, publishes it, points an alias at it and runs it to its end', async () => {
  const given = new Promise<string>((resolve) => {
    engine.lambda = async (_arn, payload) => {
      resolve((payload as { readonly token: string }).token);
      return { kind: 'returned', payload: null };
    };
  });
  const arn = await createMachine('asking', ASKING);
  const version = await aws('publish-state-machine-version', '--state-machine-arn', arn, '--description', 'first');
  const alias = await aws(
    'create-state-machine-alias',
    '--name',
    'PROD',
    '--routing-configuration',
    `stateMachineVersionArn=${version.stateMachineVersionArn},weight=100`,
  );
  const executionArn = await startExecution(alias.stateMachineAliasArn, '--name', 'order-1', '--input', '{"order":1}');

  await aws('send-task-success', '--task-token', await given, '--task-output', '{"signed":true}');
  await engine.ended(executionArn);

  expect(await aws('describe-execution', '--execution-arn', executionArn)).toMatchObject({
    name: 'order-1',
    status: 'SUCCEEDED',
    input: '{"order":1}',
    output: '{"signed":true}',
    stateMachineVersionArn: `${arn}:1`,
    stateMachineAliasArn: `${arn}:PROD`,
    startDate: expect.any(Number),
  });
});

it('the AWS CLI puts the pages of a long history together by itself', async () => {
  const processor = { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } };
  const items = { Type: 'Map', Items: '{% $range(1, 50, 1) %}', ItemProcessor: processor, Output: 'done', End: true };
  const executionArn = await startExecution(await createMachine('long', machine({ All: items })));
  await engine.ended(executionArn);
  const history = ['get-execution-history', '--execution-arn', executionArn];

  const [whole, some] = await Promise.all([
    aws(...history, '--page-size', '60'),
    aws(...history, '--reverse-order', '--max-items', '3'),
  ]);

  expect(whole.events.map(({ id }: { readonly id: number }) => id)).toEqual(
    Array.from({ length: 206 }, (_, index) => index + 1),
  );
  expect(some.events.map(({ id }: { readonly id: number }) => id)).toEqual([206, 205, 204]);
});

it('the AWS CLI stops an execution, and waits for one of type EXPRESS', async () => {
  const waiting = await startExecution(await createMachine('waiting', WAITING));
  const express = await createMachine(
    'quick',
    machine({ Add: { Type: 'Pass', Output: '{% $states.input.n + 1 %}', End: true } }),
    '--type',
    'EXPRESS',
  );

  await aws('stop-execution', '--execution-arn', waiting, '--error', 'Enough');
  const result = await aws('start-sync-execution', '--state-machine-arn', express, '--input', '{"n":1}');

  expect(await engine.describe(waiting)).toMatchObject({ status: 'ABORTED', error: 'Enough' });
  expect(result).toMatchObject({ status: 'SUCCEEDED', output: '2' });
});

it('the AWS CLI tells an error in the words of AWS, with the exit code for it', async () => {
  const missing = `arn:aws:states:${REGION}:000000000000:stateMachine:missing`;

  await expect(startExecution(missing)).rejects.toMatchObject({
    // Of version 1, which is the one on PyPI; version 2 ends with 254.
    code: 255,
    stderr: expect.stringContaining(
      `An error occurred (StateMachineDoesNotExist) when calling the StartExecution operation: State Machine Does Not Exist: '${missing}'`,
    ),
  });
});
