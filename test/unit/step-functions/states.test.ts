import { describe, expect, it } from 'vitest';
import { call, engineFor, MACHINE, machine, returned, run, runToEnd, threw } from './support.ts';

describe('a Choice', () => {
  const definition = machine({
    'How much?': {
      Type: 'Choice',
      Choices: [
        {
          Condition: '{% $states.input.amount > 100 %}',
          Assign: { size: 'large' },
          Output: { by: 'first' },
          Next: 'Tell',
        },
        { Condition: '{% $states.input.amount > 10 %}', Assign: { size: 'middle' }, Next: 'Tell' },
      ],
      Default: 'Tell',
      Assign: { size: 'small' },
      Output: { by: 'default' },
    },
    Tell: { Type: 'Pass', Output: { size: '{% $size %}', input: '{% $states.input %}' }, End: true },
  });

  it.each([
    ['the first rule that holds, with its own Assign and Output', 1_000, { size: 'large', input: { by: 'first' } }],
    ['a rule without an Output, which gives the input on', 50, { size: 'middle', input: { amount: 50 } }],
    ["its default, with the state's Assign and Output", 5, { size: 'small', input: { by: 'default' } }],
  ])('takes %s', async (_what, amount, output) => {
    expect((await runToEnd(definition, { amount })).output).toEqual(output);
  });

  it('without a rule that holds and without a default fails by name', async () => {
    const ended = await runToEnd(
      machine({ Which: { Type: 'Choice', Choices: [{ Condition: false, Next: 'End' }] }, End: { Type: 'Succeed' } }),
    );

    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });

  it('refuses a condition that is neither true nor false', async () => {
    const ended = await runToEnd(
      machine({
        Which: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'End' }] },
        End: { Type: 'Succeed' },
      }),
    );

    expect(ended.error).toBe('States.QueryEvaluationError');
    expect(ended.cause).toContain(
      "The JSONata expression '1' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
    );
  });
});

describe('variables', () => {
  it('keep the value that the state saw, until the next state', async () => {
    const { output } = await runToEnd(
      machine({
        First: { Type: 'Pass', Assign: { n: 1 }, Next: 'Second' },
        Second: { Type: 'Pass', Assign: { n: '{% $n + 1 %}' }, Output: { seen: '{% $n %}' }, Next: 'Third' },
        Third: { Type: 'Pass', Output: { seen: '{% $states.input.seen %}', now: '{% $n %}' }, End: true },
      }),
    );

    expect(output).toEqual({ seen: 1, now: 2 });
  });

  it('of the machine are seen in branches, those of a branch stay in it', async () => {
    const branch = (own: number) =>
      machine({
        [`Set ${own}`]: { Type: 'Pass', Assign: { own }, Next: `Show ${own}` },
        [`Show ${own}`]: { Type: 'Pass', Output: '{% [$outer, $own] %}', End: true },
      });
    const { output } = await runToEnd(
      machine({
        Set: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'Both' },
        Both: { Type: 'Parallel', Branches: [branch(1), branch(2)], Next: 'After' },
        After: { Type: 'Pass', Output: { results: '{% $states.input %}', own: '{% $exists($own) %}' }, End: true },
      }),
    );

    expect(output).toEqual({
      results: [
        ['o', 1],
        ['o', 2],
      ],
      own: false,
    });
  });

  it('are not assigned by a state whose Output fails', async () => {
    const { history } = await runToEnd(
      machine({
        Call: call('f', {
          Assign: { n: 1 },
          Output: '{% $states.result.nothing %}',
          Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Output: '{% $exists($n) %}', Next: 'End' }],
          End: true,
        }),
        End: { Type: 'Succeed' },
      }),
    );

    expect(history.at(-1)?.details?.output).toBe('false');
  });
});

