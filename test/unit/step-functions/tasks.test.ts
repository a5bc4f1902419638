import { describe, expect, it } from 'vitest';
import type { VirtualEngine } from '../../../local/step-functions/index.ts';
import { ask, call, engineFor, MACHINE, machine, returned, run, runToEnd, threw } from './support.ts';

/** An engine whose function `ask` keeps the tokens that it is given. */
function asking(definition: object): { readonly engine: VirtualEngine; readonly tokens: string[] } {
  const tokens: string[] = [];
  const engine = engineFor(definition, {
    ask: (payload) => {
      tokens.push((payload as { readonly token: string }).token);
      return returned(null);
    },
  });
  return { engine, tokens };
}

const at = (tokens: readonly string[], index: number): string => tokens[index] ?? '';
const typesOf = (engine: VirtualEngine, arn: string) => engine.history(arn).map(({ type }) => type);

describe('the role of a task', () => {
  it('is what its expression gives, and stands with the scheduled task', async () => {
    const Credentials = { RoleArn: '{% $states.input.role %}' };
    const definition = machine({ Call: call('f', { Credentials, End: true }) });

    const { history } = await runToEnd(definition, { role: 'arn:aws:iam::111111111111:role/other' });
    expect(history.find(({ type }) => type === 'TaskScheduled')?.details).toMatchObject({
      taskCredentials: { roleArn: 'arn:aws:iam::111111111111:role/other' },
    });

    const { error, cause } = await runToEnd(definition, {});
    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain("specified for the field 'Credentials/RoleArn' returned nothing (undefined).");
  });
});

describe('a task token', () => {
  it('may be answered before the function that was given it returns', async () => {
    const engine: VirtualEngine = engineFor(machine({ Ask: ask({ End: true }) }), {
      ask: async (payload) => {
        await engine.sendTaskSuccess((payload as { readonly token: string }).token, 'quick');
        return returned('slow');
      },
    });

    const arn = await run(engine);

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: 'quick' });
    expect(typesOf(engine, arn).filter((type) => type === 'TaskSucceeded')).toHaveLength(1);
  });

  it('is dead when the function that was given it throws', async () => {
    let token = '';
    const engine = engineFor(machine({ Ask: ask({ End: true }) }), {
      ask: (payload) => {
        token = (payload as { readonly token: string }).token;
        return threw('Refused');
      },
    });

    const arn = await run(engine);

    expect(engine.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Refused' });
    await expect(engine.sendTaskSuccess(token, {})).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('takes one of several answers that arrive together', async () => {
    const { engine, tokens } = asking(machine({ Ask: ask({ End: true }) }));
    const arn = await run(engine);

    const answers = await Promise.allSettled([
      engine.sendTaskSuccess(at(tokens, 0), 'first'),
      engine.sendTaskFailure(at(tokens, 0), { error: 'Second' }),
      engine.sendTaskSuccess(at(tokens, 0), 'third'),
    ]);

    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: 'first' });
  });

  it('that belongs to no execution of this engine is unknown', async () => {
    const { engine: other, tokens } = asking(machine({ Ask: ask({ End: true }) }));
    await run(other);
    const engine = engineFor(machine({ Ask: ask({ End: true }) }));

    await expect(engine.sendTaskSuccess(at(tokens, 0), {})).rejects.toMatchObject({ name: 'TaskDoesNotExist' });
  });

  it('that was stopped with its execution comes too late', async () => {
    const { engine, tokens } = asking(machine({ Ask: ask({ End: true }) }));
    const arn = await run(engine);

    await engine.stop(arn);

    await expect(engine.sendTaskSuccess(at(tokens, 0), {})).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await expect(engine.sendTaskHeartbeat(at(tokens, 0))).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('takes a failure that Retry and Catch see by its name', async () => {
    const { engine, tokens } = asking(
      machine({
        Ask: ask({
          Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1, IntervalSeconds: 10 }],
          Catch: [{ ErrorEquals: ['Refused'], Output: '{% $states.errorOutput %}', Next: 'End' }],
          Next: 'End',
        }),
        End: { Type: 'Succeed' },
      }),
    );
    const arn = await run(engine);

    await engine.sendTaskFailure(at(tokens, 0), { error: 'Busy' });
    await engine.advanceBy(10_000);
    await engine.sendTaskFailure(at(tokens, 1), { error: 'Refused', cause: 'not today' });

    expect(engine.describe(arn).output).toEqual({ Error: 'Refused', Cause: 'not today' });
  });

  it('that fails without a name is caught with nulls', async () => {
    const { engine, tokens } = asking(
      machine({
        Ask: ask({
          Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'End' }],
          Next: 'End',
        }),
        End: { Type: 'Succeed' },
      }),
    );
    const arn = await run(engine);

    await engine.sendTaskFailure(at(tokens, 0));

    expect(engine.describe(arn).output).toEqual({ Error: null, Cause: null });
  });
});

