import { describe, expect, it } from 'vitest';
import { differences } from '../../../local/step-functions/conformance/case.ts';
import type { ConformanceCase } from '../../../local/step-functions/conformance/format.ts';
import { call, machine } from './support.ts';

const calling = machine({ Call: call('f', { Output: '{% $states.result %}', TimeoutSeconds: 5, End: true }) });
const FUNCTION = 'arn:aws:lambda:us-east-1:111111111111:function:f';
const recording = (expected: ConformanceCase['expected'], more: Partial<ConformanceCase> = {}): ConformanceCase => ({
  id: 'own/case',
  kind: 'execution',
  queryLanguage: 'JSONata',
  definition: calling,
  input: { n: 1 },
  taskResults: { Call: [{ output: 'done' }] },
  expected,
  ...more,
});

const conforming = {
  status: 'SUCCEEDED',
  output: 'done',
  eventTypes: [
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ],
  stateInputs: [{ name: 'Call', input: { n: 1 } }],
  stateExits: [{ name: 'Call', output: 'done' }],
  scheduled: { Call: [{ arguments: { FunctionName: 'f', Payload: { n: 1 } }, timeoutSeconds: 5 }] },
};

describe('a recorded execution', () => {
  it('that the engine repeats has no differences', async () => {
    expect(await differences(recording(conforming))).toEqual([]);
  });

  it.each([
    ['status', { status: 'FAILED' }],
    ['output', { output: 'other' }],
    ['eventTypes', { eventTypes: conforming.eventTypes.toReversed() }],
    ['stateInputs', { stateInputs: [{ name: 'Call', input: {} }] }],
    ['scheduled', { scheduled: { Call: [{ arguments: {} }] } }],
  ])('that ends otherwise differs in its %s', async (field, expected) => {
    expect(await differences(recording({ ...conforming, ...expected }))).toEqual([
      expect.stringMatching(new RegExp(`^${field}\\n`)),
    ]);
  });

  it('whose events interleave is compared as a bag', async () => {
    const expected = { ...conforming, eventTypes: conforming.eventTypes.toReversed() };

    expect(await differences(recording(expected, { eventOrder: 'concurrent' }))).toEqual([]);
  });

  it('that no query language bears upon is run as JSONata', async () => {
    const definition = {
      StartAt: 'Same',
      States: { Same: { Type: 'Pass', Output: '{% $states.input.n %}', End: true } },
    };
    const neutral = recording({ status: 'SUCCEEDED', output: 1 }, { definition, queryLanguage: 'neutral' });

    expect(await differences(neutral)).toEqual([]);
    await expect(differences({ ...neutral, queryLanguage: 'JSONPath' })).rejects.toThrow('does not evaluate JSONPath');
  });

  it('takes errors, time-outs and replies to tokens from the recording', async () => {
    const failure = { error: 'Refused', cause: '{"a":1}' };
    const timeOut = { timeout: true, error: 'States.Timeout' };
    const asking = machine({
      Call: call('f', {
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Output: '{% $states.result %}',
        End: true,
      }),
    });

    const found = await Promise.all([
      differences(
        recording({ status: 'FAILED', error: 'Refused', cause: '{ "a": 1 }' }, { taskResults: { Call: [failure] } }),
      ),
      differences(recording({ status: 'FAILED', error: 'States.Timeout' }, { taskResults: { Call: [timeOut] } })),
      differences(recording({ status: 'SUCCEEDED', output: 'done' }, { definition: asking })),
      differences(recording({ status: null }, { definition: asking, taskResults: { Call: [timeOut] } })),
    ]);

    expect(found.flat()).toEqual([]);
  });

  it.each([
    ['LambdaFunctionScheduleFailed', FUNCTION, []],
    ['LambdaFunctionStartFailed', FUNCTION, ['LambdaFunctionScheduled']],
    ['TaskStartFailed', 'arn:aws:states:::lambda:invoke', ['TaskScheduled']],
    ['TaskSubmitFailed', 'arn:aws:states:::lambda:invoke.waitForTaskToken', ['TaskScheduled', 'TaskStarted']],
    ['ActivityScheduleFailed', 'activity_arn', []],
  ])('whose task ends with %s has the events before it and no others', async (event, Resource, before) => {
    const eventTypes = ['ExecutionStarted', 'TaskStateEntered', ...before, event, 'ExecutionFailed'];
    const taskResults = { Call: [{ error: 'Away', cause: 'not now', event }] };

    const found = await differences(
      recording(
        { status: 'FAILED', error: 'Away', cause: 'not now', eventTypes },
        { taskResults, definition: machine({ Call: { Type: 'Task', Resource, End: true } }) },
      ),
    );

    expect(found).toEqual([]);
  });

  it('has an activity only where one answers', async () => {
    const cause =
      "An error occurred while executing the state 'Call' (entered at the event id #2). The activity activity_arn does not exist.";
    const definition = machine({ Call: { Type: 'Task', Resource: 'activity_arn', End: true } });

    const found = await differences(
      recording({ status: 'FAILED', error: 'States.Runtime', cause }, { definition, taskResults: {} }),
    );

    expect(found).toEqual([]);
  });

  it('takes an answer that the recording does not attribute for any task, and a value that it leaves out for any', async () => {
    const expected = {
      status: 'SUCCEEDED',
      output: 'executionSucceededEventDetails.output',
      scheduled: { '?': [{ arguments: { FunctionName: 'f', Payload: { n: 1 } }, timeoutSeconds: 5 }] },
    };

    expect(await differences(recording(expected, { taskResults: { '?': [{ output: 'done' }] } }))).toEqual([]);
    expect(await differences(recording({ ...expected, scheduled: { '?': [] } }))).toHaveLength(1);
  });
});

describe('a recorded refusal', () => {
  const refusal = (expected: ConformanceCase['expected']) => ({
    ...recording(expected),
    kind: 'create-error',
    definition: { StartAt: 'A' },
  });

  it('is compared by its message or its diagnostics', async () => {
    const message = 'These fields are required: [States]';
    const diagnostics = [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message, location: '/' }];
    const sentence = `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: ${message} at /'`;

    expect(await differences(refusal({ message: sentence }))).toEqual([]);
    expect(await differences(refusal({ diagnostics }))).toEqual([]);
    expect(await differences(refusal({ diagnostics: [] }))).toHaveLength(1);
  });
});
