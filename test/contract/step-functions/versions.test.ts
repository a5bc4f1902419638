import {
  DeleteStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListExecutionsCommand,
  ListStateMachineVersionsCommand,
  PublishStateMachineVersionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { machine, PASSING, saying, useEngine, WAITING } from './support.ts';

const engine = useEngine();
const publish = async (stateMachineArn: string, more: object = {}) =>
  engine.client.send(new PublishStateMachineVersionCommand({ stateMachineArn, ...more }));
const update = (stateMachineArn: string, definition: string, more: object = {}) =>
  engine.client.send(new UpdateStateMachineCommand({ stateMachineArn, definition, ...more }));
const describeMachine = (stateMachineArn: string) =>
  engine.client.send(new DescribeStateMachineCommand({ stateMachineArn }));
const versionsOf = async (stateMachineArn: string, more: object = {}) => {
  const found = await engine.client.send(new ListStateMachineVersionsCommand({ stateMachineArn, ...more }));
  const numbers = found.stateMachineVersions?.map(({ stateMachineVersionArn }) =>
    Number(stateMachineVersionArn?.split(':').at(-1)),
  );
  return { numbers, nextToken: found.nextToken };
};
const remove = (stateMachineVersionArn: string) =>
  engine.client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn }));

describe('publishing a version', () => {
  it('keeps the present revision under the next number, with its description', async () => {
    const { stateMachineArn: arn } = await engine.create(saying('one'));
    const { revisionId } = await update(arn, saying('two'));

    const { stateMachineVersionArn } = await publish(arn, { revisionId, description: 'the second' });
    await update(arn, saying('three'));

    expect(stateMachineVersionArn).toBe(`${arn}:1`);
    expect(await describeMachine(`${arn}:1`)).toMatchObject({
      stateMachineArn: `${arn}:1`,
      definition: saying('two'),
      description: 'the second',
      revisionId,
      status: 'ACTIVE',
    });
    expect(await describeMachine(arn)).toMatchObject({ stateMachineArn: arn, definition: saying('three') });
  });

  it('of a revision that has been published gives the version that there is', async () => {
    const { stateMachineArn: arn } = await engine.create(PASSING);

    const first = await publish(arn, { revisionId: 'INITIAL' });
    const second = await publish(arn, { description: 'again' });

    expect(second).toMatchObject({
      stateMachineVersionArn: first.stateMachineVersionArn,
      creationDate: first.creationDate,
    });
    expect((await versionsOf(arn)).numbers).toEqual([1]);
  });

  it('is refused when the machine has another revision than the caller thinks', async () => {
    const { stateMachineArn: arn } = await engine.create(PASSING);
    const { revisionId } = await update(arn, WAITING);

    await expect(publish(arn, { revisionId: 'INITIAL' })).rejects.toMatchObject({
      name: 'ConflictException',
      message: `Failed to publish the State Machine version for revision INITIAL. The current State Machine revision is ${revisionId}.`,
    });
    expect((await versionsOf(arn)).numbers).toEqual([]);
  });

  it('goes with the creation and with an update of a machine', async () => {
    const created = await engine.create(saying('one'), { publish: true, versionDescription: 'first' });
    const { stateMachineArn: arn } = created;

    const updated = await update(arn, saying('two'), { publish: true, versionDescription: 'second' });
    const unchanged = await update(arn, saying('two'), { publish: true });

    expect(created.stateMachineVersionArn).toBe(`${arn}:1`);
    expect(updated.stateMachineVersionArn).toBe(`${arn}:2`);
    expect(unchanged).toMatchObject({ stateMachineVersionArn: `${arn}:2`, revisionId: updated.revisionId });
    expect((await describeMachine(`${arn}:1`)).description).toBe('first');
    expect((await describeMachine(`${arn}:2`)).description).toBe('second');
  });

  it('with a description but without publish is refused', async () => {
    const refusal = {
      name: 'ValidationException',
      message: 'Version description can only be set when publish is true',
    };

    await expect(engine.create(PASSING, { versionDescription: 'first' })).rejects.toMatchObject(refusal);
    const { stateMachineArn: arn } = await engine.create(PASSING);
    await expect(update(arn, WAITING, { versionDescription: 'next' })).rejects.toMatchObject(refusal);
    expect((await describeMachine(arn)).definition).toBe(PASSING);
  });

  it('of a machine that is not there is refused', async () => {
    const arn = 'arn:aws:states:eu-central-1:000000000000:stateMachine:none';

    await expect(publish(arn)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    await expect(publish('none')).rejects.toMatchObject({
      name: 'InvalidArn',
      message: "Invalid Arn: 'Invalid ARN prefix: none'",
    });
  });
});

describe('versions', () => {
  it('are listed newest first, in pages', async () => {
    const { stateMachineArn: arn } = await engine.create(saying('1'), { publish: true });
    for (const value of ['2', '3']) await update(arn, saying(value), { publish: true });

    const first = await versionsOf(arn, { maxResults: 2 });
    const second = await versionsOf(arn, { maxResults: 2, nextToken: first.nextToken });

    expect([first.numbers, second.numbers, second.nextToken]).toEqual([[3, 2], [1], undefined]);
  });

  it('are deleted, also twice, and their numbers are never given again', async () => {
    const { stateMachineArn: arn } = await engine.create(saying('1'), { publish: true });
    await update(arn, saying('2'), { publish: true });

    await remove(`${arn}:2`);
    await remove(`${arn}:2`);

    expect((await versionsOf(arn)).numbers).toEqual([1]);
    await expect(engine.start(`${arn}:2`)).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${arn}:2'`,
    });
    expect((await publish(arn)).stateMachineVersionArn).toBe(`${arn}:3`);
  });

  it('go with their machine', async () => {
    const { stateMachineArn: arn } = await engine.create(PASSING, { name: 'going', publish: true });

    await engine.client.send(new DeleteStateMachineCommand({ stateMachineArn: arn }));

    await expect(describeMachine(`${arn}:1`)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    await engine.create(WAITING, { name: 'going' });
    expect((await versionsOf(arn)).numbers).toEqual([]);
  });
});