describe('time-outs', () => {
  it('of a task count from its own start at each attempt, also by an expression', async () => {
    const { engine, tokens } = asking(
      machine({
        Ask: ask({
          TimeoutSeconds: '{% $states.input.days * 86400 %}',
          Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 60, MaxAttempts: 1 }],
          End: true,
        }),
      }),
    );
    const arn = await engine.start(MACHINE, { days: 2 });
    await engine.settle();

    await engine.advanceBy(2 * 86_400_000);
    expect(tokens).toHaveLength(1);
    await engine.advanceBy(60_000);
    expect(tokens).toHaveLength(2);
    await engine.advanceBy(2 * 86_400_000 - 1);
    expect(engine.describe(arn).status).toBe('RUNNING');
    await engine.advanceBy(1);

    expect(engine.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(typesOf(engine, arn).filter((type) => type === 'TaskTimedOut')).toHaveLength(2);
  });

  it('that an expression does not give as a number fail the state', async () => {
    const { engine, tokens } = asking(machine({ Ask: ask({ TimeoutSeconds: '{% "soon" %}', End: true }) }));

    const arn = await run(engine);

    expect(tokens).toEqual([]);
    expect(engine.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(engine.describe(arn).cause).toContain("Expected 'number', but was 'string' for value: \"soon\"");
  });
});

describe('a Lambda task', () => {
  it('by the ARN of a function sends the input and gives the bare payload back', async () => {
    const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:direct';
    const engine = engineFor(machine({ Call: { Type: 'Task', Resource: functionArn, End: true } }), {
      [functionArn]: (payload) => returned({ got: payload }),
    });

    const arn = await engine.start(MACHINE, { n: 1 });
    await engine.settle();

    expect(engine.describe(arn).output).toEqual({ got: { n: 1 } });
    expect(typesOf(engine, arn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('has a result with the metadata of the call', async () => {
    const engine = engineFor(machine({ Call: call('f', { Output: '{% $states.result %}', End: true }) }), {
      f: () => returned({ n: 1 }),
    });

    const arn = await run(engine);

    expect(engine.describe(arn).output).toMatchObject({
      ExecutedVersion: '$LATEST',
      Payload: { n: 1 },
      SdkHttpMetadata: { HttpStatusCode: 200 },
      SdkResponseMetadata: { RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      StatusCode: 200,
    });
  });

  it('that could not be called fails by a name that can be retried', async () => {
    const engine = engineFor(machine({ Call: call('f', { End: true }) }), {
      f: () => Promise.reject(new Error('no connection')),
    });

    const arn = await run(engine);

    expect(engine.describe(arn)).toMatchObject({ error: 'Lambda.SdkClientException', cause: 'no connection' });
  });

  it('whose answer was lost with the engine is called again', async () => {
    let calls = 0;
    const engine = engineFor(machine({ Call: call('f', { End: true }) }), {
      f: () => {
        calls += 1;
        return calls === 1 ? new Promise<never>(() => undefined) : returned(calls);
      },
    });
    const arn = await engine.start(MACHINE, {});

    await engine.restart();
    await engine.settle();

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: 2 });
    expect(typesOf(engine, arn).filter((type) => type === 'TaskScheduled')).toHaveLength(1);
  });
});

it.each(['TimeoutSeconds', 'HeartbeatSeconds'])('a task whose %s is not a positive integer fails', async (field) => {
  const { error, cause } = await runToEnd(machine({ Call: call('f', { [field]: '{% 0 %}', End: true }) }));

  expect({ error, cause }).toEqual({
    error: 'States.QueryEvaluationError',
    cause: expect.stringContaining(`The ${field} field must be a positive integer: 0`),
  });
});
