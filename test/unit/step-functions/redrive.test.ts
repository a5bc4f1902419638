import { describe, expect, it } from 'vitest';
import { call, endless, engineFor, type Fn, MACHINE, machine, returned, run, threw } from './support.ts';

describe('redrive', () => {
  it('goes on at the state that failed, with what was there before', async () => {
    let mended = false;
    const calls: unknown[] = [];
    const engine = engineFor(
      machine({
        First: call('first', { Assign: { kept: '{% $states.result.Payload %}' }, Next: 'Second' }),
        Second: call('second', {
          Arguments: { FunctionName: 'second', Payload: '{% [$states.input, $kept] %}' },
          End: true,
        }),
      }),
      {
        first: () => {
          calls.push('first');
          return returned('one');
        },
        second: (payload) => {
          calls.push(payload);
          return mended ? returned('two') : threw('Broken');
        },
      },
    );
    const arn = await run(engine);
    expect(engine.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Broken' });

    mended = true;
    await engine.advanceBy(60_000);
    await engine.redrive(arn);
    await engine.settle();

    const { status, output, error, startedAt } = engine.describe(arn);
    expect({ status, output, error }).toEqual({ status: 'SUCCEEDED', output: 'two', error: undefined });
    expect(startedAt).toEqual(new Date('2026-01-01T00:00:00Z'));
    expect(calls).toEqual(['first', ['one', 'one'], ['one', 'one']]);
    expect(engine.history(arn).map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskFailed',
      'ExecutionFailed',
      'ExecutionRedriven',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('gives the retries of the state anew, and counts itself in the context', async () => {
    const seen: unknown[] = [];
    const engine = engineFor(
      machine({
        Call: call('f', {
          Arguments: {
            FunctionName: 'f',
            Payload: '{% [$states.context.State.RetryCount, $states.context.Execution.RedriveCount] %}',
          },
          Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }],
          End: true,
        }),
      }),
      {
        f: (payload) => {
          seen.push(payload);
          return threw('Busy');
        },
      },
    );
    const arn = await run(engine);
    await engine.advanceBy(1_000);

    await engine.redrive(arn);
    await engine.advanceBy(1_000);

    expect(seen).toEqual([[0], [1], [0, 1], [1, 1]]);
    expect(engine.describe(arn).status).toBe('FAILED');
  });

  it("starts the machine's time-out anew, also of what was stopped", async () => {
    const engine = engineFor(machine({ Wait: { Type: 'Wait', Seconds: 60, End: true } }, { TimeoutSeconds: 90 }));
    const arn = await run(engine);
    await engine.advanceBy(50_000);
    await engine.stop(arn, { error: 'Enough' });

    await engine.redrive(arn);
    await engine.advanceBy(59_999);
    expect(engine.describe(arn).status).toBe('RUNNING');
    await engine.advanceBy(1);

    expect(engine.describe(arn).status).toBe('SUCCEEDED');
  });

  it('outlives a restart', async () => {
    const engine = engineFor(machine({ Wait: { Type: 'Wait', Seconds: 60, End: true } }));
    const arn = await run(engine);
    await engine.stop(arn);
    await engine.redrive(arn);

    await engine.restart();
    await engine.advanceBy(60_000);

    expect(engine.describe(arn).status).toBe('SUCCEEDED');
  });

  it('is refused while an execution runs, when it succeeded, and after 14 days', async () => {
    const engine = engineFor(machine({ Wait: { Type: 'Wait', Seconds: 60, End: true } }));
    const running = await run(engine);
    await expect(engine.redrive(running)).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
      message: 'Execution is RUNNING and cannot be redriven',
    });
    const stopped = await engine.start(MACHINE, {});
    await engine.stop(stopped);
    await engine.advanceBy(60_000);
    await expect(engine.redrive(running)).rejects.toMatchObject({
      message: 'Execution is SUCCEEDED and cannot be redriven',
    });

    await engine.advanceBy(14 * 86_400_000);

    await expect(engine.redrive(stopped)).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
    expect(engine.describe(stopped).status).toBe('ABORTED');
  });

  it('does not take up what ended because its history was full', async () => {
    const engine = engineFor(machine(endless({ Type: 'Pass' })));
    const arn = await run(engine);

    await expect(engine.redrive(arn)).rejects.toMatchObject({ message: 'Execution has too many history events' });
  });
});

