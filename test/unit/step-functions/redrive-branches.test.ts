import { describe, expect, it } from 'vitest';
import { call, engineFor, machine, mendable, run } from './support.ts';

const tell = (what: string, more: object) =>
  call('f', { Arguments: { FunctionName: 'f', Payload: what }, Assign: { told: what }, ...more });

describe('redrive of a Parallel or an inline Map', () => {
  it('runs only the branches that did not succeed, each from the state that it was in', async () => {
    const { calls, broken, f } = mendable();
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
    const { calls, broken, f } = mendable();
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
    const { calls, broken, f } = mendable();
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
    const { calls, broken, f } = mendable();
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
