import { expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../local/step-functions/engine.ts';
import { type Journal, memoryJournal } from '../../../local/step-functions/journal.ts';
import { runLambdaTask } from '../../../local/step-functions/lambda-task.ts';
import { nestedExecutions } from '../../../local/step-functions/nested.ts';
import { parseDefinition } from '../../../local/step-functions/validate.ts';
import { CHILD, call, type Fn, MACHINE, machine, returned } from './support.ts';

const PARENT = 'arn:aws:states:us-east-1:000000000000:execution:main:one';

function engineOn(
  journal: Journal,
  machines: { readonly [arn: string]: object },
  work: Fn,
  beforeChild: () => Promise<void> = async () => undefined,
): Engine {
  let drawn = 0;
  const machineOf = (machineArn: string) => {
    const definition = machines[machineArn];
    if (definition === undefined) return undefined;
    const machineName = machineArn.split(':').at(-1) ?? '';
    return { machineArn, machineName, roleArn: 'role', definition: parseDefinition(definition) };
  };
  const engine: Engine = createEngine({
    journal,
    now: () => 0,
    seed: () => {
      drawn += 1;
      return `seed ${drawn}`;
    },
    runTask: (command) => runLambdaTask(command, async (_arn, payload) => work(payload), 'request'),
    children: nestedExecutions({
      machine: machineOf,
      start: async (parts) => {
        await beforeChild();
        return engine.start(parts);
      },
    }),
    onDeadline: () => undefined,
  });
  return engine;
}

const partsOf = (definition: object) => ({
  arn: PARENT,
  name: 'one',
  machineArn: MACHINE,
  machineName: 'main',
  roleArn: 'role',
  definition: parseDefinition(definition),
  input: {},
});

const childOf = (journal: Journal) => journal.all().find((arn) => arn !== PARENT) ?? '';

it.each([
  [
    'a nested execution',
    machine({
      Run: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: { StateMachineArn: CHILD },
        Output: '{% $states.result.Output %}',
        End: true,
      },
    }),
    'done',
  ],
  [
    'an item of a distributed Map',
    machine({
      Each: {
        Type: 'Map',
        Items: [1],
        ItemProcessor: {
          ...machine({ Item: call('slow', { End: true }) }),
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        },
        End: true,
      },
    }),
    ['done'],
  ],
])(
  'the end of %s that its parent never heard of is told when the engine starts again',
  async (_what, parent, output) => {
    const machines = { [MACHINE]: parent, [CHILD]: machine({ Call: call('slow', { End: true }) }) };
    const kept = memoryJournal();
    let finish = (): void => undefined;
    let dead = false;
    // The engine dies between the child's last step and the parent's next one.
    const dying: Journal = {
      ...kept,
      commit: (state, events) =>
        dead && state.arn === PARENT ? new Promise<never>(() => undefined) : kept.commit(state, events),
    };
    const first = engineOn(dying, machines, () => new Promise((resolve) => (finish = () => resolve(returned('done')))));
    await first.start({
      arn: PARENT,
      name: 'one',
      machineArn: MACHINE,
      machineName: 'main',
      roleArn: 'role',
      definition: parseDefinition(parent),
      input: {},
    });
    await expect.poll(() => kept.history(childOf(kept)).at(-1)?.type).toBe('TaskStarted');
    await expect.poll(() => kept.history(PARENT).at(-1)?.type).toMatch(/TaskSubmitted|MapRunStarted/);
    dead = true;
    finish();
    await expect.poll(() => kept.read(childOf(kept))?.status).toBe('SUCCEEDED');
    expect(kept.read(PARENT)?.status).toBe('RUNNING');

    const second = engineOn(kept, machines, () => returned('called again'));
    second.resume();
    await second.idle();

    expect(kept.read(PARENT)).toMatchObject({ status: 'SUCCEEDED', output });
  },
);

it('an engine that has stopped takes nothing on, and forgets answers that come later', async () => {
  let finish = (): void => undefined;
  const definition = machine({ Call: call('slow', { End: true }) });
  const kept = memoryJournal();
  const engine = engineOn(
    kept,
    { [MACHINE]: definition },
    () => new Promise((resolve) => (finish = () => resolve(returned('late')))),
  );
  const parts = partsOf(definition);
  await engine.start(parts);

  await engine.stop();
  finish();
  await engine.idle();

  expect(kept.read(PARENT)?.status).toBe('RUNNING');
  await expect(engine.start({ ...parts, arn: `${PARENT}2` })).rejects.toThrow('The engine has stopped');
});

it('a child that starts when its parent has ended is stopped', async () => {
  const parent = machine({
    Run: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: CHILD },
      End: true,
    },
  });
  const machines = { [MACHINE]: parent, [CHILD]: machine({ Rest: { Type: 'Wait', Seconds: 60, End: true } }) };
  const kept = memoryJournal();
  let go = (): void => undefined;
  const engine = engineOn(
    kept,
    machines,
    () => returned(null),
    () => new Promise((resolve) => (go = resolve)),
  );
  await engine.start(partsOf(parent));

  await engine.dispatch(PARENT, { kind: 'stopped' });
  go();
  await engine.idle();

  expect(kept.read(PARENT)?.status).toBe('ABORTED');
  expect(kept.read(childOf(kept))?.status).toBe('ABORTED');
});
