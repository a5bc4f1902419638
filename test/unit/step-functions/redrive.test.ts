import { describe, expect, it } from 'vitest';
import { call, endless, engineFor, MACHINE, machine, returned, run, threw } from './support.ts';

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
