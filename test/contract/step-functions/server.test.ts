import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { CALLING, PASSING, useEngine, WAITING } from './support.ts';

const engine = useEngine();
const { describe: describeExecution, ended, start, asked } = engine;
const create = async (definition: string) => (await engine.create(definition)).stateMachineArn;

describe('executions', () => {
  it('give the result of a Lambda function as output', async () => {
    engine.lambda = async (functionArn, payload) => ({ kind: 'returned', payload: { functionArn, payload } });

    const described = await ended(await start(await create(CALLING), { n: 7 }));

    expect(described).toMatchObject({ status: 'SUCCEEDED', input: '{"n":7}' });
    expect(JSON.parse(described.output ?? '')).toEqual({ functionArn: 'call', payload: { n: 7 } });
    expect(described.stopDate?.getTime()).toBeGreaterThanOrEqual(described.startDate?.getTime() ?? Infinity);
  });

  it('fail with the name of the error that a function threw', async () => {
    engine.lambda = async () => ({ kind: 'threw', errorType: 'ValidationError', errorMessage: 'no quantity' });

    const described = await ended(await start(await create(CALLING)));

    expect(described).toMatchObject({ status: 'FAILED', error: 'ValidationError' });
    expect(JSON.parse(described.cause ?? '')).toEqual({ errorType: 'ValidationError', errorMessage: 'no quantity' });
  });

  it('are listed newest first, by status and in pages', async () => {
    const stateMachineArn = await create(WAITING);
    for (const name of ['a', 'b', 'c']) await start(stateMachineArn, {}, name);
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:b`;
    await engine.client.send(new StopExecutionCommand({ executionArn, error: 'Enough', cause: 'no need' }));

    const list = async (rest: object) => {
      const found = await engine.client.send(new ListExecutionsCommand({ stateMachineArn, ...rest }));
      return { names: found.executions?.map(({ name }) => name), nextToken: found.nextToken };
    };
    const first = await list({ maxResults: 2 });
    const second = await list({ maxResults: 2, nextToken: first.nextToken });

    expect([first.names, second.names, second.nextToken]).toEqual([['c', 'b'], ['a'], undefined]);
    expect((await list({ statusFilter: 'RUNNING' })).names).toEqual(['c', 'a']);
    expect(await describeExecution(executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'no need',
    });
  });

  it('tell their history in pages and in both orders', async () => {
    const executionArn = await start(await create(PASSING), { a: 1 });

    const history = (rest: object) => engine.client.send(new GetExecutionHistoryCommand({ executionArn, ...rest }));
    const whole = await history({});
    const first = await history({ maxResults: 3 });
    const rest = await history({ maxResults: 3, nextToken: first.nextToken });
    const reversed = await history({ reverseOrder: true });

    expect(whole.events?.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    expect(whole.events?.[1]?.stateEnteredEventDetails).toMatchObject({ name: 'Pass', input: '{"a":1}' });
    expect([...(first.events ?? []), ...(rest.events ?? [])]).toEqual(whole.events);
    expect(reversed.events).toEqual(whole.events?.toReversed());
  });

  it('that failed are redriven, once they have ended', async () => {
    engine.lambda = async () => ({ kind: 'threw', errorType: 'Broken', errorMessage: 'for now' });
    const executionArn = await start(await create(CALLING));
    expect(await ended(executionArn)).toMatchObject({ status: 'FAILED', redriveStatus: 'REDRIVABLE', redriveCount: 0 });
    engine.lambda = async () => ({ kind: 'returned', payload: 'mended' });

    const redriven = await engine.client.send(new RedriveExecutionCommand({ executionArn }));

    const described = await ended(executionArn);
    expect(described).toMatchObject({
      status: 'SUCCEEDED',
      output: '"mended"',
      redriveCount: 1,
      redriveDate: redriven.redriveDate,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    expect(described.error).toBeUndefined();
    await expect(engine.client.send(new RedriveExecutionCommand({ executionArn }))).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
    });
  });

  it('that have ended are stopped without effect: the answer tells when they ended', async () => {
    const executionArn = await start(await create(PASSING));
    const { stopDate } = await ended(executionArn);

    const stopped = await engine.client.send(new StopExecutionCommand({ executionArn, error: 'Late' }));

    expect(stopped.stopDate).toEqual(stopDate);
    expect(await describeExecution(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('are stopped with an error and a cause of limited length', async () => {
    const executionArn = await start(await create(WAITING));

    for (const tooLong of [{ error: 'e'.repeat(257) }, { cause: 'c'.repeat(32_769) }]) {
      await expect(engine.client.send(new StopExecutionCommand({ executionArn, ...tooLong }))).rejects.toMatchObject({
        name: 'ValidationException',
      });
    }
    expect(await describeExecution(executionArn)).toMatchObject({ status: 'RUNNING' });
  });

  it('are described without their payloads when only metadata is wanted', async () => {
    const executionArn = await start(await create(PASSING), { a: 1 });
    await ended(executionArn);

    const described = await engine.client.send(
      new DescribeExecutionCommand({ executionArn, includedData: 'METADATA_ONLY' }),
    );

    expect(described).toMatchObject({
      status: 'SUCCEEDED',
      inputDetails: { included: false },
      outputDetails: { included: false },
    });
    expect([described.input, described.output]).toEqual([undefined, undefined]);
  });

  it('that nobody started are not found', async () => {
    const executionArn = 'arn:aws:states:eu-central-1:000000000000:execution:none:none';

    await expect(describeExecution(executionArn)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
    await expect(describeExecution('none')).rejects.toMatchObject({ name: 'InvalidArn' });
  });
});

describe('a list of executions', () => {
  it.each([
    ['of no machine', () => ({}), 'ValidationException', /Must provide a StateMachine ARN or MapRun ARN/],
    [
      'by a status that there is not',
      (stateMachineArn: string) => ({ stateMachineArn, statusFilter: 'DONE' }),
      'ValidationException',
      /Value 'DONE' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set/,
    ],
    [
      'by a redrive to come, which only a map run has',
      (stateMachineArn: string) => ({ stateMachineArn, statusFilter: 'PENDING_REDRIVE' }),
      'ValidationException',
      /map run/,
    ],
    [
      'by its redrives, which only a map run has',
      (stateMachineArn: string) => ({ stateMachineArn, redriveFilter: 'REDRIVEN' }),
      'ValidationException',
      /map run/,
    ],
    [
      'of a machine that is not there',
      (stateMachineArn: string) => ({ stateMachineArn: `${stateMachineArn}-other` }),
      'StateMachineDoesNotExist',
      /-other'$/,
    ],
  ])('%s is refused', async (_what, parameters, name, message) => {
    const body = JSON.stringify(parameters(await create(PASSING)));

    const response = await fetch(engine.url, {
      method: 'POST',
      headers: { 'X-Amz-Target': 'AWSStepFunctions.ListExecutions' },
      body,
    });

    expect(await response.json()).toEqual({ __type: name, message: expect.stringMatching(message) });
  });
});

it('a task takes heartbeats and a failure', async () => {
  const { arn, token } = await asked();

  await engine.client.send(new SendTaskHeartbeatCommand({ taskToken: token }));
  await engine.client.send(new SendTaskFailureCommand({ taskToken: token, error: 'Refused', cause: 'not today' }));

  expect(await ended(arn)).toMatchObject({ status: 'FAILED', error: 'Refused', cause: 'not today' });
});

it('an operation that the engine does not have is refused by name', async () => {
  const response = await fetch(engine.url, {
    method: 'POST',
    headers: { 'X-Amz-Target': 'AWSStepFunctions.CreateActivity' },
    body: '{}',
  });

  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
});
