import { describe, expect, it } from 'vitest';
import { createVirtualEngine, type LambdaOutcome } from '../../../local/step-functions/index.ts';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:parent';
const CHILD = 'arn:aws:states:us-east-1:000000000000:stateMachine:child';
const INVOKE = 'arn:aws:states:::lambda:invoke';

const types = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

function machine(states: object, startAt: string, more: object = {}) {
  return { QueryLanguage: 'JSONata', StartAt: startAt, States: states, ...more };
}

describe('a Lambda task', () => {
  const definition = machine(
    {
      Call: {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: { FunctionName: 'f', Payload: { n: '{% $states.input.n %}' } },
        Assign: { kept: '{% $states.result.Payload.answer %}' },
        Output: '{% $states.result.Payload %}',
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 2, MaxDelaySeconds: 5 }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Tell', Output: '{% $states.errorOutput %}' }],
        Next: 'Tell',
      },
      Tell: { Type: 'Pass', Output: { seen: '{% $states.input %}' }, End: true },
    },
    'Call',
  );

  it('gives the payload and takes the result in AWS shape', async () => {
    const calls: unknown[] = [];
    const engine = createVirtualEngine({
      machines: { [MACHINE]: definition },
      invokeLambda: async (arn, payload) => {
        calls.push([arn, payload]);
        return { kind: 'returned', payload: { answer: 42 } };
      },
    });

    const arn = await engine.start(MACHINE, { n: 1 });
    await engine.settle();

    expect(calls).toEqual([['f', { n: 1 }]]);
    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: { seen: { answer: 42 } } });
    expect(types(engine.history(arn))).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('is retried after the back-off up to the maximum delay, then caught', async () => {
    const startedAt: number[] = [];
    const engine = createVirtualEngine({
      machines: { [MACHINE]: definition },
      invokeLambda: async (): Promise<LambdaOutcome> => {
        startedAt.push(engine.now().getTime());
        return { kind: 'threw', errorType: 'Busy', errorMessage: 'later', trace: [] };
      },
    });

    const arn = await engine.start(MACHINE, { n: 1 });
    await engine.settle();
    await engine.advanceBy(60_000);

    const first = startedAt[0] ?? 0;
    expect(startedAt.map((at) => at - first)).toEqual([0, 2_000, 7_000]);
    expect(engine.describe(arn).output).toEqual({
      seen: { Error: 'Busy', Cause: JSON.stringify({ errorType: 'Busy', errorMessage: 'later', trace: [] }) },
    });
    expect(engine.transitions().map(({ from, by, to }) => [from, by, to])).toEqual([
      ['Call', 'retry 0', 'Call'],
      ['Call', 'retry 0', 'Call'],
      ['Call', 'catch 0', 'Tell'],
      ['Tell', 'end', undefined],
    ]);
  });
});

describe('a task token', () => {
  const waiting = machine(
    {
      Wait: {
        Type: 'Task',
        Resource: `${INVOKE}.waitForTaskToken`,
        Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } },
        TimeoutSeconds: 86_400,
        Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }],
        End: true,
      },
    },
    'Wait',
  );
  const engineWith = (tokens: string[]) =>
    createVirtualEngine({
      machines: { [MACHINE]: waiting },
      invokeLambda: async (_arn, payload) => {
        tokens.push((payload as { token: string }).token);
        return { kind: 'returned', payload: null };
      },
    });

  it('is new at each attempt, and dead after its time-out and after its use', async () => {
    const tokens: string[] = [];
    const engine = engineWith(tokens);

    const arn = await engine.start(MACHINE, {});
    await engine.settle();
    await engine.advanceBy(86_401_000);
    const [first = '', second = ''] = tokens;

    expect(tokens).toHaveLength(2);
    expect(first).not.toBe(second);
    await expect(engine.sendTaskSuccess(first, {})).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await expect(engine.sendTaskSuccess('nonsense', {})).rejects.toMatchObject({ name: 'InvalidToken' });
    await engine.sendTaskSuccess(second, { ok: true });
    await expect(engine.sendTaskSuccess(second, {})).rejects.toMatchObject({ name: 'TaskTimedOut' });
    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: { ok: true } });
  });

  it('outlives a restart of the engine', async () => {
    const tokens: string[] = [];
    const engine = engineWith(tokens);
    const arn = await engine.start(MACHINE, {});
    await engine.settle();

    await engine.restart();
    await engine.settle();
    await engine.sendTaskSuccess(tokens[0] ?? '', 7);

    expect(tokens).toHaveLength(1);
    expect(engine.describe(arn).output).toBe(7);
  });
});

describe('an engine that is killed while a call is on its way', () => {
  const called = machine(
    { Call: { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f' }, End: true } },
    'Call',
  );

  it('comes to rest, makes the call again, and takes the answer of the second', async () => {
    let calls = 0;
    const engine = createVirtualEngine({
      machines: { [MACHINE]: called },
      invokeLambda: async () => {
        calls += 1;
        const call = calls;
        // When whoever started the execution has its answer.
        await new Promise(setImmediate);
        if (call === 1) await engine.restart();
        return { kind: 'returned', payload: call };
      },
    });

    const arn = await engine.start(MACHINE, {});
    await engine.settle();

    expect(calls).toBe(2);
    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: { Payload: 2 } });
  });

  it('leaves whoever asked it something without an answer', async () => {
    const engine = createVirtualEngine({
      machines: { [MACHINE]: called },
      invokeLambda: async () => ({ kind: 'returned', payload: null }),
    });

    const started = engine.start(MACHINE, {}, { name: 'one' });
    await engine.restart();

    await expect(started).rejects.toThrow('killed');
    await engine.settle();
    expect(engine.executions()).toEqual([]);
  });
});

describe('a nested execution', () => {
  it('gives its output as a value to the task that waits for it', async () => {
    const engine = createVirtualEngine({
      machines: {
        [MACHINE]: machine(
          {
            Run: {
              Type: 'Task',
              Resource: 'arn:aws:states:::states:startExecution.sync:2',
              Arguments: { StateMachineArn: CHILD, Input: { x: 1 } },
              Output: '{% $states.result.Output %}',
              End: true,
            },
          },
          'Run',
        ),
        [CHILD]: machine({ Stay: { Type: 'Wait', Seconds: 60, Next: 'Done' }, Done: { Type: 'Succeed' } }, 'Stay'),
      },
      invokeLambda: async () => ({ kind: 'timed-out' }),
    });

    const arn = await engine.start(MACHINE, {});
    await engine.settle();
    expect(engine.executions().map(({ status }) => status)).toEqual(['RUNNING', 'RUNNING']);
    await engine.advanceBy(60_000);

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: { x: 1 } });
    expect(types(engine.history(arn))).toContain('TaskSubmitted');
  });
});
