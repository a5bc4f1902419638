import { describe, expect, it } from 'vitest';
import { ask, call, engineFor, MACHINE, machine, returned, run, runToEnd, threw } from './support.ts';

const REST = { Type: 'Wait', Seconds: 60, End: true };
const pass = (output: unknown) =>
  machine({ [`Pass ${JSON.stringify(output)}`]: { Type: 'Pass', Output: output, End: true } });

describe('a Parallel', () => {
  it('gives the results in the order of its branches, whichever ends first', async () => {
    const { output } = await runToEnd(
      machine({
        Both: {
          Type: 'Parallel',
          Branches: [
            machine({ Slow: { Type: 'Wait', Seconds: 9, Output: 'slow', End: true } }),
            machine({ Fast: { Type: 'Wait', Seconds: 1, Output: 'fast', End: true } }),
          ],
          Assign: { all: '{% $states.result %}' },
          Output: '{% {"results": $states.result, "input": $states.input} %}',
          End: true,
        },
      }),
      { n: 1 },
    );

    expect(output).toEqual({ results: ['slow', 'fast'], input: { n: 1 } });
  });

  it('gives its Arguments to every branch', async () => {
    const branch = (name: string) => machine({ [name]: { Type: 'Pass', End: true } });
    const { output } = await runToEnd(
      machine({
        Both: {
          Type: 'Parallel',
          Arguments: { doubled: '{% $states.input.n * 2 %}' },
          Branches: [branch('A'), branch('B')],
          End: true,
        },
      }),
      { n: 2 },
    );

    expect(output).toEqual([{ doubled: 4 }, { doubled: 4 }]);
  });

  it('fails with the first branch that fails, and gives the others up', async () => {
    let token = '';
    const engine = engineFor(
      machine({
        Both: {
          Type: 'Parallel',
          Branches: [
            machine({ Ask: ask({ End: true }) }),
            machine({ Rest: { Type: 'Wait', Seconds: 60, End: true } }),
            machine({ Fail: call('fail', { End: true }) }),
          ],
          Catch: [{ ErrorEquals: ['Broken'], Output: '{% $states.errorOutput.Error %}', Next: 'End' }],
          Next: 'End',
        },
        End: { Type: 'Succeed' },
      }),
      {
        ask: (payload) => {
          token = (payload as { readonly token: string }).token;
          return returned(null);
        },
        fail: async () => {
          await expect.poll(() => token).not.toBe('');
          return threw('Broken');
        },
      },
    );

    const arn = await run(engine);

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: 'Broken' });
    expect(engine.nextTimer()).toBeUndefined();
    await expect(engine.sendTaskSuccess(token, {})).rejects.toMatchObject({ name: 'TaskTimedOut' });
    expect(engine.history(arn).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['TaskStateAborted', 'WaitStateAborted', 'ParallelStateFailed', 'ParallelStateExited']),
    );
  });

  it('is retried as a whole, and says that it failed after the last attempt only', async () => {
    let calls = 0;
    const ended = await runToEnd(
      machine({
        Both: {
          Type: 'Parallel',
          Branches: [machine({ Call: call('flaky', { End: true }) }), pass('steady')],
          Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
          End: true,
        },
      }),
      {},
      {
        flaky: () => {
          calls += 1;
          return calls < 3 ? threw('Busy') : returned(calls);
        },
      },
    );

    expect(ended.output).toEqual([3, 'steady']);
    expect(ended.events.filter((type) => type === 'TaskStateAborted')).toHaveLength(2);
    expect(ended.events.filter((type) => type === 'ParallelStateStarted')).toHaveLength(3);
    expect(ended.events.filter((type) => type === 'ParallelStateEntered')).toHaveLength(1);
    expect(ended.events).not.toContain('ParallelStateFailed');
  });

  it('within a Parallel fails outwards', async () => {
    const inner = machine({
      Inner: { Type: 'Parallel', Branches: [machine({ Stop: { Type: 'Fail', Error: 'Deep' } })], End: true },
    });

    const ended = await runToEnd(machine({ Outer: { Type: 'Parallel', Branches: [inner, pass(1)], End: true } }));

    expect(ended).toMatchObject({ status: 'FAILED', error: 'Deep' });
    expect(ended.events.filter((type) => type === 'ParallelStateFailed')).toHaveLength(2);
  });

  it('goes on after a restart with what its branches have done', async () => {
    const calls: unknown[] = [];
    const engine = engineFor(
      machine({
        Both: {
          Type: 'Parallel',
          Branches: [
            machine({ Quick: call('quick', { End: true }) }),
            machine({ Rest: { Type: 'Wait', Seconds: 60, Output: 'rested', End: true } }),
          ],
          End: true,
        },
      }),
      {
        quick: () => {
          calls.push('quick');
          return returned('done');
        },
      },
    );
    const arn = await run(engine);

    await engine.restart();
    await engine.advanceBy(60_000);

    expect(engine.describe(arn).output).toEqual(['done', 'rested']);
    expect(calls).toEqual(['quick']);
  });
});

