import { describe, expect, it } from 'vitest';
import { createVirtualEngine } from '../../../local/step-functions/index.ts';
import { ask, CHILD, engineFor, type Fn, MACHINE, machine, returned } from './support.ts';

const START = 'arn:aws:states:::states:startExecution';

const run = (pattern: string, more: object = {}, args: object = {}) =>
  machine({
    Run: {
      Type: 'Task',
      Resource: `${START}${pattern}`,
      Arguments: { StateMachineArn: CHILD, Input: '{% $states.input %}', ...args },
      End: true,
      ...more,
    },
  });

const waitingChild = machine({ Rest: { Type: 'Wait', Seconds: 60, End: true } });

async function started(parent: object, child: object, functions: { readonly [name: string]: Fn } = {}) {
  const engine = engineFor({ [MACHINE]: parent, [CHILD]: child }, functions);
  const arn = await engine.start(MACHINE, { n: 1 });
  await engine.settle();
  const childArn = () => engine.executions().find(({ machineArn }) => machineArn === CHILD)?.arn ?? '';
  return { engine, arn, childArn };
}

describe('a nested execution', () => {
  it('whose start fails is started again by a Retry that names the error', async () => {
    const starts: string[] = [];
    const retry = { Retry: [{ ErrorEquals: ['StepFunctions.ThrottlingException'], IntervalSeconds: 1 }] };
    const engine = createVirtualEngine({
      machines: { [MACHINE]: run('.sync:2', retry), [CHILD]: waitingChild },
      invokeLambda: async () => returned(null),
      failStart: (arn) => (starts.push(arn) === 1 ? 'StepFunctions.ThrottlingException' : undefined),
    });
    const arn = await engine.start(MACHINE, { n: 1 });
    await engine.settle();
    expect(engine.executions()).toHaveLength(1);

    await engine.advanceBy(61_000);

    expect(engine.describe(arn).status).toBe('SUCCEEDED');
    expect(starts).toEqual([CHILD, CHILD]);
  });

  it('that nobody waits for goes on by itself', async () => {
    const { engine, arn, childArn } = await started(run(''), waitingChild);

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: { ExecutionArn: childArn() } });
    expect(engine.describe(childArn()).status).toBe('RUNNING');
    await engine.restart();
    await engine.advanceBy(60_000);
    expect(engine.describe(childArn())).toMatchObject({ status: 'SUCCEEDED', output: { n: 1 } });
  });

  it.each([
    ['.sync:2', { n: 1 }],
    ['.sync', '{"n":1}'],
  ])('gives its output to %s in its form', async (pattern, output) => {
    const { engine, arn, childArn } = await started(run(pattern), waitingChild);
    await engine.advanceBy(60_000);

    expect(engine.describe(arn).output).toMatchObject({
      ExecutionArn: childArn(),
      StateMachineArn: CHILD,
      Status: 'SUCCEEDED',
      Output: output,
    });
  });

  it('may be given a token, and answers for its parent by it', async () => {
    const args = { Input: { token: '{% $states.context.Task.Token %}' } };
    const { engine, arn, childArn } = await started(run('.waitForTaskToken', {}, args), waitingChild);
    const { token } = engine.describe(childArn()).input as { readonly token: string };

    await engine.sendTaskSuccess(token, 'answered');

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: 'answered' });
    expect(engine.describe(childArn()).status).toBe('RUNNING');
  });

  it('that fails is a failed task whose cause tells of it', async () => {
    const { engine, arn } = await started(
      run('.sync:2'),
      machine({ Stop: { Type: 'Fail', Error: 'Deep', Cause: 'c' } }),
    );

    const { status, error, cause = '' } = engine.describe(arn);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(cause)).toMatchObject({ Status: 'FAILED', Error: 'Deep', Cause: 'c', Input: '{"n":1}' });
  });

  it('within one that is nested hands its result through both', async () => {
    const grandchild = CHILD.replace('child', 'grandchild');
    const inner = run('.sync:2', { Output: '{% $states.result.Output %}' }, { StateMachineArn: grandchild });
    const engine = engineFor({
      [MACHINE]: run('.sync:2', { Output: '{% $states.result.Output %}' }),
      [CHILD]: inner,
      [grandchild]: machine({ Rest: { Type: 'Wait', Seconds: 5, Output: 'deep', End: true } }),
    });
    const arn = await engine.start(MACHINE, {});
    await engine.settle();

    await engine.restart();
    await engine.advanceBy(5_000);

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: 'deep' });
    expect(engine.executions()).toHaveLength(3);
  });

  it('is stopped when the task that waits for it runs out of time', async () => {
    const { engine, arn, childArn } = await started(run('.sync:2', { TimeoutSeconds: 10 }), waitingChild);

    await engine.advanceBy(10_000);

    expect(engine.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(engine.describe(childArn()).status).toBe('ABORTED');
  });

  it('is stopped with the execution that waits for it', async () => {
    const { engine, arn, childArn } = await started(run('.sync:2'), waitingChild);

    await engine.stop(arn);
    await engine.settle();

    expect(engine.describe(childArn()).status).toBe('ABORTED');
  });

  it('is stopped with the branch that waits for it', async () => {
    let fail = (): void => undefined;
    const parent = machine({
      Both: {
        Type: 'Parallel',
        Branches: [run('.sync:2'), machine({ Ask: ask({ End: true }) })],
        End: true,
      },
    });
    const engine = engineFor(
      { [MACHINE]: parent, [CHILD]: waitingChild },
      {
        ask: (payload) => {
          const { token } = payload as { readonly token: string };
          fail = () => void engine.sendTaskFailure(token, { error: 'Refused' });
          return returned(null);
        },
      },
    );
    const arn = await engine.start(MACHINE, {});
    await engine.settle();

    fail();
    await engine.settle();

    expect(engine.executions().map(({ status }) => status)).toEqual(['FAILED', 'ABORTED']);
    expect(engine.describe(arn).error).toBe('Refused');
  });

  it('under a name that another execution has is a failed task', async () => {
    const { engine, arn } = await started(run('.sync:2', {}, { Name: 'mine' }), waitingChild);
    const second = await engine.start(MACHINE, { n: 2 });
    await engine.settle();

    expect(engine.describe(second)).toMatchObject({
      status: 'FAILED',
      error: 'StepFunctions.ExecutionAlreadyExistsException',
    });
    await engine.advanceBy(60_000);
    expect(engine.describe(arn).status).toBe('SUCCEEDED');
  });

  it('of a machine that is not there is a failed task', async () => {
    const engine = engineFor(run('.sync:2'));

    const arn = await engine.start(MACHINE, {});
    await engine.settle();

    expect(engine.describe(arn).error).toBe('StepFunctions.StateMachineDoesNotExistException');
  });

  it('ends once after a restart, and is started once', async () => {
    const { engine, arn } = await started(run('.sync:2'), waitingChild);

    await engine.restart();
    await engine.restart();
    await engine.settle();
    await engine.advanceBy(60_000);

    expect(engine.executions()).toHaveLength(2);
    expect(engine.describe(arn).status).toBe('SUCCEEDED');
    expect(engine.history(arn).filter(({ type }) => type === 'TaskSucceeded')).toHaveLength(1);
  });

  it('that was to be stopped when the engine died is stopped at its next start', async () => {
    const { engine, arn, childArn } = await started(run('.sync:2'), waitingChild);

    await engine.stop(arn);
    await engine.restart();
    expect(engine.describe(childArn()).status).toBe('RUNNING');
    await engine.settle();

    expect(engine.describe(childArn()).status).toBe('ABORTED');
  });
});