describe('a Wait', () => {
  it('of more seconds than Step Functions takes fails, and does not move the clock out of the calendar', async () => {
    const { status, error } = await runToEnd(
      machine({ Wait: { Type: 'Wait', Seconds: '{% 100000000 %}', End: true } }),
    );

    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });

  it('until a moment that an expression gives ends at that moment', async () => {
    const engine = engineFor(machine({ Wait: { Type: 'Wait', Timestamp: '{% $states.input.until %}', End: true } }));
    const arn = await run(engine, { until: '2026-01-02T01:00:00+01:00' });

    expect(engine.nextTimer()).toEqual(new Date('2026-01-02T00:00:00Z'));
    await engine.advanceTo(new Date('2026-01-01T23:59:59.999Z'));
    expect(engine.describe(arn).status).toBe('RUNNING');
    await engine.advanceBy(1);
    expect(engine.describe(arn).status).toBe('SUCCEEDED');
  });

  it('until a moment that has passed ends at once', async () => {
    const engine = engineFor(machine({ Wait: { Type: 'Wait', Timestamp: '2020-01-01T00:00:00Z', End: true } }));

    const arn = await run(engine);

    expect(engine.describe(arn).status).toBe('SUCCEEDED');
  });

  it.each([
    [
      'tomorrow',
      'The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: tomorrow',
    ],
    ['2026-02-30T00:00:00Z', 'format string: 2026-02-30T00:00:00Z'],
    ['2026-02-28T24:00:00Z', 'format string: 2026-02-28T24:00:00Z'],
    [5, "Expected 'string', but was 'number' for value: 5"],
  ])('until %j fails', async (until, cause) => {
    const ended = await runToEnd(
      machine({ Wait: { Type: 'Wait', Timestamp: '{% $states.input.until %}', End: true } }),
      { until },
    );

    expect(ended.error).toBe('States.QueryEvaluationError');
    expect(ended.cause).toContain(cause);
  });
});

describe('the end of an execution', () => {
  it('by a Fail state carries the error and cause that its expressions give', async () => {
    const ended = await runToEnd(
      machine({ Stop: { Type: 'Fail', Error: '{% $states.input.error %}', Cause: '{% "n is " & $states.input.n %}' } }),
      { error: 'Refused', n: 3 },
    );

    expect(ended).toMatchObject({ status: 'FAILED', error: 'Refused', cause: 'n is 3' });
    expect(ended.events).toEqual(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']);
  });

  it('by StopExecution is final: what is still out comes to nothing', async () => {
    let finish = (): void => undefined;
    const engine = engineFor(machine({ Call: call('slow', { End: true }) }), {
      slow: () => new Promise((resolve) => (finish = () => resolve(returned('late')))),
    });
    const arn = await engine.start(MACHINE, {});

    await engine.stop(arn, { error: 'Enough', cause: 'no need' });
    finish();
    await engine.settle();
    await engine.stop(arn, { error: 'Again' });

    expect(engine.describe(arn)).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'no need' });
    expect(engine.history(arn).at(-1)?.type).toBe('ExecutionAborted');
  });
});

describe('the context object', () => {
  it('names the execution, the machine and the state', async () => {
    const { output, arn, name } = await runToEnd(
      machine({ Tell: call('f', { Output: '{% $states.context %}', End: true }) }),
      { a: 1 },
    );

    expect(output).toEqual({
      Execution: {
        Id: arn,
        Input: { a: 1 },
        Name: name,
        RoleArn: expect.stringMatching(/^arn:aws:iam:/),
        StartTime: '2026-01-01T00:00:00.000Z',
      },
      StateMachine: { Id: MACHINE, Name: 'main' },
      State: { Name: 'Tell', EnteredTime: '2026-01-01T00:00:00.000Z', RetryCount: 0 },
    });
  });

  it('counts the retries of a state', async () => {
    const counts: unknown[] = [];
    await runToEnd(
      machine({
        Call: call('f', {
          Arguments: { FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}' },
          Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
          End: true,
        }),
      }),
      {},
      {
        f: (count) => {
          counts.push(count);
          return threw('Busy');
        },
      },
    );

    expect(counts).toEqual([0, 1, 2]);
  });
});