/** Functions that note their calls; `broken` ones throw until they are mended. */
function world() {
  const calls: string[] = [];
  const broken = new Set<string>();
  const f: Fn = (payload) => {
    const text = String(payload);
    calls.push(text);
    return broken.has(text) ? threw('Broken') : returned(`${text} done`);
  };
  return { calls, broken, f };
}

const tell = (what: string, more: object) =>
  call('f', { Arguments: { FunctionName: 'f', Payload: what }, Assign: { told: what }, ...more });

describe('redrive of a Parallel or an inline Map', () => {
  it('runs only the branches that did not succeed, each from the state that it was in', async () => {
    const { calls, broken, f } = world();
    broken.add('b2');
    const engine = engineFor(
      machine({
        Both: {
          Type: 'Parallel',
          Branches: [
            machine({ A: tell('a', { End: true }) }),
            machine({
              B1: tell('b1', { Next: 'B2' }),
              B2: tell('b2', { Output: '{% $told & " then " & $states.result.Payload %}', End: true }),
            }),
            machine({ C1: tell('c1', { Next: 'C2' }), C2: { Type: 'Wait', Seconds: 60, End: true } }),
          ],
          End: true,
        },
      }),
      { f },
    );
    const arn = await run(engine);
    expect(engine.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Broken' });

    broken.clear();
    await engine.redrive(arn);
    await engine.advanceBy(60_000);

    expect(engine.describe(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: ['a done', 'b1 then b2 done', 'c1 done'],
    });
    expect(calls.toSorted()).toEqual(['a', 'b1', 'b2', 'b2', 'c1']);
    const types = engine.history(arn).map(({ type }) => type);
    expect(types.filter((type) => type === 'ParallelStateStarted')).toHaveLength(1);
  });

  it('runs only the iterations that failed, and those that had not begun', async () => {
    const { calls, broken, f } = world();
    broken.add('2');
    const engine = engineFor(
      machine({
        Each: {
          Type: 'Map',
          MaxConcurrency: 1,
          ItemProcessor: machine({ Item: call('f', { End: true }) }),
          End: true,
        },
      }),
      { f },
    );
    const arn = await run(engine, [1, 2, 3]);

    broken.clear();
    await engine.redrive(arn);
    await engine.settle();

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: ['1 done', '2 done', '3 done'] });
    expect(calls).toEqual(['1', '2', '2', '3']);
  });

  it('reaches through a Parallel within a Map, also of what was stopped, and again after another failure', async () => {
    const { calls, broken, f } = world();
    broken.add('2-x');
    const engine = engineFor(
      machine({
        Each: {
          Type: 'Map',
          ItemProcessor: machine({
            Inner: {
              Type: 'Parallel',
              Branches: ['x', 'y'].map((name) =>
                machine({
                  [name]: call('f', {
                    Arguments: { FunctionName: 'f', Payload: `{% $states.input & "-${name}" %}` },
                    Next: `Wait ${name}`,
                  }),
                  [`Wait ${name}`]: { Type: 'Wait', Seconds: name === 'x' ? 0 : 60, End: true },
                }),
              ),
              End: true,
            },
          }),
          End: true,
        },
      }),
      { f },
    );
    const arn = await run(engine, [1, 2]);
    await engine.redrive(arn);
    await engine.settle();
    expect(engine.describe(arn).status).toBe('FAILED');

    broken.clear();
    await engine.redrive(arn);
    await engine.advanceBy(30_000);
    await engine.stop(arn);
    await engine.redrive(arn);
    await engine.restart();
    await engine.advanceBy(60_000);

    expect(engine.describe(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: [
        ['1-x done', '1-y done'],
        ['2-x done', '2-y done'],
      ],
    });
    // The calls of 2-y had not been answered when 2-x failed.
    expect(calls.toSorted()).toEqual(['1-x', '1-y', '2-x', '2-x', '2-x', '2-y', '2-y', '2-y']);
  });

  it('has nothing to do with a retry, which runs all branches again', async () => {
    const { calls, broken, f } = world();
    broken.add('b');
    const engine = engineFor(
      machine({
        Both: {
          Type: 'Parallel',
          Branches: [machine({ A: tell('a', { End: true }) }), machine({ B: tell('b', { End: true }) })],
          Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }],
          End: true,
        },
      }),
      { f },
    );
    const arn = await run(engine);
    await engine.advanceBy(1_000);
    expect(calls).toEqual(['a', 'b', 'a', 'b']);

    await engine.redrive(arn);
    await engine.settle();

    expect(calls).toEqual(['a', 'b', 'a', 'b', 'b']);
  });
});

