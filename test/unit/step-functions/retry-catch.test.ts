import { describe, expect, it } from 'vitest';
import { attempts, call, engineFor, type Fn, MACHINE, machine, returned, runToEnd, threw } from './support.ts';

describe('Retry', () => {
  it('counts attempts for each retrier by itself', async () => {
    const retry = [
      { ErrorEquals: ['A'], MaxAttempts: 2, IntervalSeconds: 1, BackoffRate: 1 },
      { ErrorEquals: ['B'], MaxAttempts: 1, IntervalSeconds: 10, BackoffRate: 1 },
    ];

    expect(await attempts(retry, (attempt) => ['A', 'B', 'A', 'B'][attempt - 1] ?? 'A')).toEqual([0, 1, 11, 12]);
  });

  it('is decided by the first retrier that matches, also when its attempts are used up', async () => {
    const retry = [{ ErrorEquals: ['A'], MaxAttempts: 1 }, { ErrorEquals: ['States.ALL'] }];

    expect(await attempts(retry, () => 'A')).toEqual([0, 1]);
  });

  it('goes on after a restart of the engine at the moment that was set', async () => {
    let calls = 0;
    const engine = engineFor(
      machine({ Call: call('flaky', { Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 60 }], End: true }) }),
      {
        flaky: () => {
          calls += 1;
          return calls === 1 ? threw('Busy') : returned('done');
        },
      },
    );
    const arn = await engine.start(MACHINE, {});
    await engine.settle();

    await engine.restart();
    await engine.advanceBy(59_999);
    expect(calls).toBe(1);
    await engine.advanceBy(1);

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
  });
});

describe('ErrorEquals', () => {
  const caughtBy = async (names: readonly string[], functions: { readonly [name: string]: Fn }) => {
    const ended = await runToEnd(
      machine({
        Call: call('f', { Catch: [{ ErrorEquals: names, Next: 'Caught' }], End: true }),
        Caught: { Type: 'Pass', Output: 'caught', End: true },
      }),
      {},
      functions,
    );
    return ended.status === 'SUCCEEDED';
  };

  it.each([
    ['its own name', ['Refused'], true],
    ['one of several names', ['Other', 'Refused'], true],
    ['States.ALL', ['States.ALL'], true],
    ['States.TaskFailed', ['States.TaskFailed'], true],
    ['another name', ['Other'], false],
    ['a beginning of its name', ['Ref'], false],
    ['States.Timeout', ['States.Timeout'], false],
    ['a misspelt wildcard', ['State.ALL'], false],
  ])('an error that a function throws and %s', async (_what, names, caught) => {
    expect(await caughtBy(names, { f: () => threw('Refused') })).toBe(caught);
  });

  it('a function that runs out of time is a failed task', async () => {
    const timedOut: Fn = () => ({ kind: 'timed-out' });

    expect(await caughtBy(['States.TaskFailed'], { f: timedOut })).toBe(true);
    expect(await caughtBy(['Sandbox.Timedout'], { f: timedOut })).toBe(true);
    expect(await caughtBy(['States.Timeout'], { f: timedOut })).toBe(false);
  });
});

describe('Catch', () => {
  const definition = (catcher: object) =>
    machine({
      Call: call('f', {
        Assign: { mine: 'state' },
        Catch: [
          { ErrorEquals: ['Other'], Next: 'Never' },
          { ErrorEquals: ['Refused'], Next: 'Tell', ...catcher },
        ],
        Next: 'Never',
      }),
      Never: { Type: 'Fail', Error: 'Never' },
      Tell: { Type: 'Pass', Output: { input: '{% $states.input %}', mine: '{% [$mine] %}' }, End: true },
    });
  const cause = JSON.stringify({ errorType: 'Refused', errorMessage: 'no stock' });
  const functions = { f: () => threw('Refused', 'no stock') };

  it("gives the error on in place of the input, and leaves the state's Assign out", async () => {
    expect((await runToEnd(definition({}), { order: 1 }, functions)).output).toEqual({
      input: { Error: 'Refused', Cause: cause },
      mine: [],
    });
  });

  it('has an Output and an Assign of its own that see the input and the error', async () => {
    const catcher = {
      Assign: { mine: '{% $states.errorOutput.Error %}' },
      Output: { order: '{% $states.input.order %}', why: '{% $parse($states.errorOutput.Cause).errorMessage %}' },
    };

    expect((await runToEnd(definition(catcher), { order: 1 }, functions)).output).toEqual({
      input: { order: 1, why: 'no stock' },
      mine: ['Refused'],
    });
  });

  it('that fails itself ends the execution with its own failure', async () => {
    const ended = await runToEnd(definition({ Output: '{% $states.result %}' }), {}, functions);

    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });

  it('comes after the retries', async () => {
    const ended = await runToEnd(
      machine({
        Call: call('f', {
          Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'End' }],
          End: true,
        }),
        End: { Type: 'Succeed' },
      }),
      {},
      functions,
    );

    expect(ended.events.filter((type) => type === 'TaskFailed')).toHaveLength(3);
    expect(ended.events.filter((type) => type === 'TaskStateEntered')).toHaveLength(1);
    expect(ended.status).toBe('SUCCEEDED');
  });
});
