import { describe, expect, it } from 'vitest';
import { call, engineFor, machine, mendable, run } from './support.ts';

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
    const { calls, broken, f } = mendable();
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
    const { broken, f } = mendable();
    broken.add('1');
    const engine = engineFor(mapOf(), { f });
    await run(engine, [1]);
    const item = engine.executions()[1]?.arn ?? '';

    await expect(engine.redrive(item)).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
  });

  it('fails again when what it redrives fails again', async () => {
    const { calls, broken, f } = mendable();
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
      { f: mendable().f },
    );
    const arn = await run(engine, [0, 1]);
    expect(engine.describe(arn).status).toBe('FAILED');

    await engine.redrive(arn);
    await engine.settle();

    expect(engine.executions().map(({ status }) => status)).not.toContain('RUNNING');
  });
});
