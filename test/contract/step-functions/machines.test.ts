import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { machine, PASSING, ROLE, useEngine, WAITING } from './support.ts';

const engine = useEngine();
const { describe: describeExecution, ended, start } = engine;
const create = async (definition: string) => (await engine.create(definition)).stateMachineArn;

describe('state machines', () => {
  it('are described and listed as they were created', async () => {
    const stateMachineArn = await create(PASSING);

    const described = await engine.client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const listed = await engine.client.send(new ListStateMachinesCommand({}));
    const tags = await engine.client.send(new ListTagsForResourceCommand({ resourceArn: stateMachineArn }));

    expect(stateMachineArn).toMatch(/^arn:aws:states:eu-central-1:000000000000:stateMachine:machine-\d+$/);
    expect(described).toMatchObject({ definition: PASSING, roleArn: ROLE, status: 'ACTIVE', type: 'STANDARD' });
    expect(described.creationDate?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(listed.stateMachines?.map((found) => found.stateMachineArn)).toContain(stateMachineArn);
    expect(tags.tags).toEqual([]);
  });

  it('may be created twice alike, but not under one name with two definitions', async () => {
    const create = (definition: string) =>
      engine.client.send(new CreateStateMachineCommand({ name: 'twice', definition, roleArn: ROLE }));

    const first = await create(PASSING);
    const second = await create(PASSING);

    expect(second).toMatchObject({ stateMachineArn: first.stateMachineArn, creationDate: first.creationDate });
    await expect(create(WAITING)).rejects.toMatchObject({ name: 'StateMachineAlreadyExists' });
  });

  it('created again with another role or other tags keep what they have', async () => {
    const { stateMachineArn, creationDate } = await engine.create(PASSING, { name: 'again' });
    const again = await engine.create(PASSING, {
      name: 'again',
      roleArn: `${ROLE}-other`,
      tags: [{ key: 'a', value: 'b' }],
    });

    expect(again.creationDate).toEqual(creationDate);
    const described = await engine.client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(described.roleArn).toBe(ROLE);
  });

  it('are updated by a definition or a role, and are of the same revision when nothing changes', async () => {
    const stateMachineArn = await create(PASSING);
    const update = (more: object) => engine.client.send(new UpdateStateMachineCommand({ stateMachineArn, ...more }));

    const first = await update({ roleArn: `${ROLE}-other` });
    const second = await update({ roleArn: `${ROLE}-other`, definition: PASSING });

    expect(second).toMatchObject({ revisionId: first.revisionId, updateDate: first.updateDate });
    await expect(update({})).rejects.toMatchObject({ name: 'MissingRequiredParameter' });
  });

  it('are not found after their deletion, but their executions are', async () => {
    const stateMachineArn = await create(PASSING);
    const executionArn = await start(stateMachineArn);

    await engine.client.send(new DeleteStateMachineCommand({ stateMachineArn }));

    await expect(start(stateMachineArn)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    await expect(describeExecution(executionArn)).resolves.toMatchObject({ status: 'SUCCEEDED' });
  });

  it('leave executions that run on the definition which they started with', async () => {
    const stateMachineArn = await create(WAITING);
    const executionArn = await start(stateMachineArn);

    const updated = await engine.client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: PASSING }));
    const later = await ended(await start(stateMachineArn));

    expect(updated.revisionId).toMatch(/^[0-9a-f-]{36}$/);
    expect(later.status).toBe('SUCCEEDED');
    expect((await describeExecution(executionArn)).status).toBe('RUNNING');
    const kept = await engine.client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(JSON.parse(kept.definition ?? '')).toEqual(JSON.parse(WAITING));
  });

  it.each([
    [
      'an integration that the engine does not do',
      'arn:aws:states:::aws-sdk:athena:getDatabase',
      /no integration .*athena:getDatabase/,
    ],
    ['an activity', 'arn:aws:states:eu-central-1:000000000000:activity:a', /no integration/],
    ['a pattern that the integration does not have', 'arn:aws:states:::lambda:invoke.sync', /no integration/],
  ])('are refused at creation when they need %s', async (_what, resource, message) => {
    const definition = machine({ Do: { Type: 'Task', Resource: resource, Arguments: {}, End: true } });

    const validated = await engine.client.send(new ValidateStateMachineDefinitionCommand({ definition }));

    await expect(create(definition)).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringMatching(message),
    });
    expect(validated.result).toBe('FAIL');
  });

  it('are refused at creation when their definition is not JSON or their query language is JSONPath', async () => {
    const jsonPath = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', InputPath: '$.a', End: true } } });

    await expect(create('{')).rejects.toMatchObject({ name: 'InvalidDefinition' });
    await expect(create(jsonPath)).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringContaining('JSONPath'),
    });
  });
});
