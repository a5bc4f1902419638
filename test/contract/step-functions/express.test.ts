import {
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it, vi } from 'vitest';
import { CALLING, machine, PASSING, saying, useEngine, WAITING } from './support.ts';

const engine = useEngine();
const create = async (definition: string, more: object = {}) =>
  (await engine.create(definition, { type: 'EXPRESS', ...more })).stateMachineArn;
const startSync = (stateMachineArn: string, more: object = {}) =>
  engine.client.send(new StartSyncExecutionCommand({ stateMachineArn, ...more }));

describe('a machine of type EXPRESS', () => {
  it('is described and listed as such', async () => {
    const arn = await create(PASSING);

    const described = await engine.client.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
    const listed = await engine.client.send(new ListStateMachinesCommand({}));

    expect(described.type).toBe('EXPRESS');
    expect(listed.stateMachines?.find(({ stateMachineArn }) => stateMachineArn === arn)?.type).toBe('EXPRESS');
  });

  it('keeps its type: an update is read as a definition of that type', async () => {
    const arn = await create(PASSING);
    const tokens = machine({
      Ask: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Arguments: {}, End: true },
    });

    await expect(
      engine.client.send(new UpdateStateMachineCommand({ stateMachineArn: arn, definition: tokens })),
    ).rejects.toMatchObject({ name: 'InvalidDefinition' });
    await expect(engine.create(PASSING, { name: arn.split(':').at(-1) })).rejects.toMatchObject({
      name: 'StateMachineAlreadyExists',
    });
  });

  it.each([
    [
      'a task token',
      'arn:aws:states:::lambda:invoke.waitForTaskToken',
      "Express state machine does not support '.waitForTaskToken' service integration at /States/Do/Resource",
    ],
    [
      'the end of a nested execution',
      'arn:aws:states:::states:startExecution.sync:2',
      "Express state machine does not support '.sync:2' service integration at /States/Do/Resource",
    ],
    [
      'an activity',
      'arn:aws:states:eu-central-1:000000000000:activity:a',
      'Express state machine does not support Activity ARN at /States/Do/Resource',
    ],
  ])('waits for nothing from outside: %s is refused', async (_what, resource, message) => {
    const definition = machine({ Do: { Type: 'Task', Resource: resource, Arguments: {}, End: true } });

    const validated = await engine.client.send(
      new ValidateStateMachineDefinitionCommand({ definition, type: 'EXPRESS' }),
    );

    expect(validated.result).toBe('FAIL');
    await expect(create(definition)).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: ${message}'`,
    });
  });

  it.each([
    ['a branch', (inner: object) => ({ Type: 'Parallel', Branches: [inner], End: true })],
    ['an iteration', (inner: object) => ({ Type: 'Map', ItemProcessor: inner, End: true })],
  ])('is read to the inside: a task token in %s is refused', async (_where, around) => {
    const inner = JSON.parse(
      machine({
        Ask: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Arguments: {}, End: true },
      }),
    );
    delete inner.QueryLanguage;

    await expect(create(machine({ All: around(inner) }))).rejects.toMatchObject({ name: 'InvalidDefinition' });
  });

  it('has no distributed Map', async () => {
    const processor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'A',
      States: { A: { Type: 'Pass', End: true } },
    };

    await expect(create(machine({ All: { Type: 'Map', ItemProcessor: processor, End: true } }))).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringContaining('DISTRIBUTED'),
    });
  });
});

