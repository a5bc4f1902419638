import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { machine, PASSING, ROLE, useEngine, WAITING } from './support.ts';

const CALLING = machine({
  Call: {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: 'call', Payload: '{% $states.input %}' },
    Output: '{% $states.result.Payload %}',
    End: true,
  },
});

const engine = useEngine();
const { describe: describeExecution, ended, start, asked } = engine;
const create = async (definition: string) => (await engine.create(definition)).stateMachineArn;

describe('state machines', () => {
  it('are described and listed as they were created', async () => {
    const stateMachineArn = await create(PASSING);

    const described = await engine.client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const listed = await engine.client.send(new ListStateMachinesCommand({}));
    const tags = await engine.client.send(new ListTagsForResourceCommand({ resourceArn: stateMachineArn }));

    expect(stateMachineArn).toMatch(/^arn:aws:states:eu-central-1:000000000000:stateMachine:machine-\d+$/);
    expect(described).toMatchObject({ definition: PASSING, roleArn: ROLE, status: 'ACTIVE', type: 'STANDARD' });
    expect(described.creationDate?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(listed.stateMachines?.map((found) => found.stateMachineArn)).toContain(stateMachineArn);
    expect(tags.tags).toEqual([]);
  });

  it('may be created twice alike, but not under one name with two definitions', async () => {
    const create = (definition: string) =>
      engine.client.send(new CreateStateMachineCommand({ name: 'twice', definition, roleArn: ROLE }));

    const first = await create(PASSING);
    const second = await create(PASSING);

    expect(second).toMatchObject({ stateMachineArn: first.stateMachineArn, creationDate: first.creationDate });
    await expect(create(WAITING)).rejects.toMatchObject({ name: 'StateMachineAlreadyExists' });
  });

  it('created again with another role or other tags keep what they have', async () => {
    const { stateMachineArn, creationDate } = await engine.create(PASSING, { name: 'again' });
    const again = await engine.create(PASSING, {
      name: 'again',
      roleArn: `${ROLE}-other`,
      tags: [{ key: 'a', value: 'b' }],
    });

    expect(again.creationDate).toEqual(creationDate);
    const described = await engine.client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(described.roleArn).toBe(ROLE);
  });

  it('are updated by a definition or a role, and are of the same revision when nothing changes', async () => {
    const stateMachineArn = await create(PASSING);
    const update = (more: object) => engine.client.send(new UpdateStateMachineCommand({ stateMachineArn, ...more }));

    const first = await update({ roleArn: `${ROLE}-other` });
    const second = await update({ roleArn: `${ROLE}-other`, definition: PASSING });

    expect(second).toMatchObject({ revisionId: first.revisionId, updateDate: first.updateDate });
    await expect(update({})).rejects.toMatchObject({ name: 'MissingRequiredParameter' });
  });

  it('are not found after their deletion, but their executions are', async () => {
    const stateMachineArn = await create(PASSING);
    const executionArn = await start(stateMachineArn);

    await engine.client.send(new DeleteStateMachineCommand({ stateMachineArn }));

    await expect(start(stateMachineArn)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    await expect(describeExecution(executionArn)).resolves.toMatchObject({ status: 'SUCCEEDED' });
  });

  it('leave executions that run on the definition which they started with', async () => {
    const stateMachineArn = await create(WAITING);
    const executionArn = await start(stateMachineArn);

    const updated = await engine.client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: PASSING }));
    const later = await ended(await start(stateMachineArn));

    expect(updated.revisionId).toMatch(/^[0-9a-f-]{36}$/);
    expect(later.status).toBe('SUCCEEDED');
    expect((await describeExecution(executionArn)).status).toBe('RUNNING');
    const kept = await engine.client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(JSON.parse(kept.definition ?? '')).toEqual(JSON.parse(WAITING));
  });

  it.each([
    [
      'an integration that the engine does not do',
      'arn:aws:states:::sqs:sendMessage',
      /no integration .*sqs:sendMessage/,
    ],
    ['an activity', 'arn:aws:states:eu-central-1:000000000000:activity:a', /no integration/],
    ['a pattern that the integration does not have', 'arn:aws:states:::lambda:invoke.sync', /no integration/],
  ])('are refused at creation when they need %s', async (_what, resource, message) => {
    const definition = machine({ Do: { Type: 'Task', Resource: resource, Arguments: {}, End: true } });

    const validated = await engine.client.send(new ValidateStateMachineDefinitionCommand({ definition }));

    await expect(create(definition)).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringMatching(message),
    });
    expect(validated.result).toBe('FAIL');
  });

  it('are refused at creation when their definition is not JSON or their query language is JSONPath', async () => {
    const jsonPath = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', InputPath: '$.a', End: true } } });

    await expect(create('{')).rejects.toMatchObject({ name: 'InvalidDefinition' });
    await expect(create(jsonPath)).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringContaining('JSONPath'),
    });
  });
});

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
