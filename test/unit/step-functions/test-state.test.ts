import { describe, expect, it } from 'vitest';
import type { TestStateRequest } from '../../../local/step-functions/test-state/request.ts';
import { testState } from '../../../local/step-functions/test-state/test-state.ts';
import { call, machine, returned, threw } from './support.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const QueryLanguage = 'JSONata';
const FAILURE = { error: 'Busy', cause: 'too many' };

/** Tests a state; a task without a mock gets the outcome of a function. */
const test = (definition: object, more: Partial<TestStateRequest> = {}, outcome = returned('called')) =>
  testState(
    { definition: { QueryLanguage, ...definition }, input: {}, ...more },
    { now: NOW, seed: '1' },
    async () => ({
      kind: 'lambda',
      outcome,
      requestId: 'r',
    }),
  );

const mapOf = (more: object) => ({
  Type: 'Map',
  Items: '{% $states.input.lines %}',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    ...machine({ Line: { Type: 'Pass', End: true } }),
  },
  End: true,
  ...more,
});
const LINES = { input: { lines: ['a', 'b', 'c'] } };

describe('a state under test', () => {
  it.each([
    ['Pass', { Type: 'Pass', Output: '{% $states.input.n + 1 %}', Next: 'Then' }, 8],
    ['Wait', { Type: 'Wait', Seconds: 1_000, Next: 'Then' }, { n: 7 }],
    ['Choice', { Type: 'Choice', Choices: [{ Condition: '{% $states.input.n = 7 %}', Next: 'Then' }] }, { n: 7 }],
  ])('of type %s ends at once, with its output and where it goes', async (_type, state, output) => {
    expect(await test(state, { input: { n: 7 } })).toEqual({
      status: 'SUCCEEDED',
      output,
      nextState: 'Then',
      inspection: { input: { n: 7 } },
    });
  });

  it('fails by its own error, or by an expression that gives nothing', async () => {
    const failed = await test({ Type: 'Fail', Error: 'Refused' });
    const undefinedOutput = await test({ Type: 'Pass', Output: '{% $states.input.missing %}', End: true });

    expect(failed).toEqual({ status: 'FAILED', error: 'Refused', inspection: { input: {} } });
    expect(undefinedOutput).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(undefinedOutput.cause).toMatch(/^An error occurred while executing the state 'StateName' \(entered at the/);
  });

  it('sees the variables given, and shows them with those that it assigns', async () => {
    const state = { Type: 'Pass', Assign: { total: '{% $price * 2 %}' }, Output: '{% $price %}', End: true };

    const { output, inspection } = await test(state, { variables: { price: 4 } });

    expect({ output, variables: inspection.variables }).toEqual({ output: 4, variables: { price: 4, total: 8 } });
  });

  it('is found by its name anywhere in a machine, whatever the other states are', async () => {
    const definition = {
      StartAt: 'Old',
      States: {
        Old: { Type: 'Pass', ResultPath: '$.x', Next: 'Both' },
        Both: { Type: 'Parallel', End: true, Branches: [machine({ Inner: { Type: 'Pass', Output: 5, End: true } })] },
      },
    };

    expect(await test(definition, { stateName: 'Inner' })).toMatchObject({ status: 'SUCCEEDED', output: 5 });
    await expect(test(definition, { stateName: 'Nobody' })).rejects.toThrow('There is no state Nobody');
  });

  it('has the context that is given, over its own', async () => {
    const state = call('f', { Output: '{% [$states.context.Task.Token, $states.context.State.Name] %}', End: true });

    const { output } = await test(state, { context: { Task: { Token: 'mine' } }, mock: { result: 1 } });

    expect(output).toEqual(['mine', 'StateName']);
  });
});

describe('a task under test', () => {
  it('calls its function when it has no mock', async () => {
    const succeeded = await test(call('f', { End: true }), { input: 1 });
    const failed = await test(call('f', { End: true }), {}, threw('Broken'));

    expect(succeeded).toMatchObject({
      status: 'SUCCEEDED',
      output: 'called',
      inspection: { afterArguments: { FunctionName: 'f', Payload: 1 }, result: { Payload: 'called' } },
    });
    expect(failed).toMatchObject({ status: 'FAILED', error: 'Broken' });
  });

  it.each([
    [0, 'RETRIABLE', { retryIndex: 0, retryBackoffIntervalSeconds: 2 }],
    [1, 'RETRIABLE', { retryIndex: 0, retryBackoffIntervalSeconds: 6 }],
    [2, 'CAUGHT_ERROR', { retryIndex: 0, catchIndex: 1 }],
  ])('after %s retries is %s', async (retrierRetryCount, status, errorDetails) => {
    const state = call('f', {
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 2 }],
      Catch: [
        { ErrorEquals: ['Other'], Next: 'Then' },
        { ErrorEquals: ['States.ALL'], Next: 'Mend', Output: '{% $states.errorOutput.Error %}' },
      ],
      End: true,
    });

    const tested = await test(state, { mock: { failure: FAILURE }, configuration: { retrierRetryCount } });

    expect(tested).toMatchObject({ status, ...FAILURE, inspection: { errorDetails } });
    expect(tested.output).toBe(status === 'CAUGHT_ERROR' ? 'Busy' : undefined);
    expect(tested.nextState).toBe(status === 'CAUGHT_ERROR' ? 'Mend' : undefined);
  });

  it('that waits for a token or a job takes its result from a mock, and only from one', async () => {
    const state = call('f', {
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Output: '{% $states.result %}',
      End: true,
    });

    expect(await test(state, { mock: { result: { done: true } } })).toMatchObject({ output: { done: true } });
    await expect(test(state)).rejects.toThrow('with a mock only');
  });
});

