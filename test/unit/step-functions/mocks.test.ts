import { describe, expect, it } from 'vitest';
import { createVirtualEngine, type Integrations, type TaskMocks } from '../../../local/step-functions/index.ts';
import { ask, call, MACHINE, machine } from './support.ts';

const service = (Resource: string, more: object = {}) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::${Resource}`,
  Arguments: { n: '{% $states.input %}' },
  End: true,
  ...more,
});

async function run(
  definition: object,
  options: { mocks?: TaskMocks; integrations?: Integrations },
  input: unknown = 1,
) {
  const engine = createVirtualEngine({ machines: { [MACHINE]: definition }, ...options });
  const arn = await engine.start(MACHINE, input);
  await engine.settle();
  return { engine, events: () => engine.history(arn).map(({ type }) => type), ...engine.describe(arn) };
}

describe('mocks', () => {
  it('answer tasks by their states, attempt by attempt, whatever they would have called', async () => {
    const definition = machine({
      Invoice: service('apigateway:invoke', { Retry: [{ ErrorEquals: ['Busy'] }], End: undefined, Next: 'Approve' }),
      Approve: ask({ Next: 'Pay' }),
      Pay: service('states:startExecution.sync:2'),
    });

    const { engine, arn } = await run(definition, {
      mocks: {
        Invoice: [{ error: 'Busy', cause: 'later' }, { output: { total: 5 } }],
        Approve: [{ output: 'yes' }],
        Pay: [{ output: { paid: true } }],
      },
    });
    await engine.advanceBy(1_000);

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: { paid: true } });
    expect(engine.history(arn).filter(({ type }) => type === 'TaskSubmitted')).toHaveLength(2);
    expect(engine.executions()).toHaveLength(1);
  });

  it.each([
    [{ error: 'No', at: 'start' }, ['TaskScheduled', 'TaskStartFailed']],
    [{ error: 'No', at: 'submit' }, ['TaskScheduled', 'TaskStarted', 'TaskSubmitFailed']],
    [{ error: 'No' }, ['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskFailed']],
  ] as const)('fail as %j', async (mock, between) => {
    const { error, events } = await run(machine({ Ask: ask({ End: true }) }), { mocks: { Ask: [mock] } });

    expect(error).toBe('No');
    expect(events()).toEqual(['ExecutionStarted', 'TaskStateEntered', ...between, 'ExecutionFailed']);
  });

  it('let a task wait for its time-out', async () => {
    const { engine, arn } = await run(machine({ Call: call('f', { TimeoutSeconds: 9, End: true }) }), {
      mocks: { Call: [{ timeout: true }] },
    });
    expect(engine.describe(arn).status).toBe('RUNNING');
    await engine.advanceBy(9_000);

    expect(engine.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('give an attempt the same answer when its call is repeated after a restart', async () => {
    const engine = createVirtualEngine({
      machines: { [MACHINE]: machine({ Call: call('f', { End: true, Output: '{% $states.result %}' }) }) },
      mocks: { Call: [{ output: 1 }, { output: 2 }] },
    });
    const arn = await engine.start(MACHINE, {});
    await engine.restart();
    await engine.settle();

    expect(engine.describe(arn).output).toBe(1);
  });

  it('that are used up fail the task and say so', async () => {
    const { error, cause } = await run(machine({ Call: call('f', { End: true }) }), { mocks: { Call: [] } });

    expect({ error, cause }).toEqual({
      error: 'States.TaskFailed',
      cause: 'The mocks have no answer left for the state Call',
    });
  });
});

describe('integrations of the virtual engine', () => {
  const definition = machine({ Send: service('sqs:sendMessage') });

  it('answer the calls of services', async () => {
    const calls: unknown[] = [];
    const { status, output, arn } = await run(definition, {
      integrations: async (request) => {
        calls.push(request);
        return { output: { MessageId: 'm' } };
      },
    });

    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: { MessageId: 'm' } });
    expect(calls).toEqual([
      { resource: 'arn:aws:states:::sqs:sendMessage', stateName: 'Send', executionArn: arn, arguments: { n: 1 } },
    ]);
  });

  it.each([
    ['an answer', async () => ({ error: 'SQS.QueueDoesNotExistException', cause: 'gone' })],
    [
      'an exception',
      async () => {
        throw Object.assign(new Error('gone'), { name: 'SQS.QueueDoesNotExistException' });
      },
    ],
  ])('fail by %s', async (_what, integrations) => {
    const { error, cause } = await run(definition, { integrations });

    expect({ error, cause }).toEqual({ error: 'SQS.QueueDoesNotExistException', cause: 'gone' });
  });

  it('are needed for definitions that call services', async () => {
    await expect(run(definition, {})).rejects.toThrow('no integration arn:aws:states:::sqs:sendMessage');
  });
});
