import { describe, expect, it } from 'vitest';
import { call, engineFor, type Fn, MACHINE, machine, returned, threw } from './support.ts';

const CONFIG = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };

const mapOf = (item: object, more: object = {}) =>
  machine({
    Each: {
      Type: 'Map',
      ItemProcessor: { ...machine({ Item: { End: true, ...item } }), ...CONFIG },
      Label: 'Lines',
      End: true,
      ...more,
    },
  });

async function started(definition: object, input: unknown, functions: { readonly [name: string]: Fn } = {}) {
  const engine = engineFor(definition, functions);
  const arn = await engine.start(MACHINE, input);
  await engine.settle();
  const items = () => engine.executions().filter((found) => found.arn !== arn);
  const events = () => engine.history(arn).map(({ type }) => type);
  return { engine, arn, items, events };
}

const odd: Fn = (item) => (Number(item) % 2 === 1 ? threw('Odd') : returned(item));

describe('a distributed Map', () => {
  it('runs each item as an execution of its own', async () => {
    const { engine, arn, items, events } = await started(mapOf(call('double')), [1, 2], {
      double: (item) => returned(Number(item) * 2),
    });

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: [2, 4] });
    expect(events()).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapRunStarted',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
    expect(items()).toMatchObject([
      { machineArn: `${MACHINE}/Lines`, input: 1, output: 2 },
      { machineArn: `${MACHINE}/Lines`, input: 2, output: 4 },
    ]);
    expect(items()[0]?.arn).toMatch(/:execution:main\/Lines:[0-9a-f-]{36}$/);
  });

  it('gives its items nothing but their input', async () => {
    const { engine, arn, items } = await started(
      machine({
        Set: { Type: 'Pass', Assign: { outer: 1 }, Next: 'Each' },
        Each: {
          Type: 'Map',
          Items: ['a'],
          ItemSelector: { item: '{% $states.context.Map.Item.Value %}', outer: '{% $outer %}' },
          ItemProcessor: {
            ...machine({
              Item: {
                Type: 'Pass',
                Output: '{% [$exists($outer), $states.context.Execution.Id, $states.input] %}',
                End: true,
              },
            }),
            ...CONFIG,
          },
          End: true,
        },
      }),
      {},
    );

    expect(engine.describe(arn).output).toEqual([[false, items()[0]?.arn, { item: 'a', outer: 1 }]]);
  });

  it('fails when more items fail than it tolerates, and stops the others', async () => {
    const { engine, arn, items, events } = await started(
      mapOf(
        {},
        {
          ItemProcessor: {
            ...machine({ Item: call('odd', { Next: 'Rest' }), Rest: { Type: 'Wait', Seconds: 60, End: true } }),
            ...CONFIG,
          },
        },
      ),
      [2, 3],
      { odd },
    );

    expect(engine.describe(arn)).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
    });
    expect(items().map(({ status }) => status)).toEqual(['ABORTED', 'FAILED']);
    expect(events()).toEqual(expect.arrayContaining(['MapRunFailed', 'MapStateFailed']));
  });

  it('runs no more items at once than it is allowed', async () => {
    const { engine, arn, items } = await started(
      mapOf({ Type: 'Wait', Seconds: 10 }, { MaxConcurrency: 2 }),
      [1, 2, 3, 4, 5],
    );

    expect(items()).toHaveLength(2);
    await engine.advanceBy(10_000);
    expect(items()).toHaveLength(4);
    await engine.advanceBy(20_000);
    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: [1, 2, 3, 4, 5] });
  });

  it('stops its items with itself', async () => {
    const { engine, arn, items, events } = await started(mapOf({ Type: 'Wait', Seconds: 10 }), [1, 2]);

    await engine.stop(arn);
    await engine.settle();

    expect(items().map(({ status }) => status)).toEqual(['ABORTED', 'ABORTED']);
    expect(events()).toContain('MapRunAborted');
  });

  it('goes on after restarts, with each item run once', async () => {
    const { engine, arn, items } = await started(mapOf({ Type: 'Wait', Seconds: 10 }, { MaxConcurrency: 1 }), [1, 2]);

    await engine.restart();
    await engine.advanceBy(15_000);
    await engine.restart();
    await engine.advanceBy(15_000);

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: [1, 2] });
    expect(items()).toHaveLength(2);
  });

  it('is retried with new executions', async () => {
    const { engine, arn, items } = await started(
      mapOf(call('odd'), { Retry: [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], MaxAttempts: 1 }] }),
      [1],
      { odd },
    );
    await engine.advanceBy(1_000);

    expect(engine.describe(arn).status).toBe('FAILED');
    expect(items()).toHaveLength(2);
  });
});