describe('a synchronous execution', () => {
  it('is answered with its result, and with what it would have cost', async () => {
    engine.lambda = async (_arn, payload) => ({ kind: 'returned', payload: { got: payload } });
    const arn = await create(CALLING);

    const result = await startSync(arn, { name: 'one', input: '{"n":1}' });

    expect(result).toMatchObject({
      executionArn: expect.stringMatching(
        /^arn:aws:states:eu-central-1:000000000000:express:machine-\d+:one:[0-9a-f-]{36}$/,
      ),
      stateMachineArn: arn,
      name: 'one',
      status: 'SUCCEEDED',
      input: '{"n":1}',
      inputDetails: { included: true },
      output: '{"got":{"n":1}}',
      outputDetails: { included: true },
      billingDetails: { billedDurationInMilliseconds: expect.any(Number), billedMemoryUsedInMB: 64 },
    });
    expect(result.billingDetails?.billedDurationInMilliseconds).toSatisfy((value: number) => value % 100 === 0);
    expect(result.stopDate?.getTime()).toBeGreaterThanOrEqual(result.startDate?.getTime() ?? Infinity);
  });

  it('that fails is answered as well, with its error', async () => {
    engine.lambda = async () => ({ kind: 'threw', errorType: 'Refused', errorMessage: 'no stock' });

    const result = await startSync(await create(CALLING));

    expect(result).toMatchObject({ status: 'FAILED', error: 'Refused', cause: expect.stringContaining('no stock') });
    expect(result.output).toBeUndefined();
  });

  it('that takes longer than its machine allows has timed out', async () => {
    const arn = await create(machine({ Wait: { Type: 'Wait', Seconds: 30, End: true } }, { TimeoutSeconds: 1 }));

    expect(await startSync(arn)).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });

  it('of a version runs that version', async () => {
    const arn = await create(saying('one'), { publish: true });
    await engine.client.send(new UpdateStateMachineCommand({ stateMachineArn: arn, definition: saying('two') }));

    expect((await startSync(`${arn}:1`)).output).toBe('"one"');
    expect((await startSync(arn)).output).toBe('"two"');
  });

  it('does not repeat its payloads when they are not wanted', async () => {
    const result = await startSync(await create(PASSING), { input: '{"n":1}', includedData: 'METADATA_ONLY' });

    expect(result).toMatchObject({ status: 'SUCCEEDED', inputDetails: { included: false } });
    expect([result.input, result.output]).toEqual([undefined, undefined]);
  });

  it('is refused for a machine of type STANDARD, and for an input that is no JSON', async () => {
    const { stateMachineArn: standard } = await engine.create(PASSING);

    await expect(startSync(standard)).rejects.toMatchObject({ name: 'StateMachineTypeNotSupported' });
    await expect(startSync(await create(PASSING), { input: 'no' })).rejects.toMatchObject({
      name: 'InvalidExecutionInput',
    });
  });
});

describe('an asynchronous execution of type EXPRESS', () => {
  it('may have the name of another one, also of one that runs', async () => {
    const arn = await create(WAITING);

    const [one, other] = [await engine.start(arn, {}, 'same'), await engine.start(arn, {}, 'same')];

    expect(one).toMatch(/:express:machine-\d+:same:[0-9a-f-]{36}$/);
    expect(other).toMatch(/:same:[0-9a-f-]{36}$/);
    expect(other).not.toBe(one);
  });

  it('runs, but is neither described nor listed, told or stopped', async () => {
    const called = vi.fn();
    engine.lambda = async (_arn, payload) => {
      called(payload);
      return { kind: 'returned', payload: null };
    };
    const arn = await create(CALLING);

    const executionArn = await engine.start(arn, { n: 1 });

    await vi.waitFor(() => expect(called).toHaveBeenCalledWith({ n: 1 }));
    const refusal = {
      name: 'InvalidArn',
      message: "Invalid Arn: 'Resource type not valid in this context: express'",
    };
    await expect(engine.describe(executionArn)).rejects.toMatchObject(refusal);
    await expect(engine.client.send(new StopExecutionCommand({ executionArn }))).rejects.toMatchObject(refusal);
    await expect(engine.client.send(new GetExecutionHistoryCommand({ executionArn }))).rejects.toMatchObject(refusal);
    await expect(engine.client.send(new ListExecutionsCommand({ stateMachineArn: arn }))).rejects.toMatchObject({
      name: 'StateMachineTypeNotSupported',
      message: 'This operation is not supported by this type of state machine',
    });
  });

  it('is started by another machine, which cannot wait for its end', async () => {
    const express = await create(saying('quick'));
    const starting = (pattern: string) =>
      machine({
        Run: {
          Type: 'Task',
          Resource: `arn:aws:states:::states:startExecution${pattern}`,
          Arguments: { StateMachineArn: express },
          Output: '{% $states.result.ExecutionArn %}',
          End: true,
        },
      });
    const run = async (pattern: string) =>
      engine.ended(await engine.start((await engine.create(starting(pattern))).stateMachineArn));

    expect(await run('')).toMatchObject({
      status: 'SUCCEEDED',
      output: expect.stringMatching(/:express:machine-\d+:/),
    });
    expect(await run('.sync:2')).toMatchObject({
      status: 'FAILED',
      error: 'StepFunctions.StateMachineTypeNotSupportedException',
    });
  });
});