describe('redrive of a distributed Map', () => {
  const mapOf = (more: object = {}) =>
    machine({
      Each: {
        Type: 'Map',
        ItemProcessor: {
          ...machine({ Item: call('f', { Next: 'Rest' }), Rest: { Type: 'Wait', Seconds: 10, End: true } }),
          ProcessorConfig: { Mode: 'DISTRIBUTED' },
        },
        End: true,
        ...more,
      },
    });

  it('redrives the child executions that failed or were stopped, and starts the others', async () => {
    const { calls, broken, f } = world();
    broken.add('2');
    const engine = engineFor(mapOf({ MaxConcurrency: 2 }), { f });
    const arn = await run(engine, [1, 2, 3]);
    await engine.advanceBy(10_000);
    expect(engine.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });

    broken.clear();
    await engine.redrive(arn);
    await engine.restart();
    await engine.advanceBy(20_000);

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: ['1 done', '2 done', '3 done'] });
    expect(calls.toSorted()).toEqual(['1', '2', '2', '3']);
    expect(engine.executions()).toHaveLength(4);
    const types = engine.history(arn).map(({ type }) => type);
    expect(types.slice(types.indexOf('ExecutionRedriven'))).toEqual([
      'ExecutionRedriven',
      'MapRunRedriven',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('cannot be had for one child execution alone', async () => {
    const { broken, f } = world();
    broken.add('1');
    const engine = engineFor(mapOf(), { f });
    await run(engine, [1]);
    const item = engine.executions()[1]?.arn ?? '';

    await expect(engine.redrive(item)).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
  });

  it('fails again when what it redrives fails again', async () => {
    const { calls, broken, f } = world();
    broken.add('1');
    const engine = engineFor(mapOf(), { f });
    const arn = await run(engine, [1]);

    await engine.redrive(arn);
    await engine.settle();

    expect(engine.describe(arn).status).toBe('FAILED');
    expect(calls).toEqual(['1', '1']);
  });

  it('leaves no child execution running when another branch fails in the same step', async () => {
    const engine = engineFor(
      machine({
        Both: {
          Type: 'Parallel',
          Branches: [
            mapOf(),
            machine({
              Bad: { Type: 'Wait', Seconds: '{% $states.input[0] %}', Next: 'Worse' },
              Worse: { Type: 'Pass', Output: '{% $missing %}', End: true },
            }),
          ],
          End: true,
        },
      }),
      { f: world().f },
    );
    const arn = await run(engine, [0, 1]);
    expect(engine.describe(arn).status).toBe('FAILED');

    await engine.redrive(arn);
    await engine.settle();

    expect(engine.executions().map(({ status }) => status)).not.toContain('RUNNING');
  });
});