describe('a Map', () => {
  const mapOf = (item: object, more: object = {}) =>
    machine({ Each: { Type: 'Map', ItemProcessor: machine({ Item: { End: true, ...item } }), End: true, ...more } });

  it('runs its processor for each item of the input, with the item as input', async () => {
    const { output } = await runToEnd(mapOf({ Type: 'Pass', Output: '{% $states.input * 10 %}' }), [1, 2, 3]);

    expect(output).toEqual([10, 20, 30]);
  });

  it('takes its items from an expression and shapes each with its number and value', async () => {
    const { output } = await runToEnd(
      mapOf(
        { Type: 'Pass' },
        {
          Items: '{% $states.input.lines %}',
          ItemSelector: {
            position: '{% $states.context.Map.Item.Index + 1 %}',
            line: '{% $states.context.Map.Item.Value %}',
            order: '{% $states.input.order %}',
          },
        },
      ),
      { order: 'PO-1', lines: ['a', 'b'] },
    );

    expect(output).toEqual([
      { position: 1, line: 'a', order: 'PO-1' },
      { position: 2, line: 'b', order: 'PO-1' },
    ]);
  });

  it('tells every state of an iteration which item it is', async () => {
    const { output } = await runToEnd(
      machine({
        Each: {
          Type: 'Map',
          ItemProcessor: machine({
            First: { Type: 'Pass', Output: 'passed on', Next: 'Second' },
            Second: { Type: 'Pass', Output: '{% $states.context.Map.Item %}', End: true },
          }),
          End: true,
        },
      }),
      ['a', 'b'],
    );

    expect(output).toEqual([
      { Index: 0, Value: 'a' },
      { Index: 1, Value: 'b' },
    ]);
  });

  it('of no items succeeds with an empty list', async () => {
    const ended = await runToEnd(mapOf({ Type: 'Pass' }), []);

    expect(ended).toMatchObject({ status: 'SUCCEEDED', output: [] });
  });

  it('of something else than a list fails with the reason', async () => {
    const ended = await runToEnd(mapOf({ Type: 'Pass' }), { a: 1 });

    expect(ended.error).toBe('States.QueryEvaluationError');
    expect(ended.cause).toMatch(/Map state input must be an array but was: \{"a":1\}$/);
  });

  const failing = { odd: (item: unknown) => (Number(item) % 2 === 1 ? threw('Odd') : returned(item)) };

  it('fails with the first iteration that fails', async () => {
    const ended = await runToEnd(mapOf(call('odd') as object), [2, 3, 4], failing);

    expect(ended).toMatchObject({ status: 'FAILED', error: 'Odd' });
    expect(ended.events).toEqual(expect.arrayContaining(['MapIterationFailed', 'MapStateFailed']));
  });

  it('is retried as a whole and caught like a task', async () => {
    let calls = 0;
    const engine = engineFor(
      machine({
        Each: {
          Type: 'Map',
          ItemProcessor: machine({ Item: call('never', { End: true }) }),
          Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['Busy'], Assign: { why: '{% $states.errorOutput.Error %}' }, Next: 'Tell' }],
          End: true,
        },
        Tell: { Type: 'Pass', Output: '{% $why %}', End: true },
      }),
      {
        never: () => {
          calls += 1;
          return threw('Busy');
        },
      },
    );
    const arn = await engine.start(MACHINE, [1]);
    await engine.settle();
    await engine.advanceBy(1_000);

    expect(engine.describe(arn).output).toBe('Busy');
    expect(calls).toBe(2);
    expect(engine.history(arn).filter(({ type }) => type === 'MapStateStarted')).toHaveLength(2);
  });
});

describe('the history of a failure', () => {
  const within = (state: object) => machine({ In: { End: true, ...state } });
  const stop = machine({ In: { Type: 'Fail', Error: 'Stopped' } });

  it.each([
    ['a Fail state in a branch', { Type: 'Parallel', Branches: [stop] }, ['FailStateEntered', 'ParallelStateFailed']],
    [
      'a task in a branch',
      { Type: 'Parallel', Branches: [within(call('fail'))] },
      ['TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskFailed', 'TaskStateAborted', 'ParallelStateFailed'],
    ],
    [
      'a Fail state in an iteration',
      { Type: 'Map', Items: [1], ItemProcessor: stop },
      ['MapIterationStarted', 'FailStateEntered', 'MapIterationFailed', 'MapStateFailed'],
    ],
    [
      'an expression in an iteration',
      { Type: 'Map', Items: [1], ItemProcessor: within({ Type: 'Pass', Output: '{% $no %}' }) },
      ['MapIterationStarted', 'PassStateEntered', 'EvaluationFailed', 'MapIterationFailed', 'MapStateFailed'],
    ],
    [
      'a Map in a branch beside one that rests',
      {
        Type: 'Parallel',
        Branches: [
          machine({ Rests: { Type: 'Map', Items: [1], ItemProcessor: machine({ Rest: REST }), End: true } }),
          within(call('fail')),
        ],
      },
      [
        'MapStateEntered',
        'MapStateStarted',
        'MapIterationStarted',
        'TaskStateEntered',
        'TaskScheduled',
        'TaskStarted',
        'WaitStateEntered',
        'TaskFailed',
        'TaskStateAborted',
        'WaitStateAborted',
        'MapIterationAborted',
        'MapStateAborted',
        'ParallelStateFailed',
      ],
    ],
  ])('of %s tells all that was given up', async (_what, state, between) => {
    const { events } = await runToEnd(machine({ Outer: { End: true, ...state } }), {}, { fail: () => threw('Broken') });

    expect(events.slice(3, -1)).toEqual(between);
  });
});

describe('a Map with numbers that cannot be', () => {
  it.each([
    ['MaxConcurrency', -1],
    ['MaxConcurrency', 1.5],
    ['ToleratedFailureCount', -1],
    ['ToleratedFailurePercentage', 101],
  ])('fails for %s %d', async (field, value) => {
    const { status, error, cause } = await runToEnd(
      machine({
        Each: {
          Type: 'Map',
          [field]: `{% $number('${value}') %}`,
          ItemProcessor: machine({ Item: { Type: 'Pass', End: true } }),
          End: true,
        },
      }),
      [1],
    );

    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(cause).toContain(`The ${field} field must be`);
  });
});