describe('an execution of a version', () => {
  it("runs the version's definition and tells which one", async () => {
    const { stateMachineArn: arn } = await engine.create(saying('one'), { publish: true });
    await update(arn, saying('two'));

    const ofVersion = await engine.ended(await engine.start(`${arn}:1`));
    const ofMachine = await engine.ended(await engine.start(arn));

    expect(ofVersion).toMatchObject({
      output: '"one"',
      stateMachineArn: arn,
      stateMachineVersionArn: `${arn}:1`,
    });
    expect(ofVersion).not.toHaveProperty('stateMachineAliasArn');
    expect(ofMachine).toMatchObject({ output: '"two"', stateMachineArn: arn });
    expect(ofMachine).not.toHaveProperty('stateMachineVersionArn');
    const listed = await engine.client.send(new ListExecutionsCommand({ stateMachineArn: `${arn}:1` }));
    expect(listed.executions?.map(({ executionArn }) => executionArn)).toEqual([ofVersion.executionArn]);
  });

  it('shows the revision that it runs on, whatever becomes of the machine', async () => {
    const { stateMachineArn: arn } = await engine.create(WAITING);
    const { revisionId, updateDate } = await update(arn, machine({ Wait: { Type: 'Wait', Seconds: 60, End: true } }), {
      publish: true,
    });
    const executionArn = await engine.start(`${arn}:1`);
    await update(arn, PASSING);

    const kept = await engine.client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));

    expect(kept).toMatchObject({ stateMachineArn: arn, revisionId, updateDate });
    expect(JSON.parse(kept.definition ?? '').States.Wait.Seconds).toBe(60);
  });

  it('is the one that a name is taken by, whichever version is asked for', async () => {
    const { stateMachineArn: arn } = await engine.create(WAITING, { publish: true });

    const first = await engine.start(`${arn}:1`, {}, 'order-1');

    expect(await engine.start(arn, {}, 'order-1')).toBe(first);
    await expect(engine.start(arn, { other: true }, 'order-1')).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
  });

  it('that another machine runs inside itself is told apart as well', async () => {
    const { stateMachineArn: child } = await engine.create(saying('one'), { publish: true });
    await update(child, saying('two'));
    const { stateMachineArn: parent } = await engine.create(
      machine({
        Run: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Arguments: { StateMachineArn: `${child}:1` },
          Output: '{% [$states.result.Output, $states.result.StateMachineVersionArn] %}',
          End: true,
        },
      }),
    );

    const { output } = await engine.ended(await engine.start(parent));

    expect(JSON.parse(output ?? '')).toEqual(['one', `${child}:1`]);
  });
});