describe('a Map or a Parallel under test', () => {
  it('takes the results of its children from a mock, and shows what each of them would be given', async () => {
    const state = mapOf({
      ItemSelector: { line: '{% $states.context.Map.Item.Value %}' },
      ItemBatcher: { MaxItemsPerBatch: 2 },
      MaxConcurrency: '{% 2 %}',
    });

    expect(await test(state, { ...LINES, mock: { result: [1, 2, 3] } })).toEqual({
      status: 'SUCCEEDED',
      output: [1, 2, 3],
      inspection: {
        ...LINES,
        maxConcurrency: 2,
        afterItemSelector: [{ line: 'a' }, { line: 'b' }, { line: 'c' }],
        afterItemBatcher: [{ Items: [{ line: 'a' }, { line: 'b' }] }, { Items: [{ line: 'c' }] }],
      },
    });
  });

  it.each([
    [{ ToleratedFailureCount: 1 }, 1, 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1 }, 2, 'FAILED'],
    [{ ToleratedFailurePercentage: 40 }, 1, 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 40 }, 2, 'FAILED'],
    [{}, 2, 'SUCCEEDED'],
  ])('with %j and %i failed iterations has %s', async (tolerance, mapIterationFailureCount, status) => {
    const mock = { result: [] };

    const tested = await test(mapOf(tolerance), { ...LINES, mock, configuration: { mapIterationFailureCount } });

    expect(tested.status).toBe(status);
    expect(tested.error).toBe(status === 'FAILED' ? 'States.ExceedToleratedFailureThreshold' : undefined);
  });

  it('reads its items from the data that its reader is said to have read', async () => {
    const reader = {
      Resource: 'arn:aws:states:::s3:getObject',
      Arguments: { Bucket: 'b', Key: 'k' },
      ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
    };
    const { Items: _items, ...rest } = mapOf({
      ItemReader: reader,
      ItemSelector: '{% $states.context.Map.Item.Value.name %}',
    });
    const mock = { result: [] };

    const tested = await test(rest, { mock, configuration: { mapItemReaderData: 'name,age\nAda,36' } });

    expect(tested.inspection.afterItemSelector).toEqual(['Ada']);
  });

  it('fails by a mocked error of one of its states', async () => {
    const state = { Type: 'Parallel', Branches: [machine({ Inner: { Type: 'Pass', End: true } })], End: true };
    const request = { mock: { failure: FAILURE } };

    const tested = await test(state, { ...request, configuration: { errorCausedByState: 'Inner' } });

    expect(tested).toMatchObject({ status: 'FAILED', ...FAILURE });
    await expect(test(state, { ...request, configuration: { errorCausedByState: 'Outer' } })).rejects.toThrow(
      'There is no state Outer',
    );
  });

  it.each([
    ['a Map without a mock', mapOf({}), {}, 'with a mock only'],
    ['a mock for a Pass', { Type: 'Pass', End: true }, { mock: { result: 1 } }, 'not for Pass'],
    ['a context without a mock', { Type: 'Pass', End: true }, { context: {} }, 'only with a mock'],
    ['iterations of a task', call('f', { End: true }), { configuration: { mapIterationFailureCount: 1 } }, 'type Map'],
  ])('is refused: %s', async (_what, state, more, message) => {
    await expect(test(state, more)).rejects.toThrow(message);
  });
});
