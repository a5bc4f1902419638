import {
  CreateStateMachineAliasCommand,
  DeleteStateMachineAliasCommand,
  DeleteStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { machine, PASSING, saying, useEngine } from './support.ts';

const engine = useEngine();
const routes = (...shares: readonly (readonly [version: string, weight: number])[]) =>
  shares.map(([stateMachineVersionArn, weight]) => ({ stateMachineVersionArn, weight }));
const createAlias = (name: string, routingConfiguration: ReturnType<typeof routes>, more: object = {}) =>
  engine.client.send(new CreateStateMachineAliasCommand({ name, routingConfiguration, ...more }));
const updateAlias = (stateMachineAliasArn: string, more: object) =>
  engine.client.send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn, ...more }));
const describeAlias = (stateMachineAliasArn: string) =>
  engine.client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn }));
const aliasesOf = async (stateMachineArn: string, more: object = {}) => {
  const found = await engine.client.send(new ListStateMachineAliasesCommand({ stateMachineArn, ...more }));
  const names = found.stateMachineAliases?.map(({ stateMachineAliasArn }) => stateMachineAliasArn?.split(':').at(-1));
  return { names, nextToken: found.nextToken };
};

/** A machine with three versions that say their numbers. */
async function versioned(): Promise<string> {
  const { stateMachineArn } = await engine.create(saying('1'), { publish: true });
  for (const definition of [saying('2'), saying('3')]) {
    await engine.client.send(new UpdateStateMachineCommand({ stateMachineArn, definition, publish: true }));
  }
  return stateMachineArn;
}

describe('an alias', () => {
  it('is described as it was made, and listed newest first in pages', async () => {
    const arn = await versioned();
    await createAlias('TEST', routes([`${arn}:2`, 100]));
    const made = await createAlias('PROD', routes([`${arn}:1`, 90], [`${arn}:2`, 10]), { description: 'canary' });
    await createAlias('OLD', routes([`${arn}:1`, 100]));

    const first = await aliasesOf(arn, { maxResults: 2 });
    const second = await aliasesOf(arn, { maxResults: 2, nextToken: first.nextToken });

    expect(await describeAlias(`${arn}:PROD`)).toMatchObject({
      stateMachineAliasArn: made.stateMachineAliasArn,
      name: 'PROD',
      description: 'canary',
      routingConfiguration: routes([`${arn}:1`, 90], [`${arn}:2`, 10]),
      creationDate: made.creationDate,
      updateDate: made.creationDate,
    });
    expect([first.names, second.names, second.nextToken]).toEqual([['OLD', 'PROD'], ['TEST'], undefined]);
    expect((await aliasesOf(`${arn}:2`)).names).toEqual(['PROD', 'TEST']);
  });

  it('may be made twice alike, but not with other routes or another description', async () => {
    const arn = await versioned();
    const first = await createAlias('PROD', routes([`${arn}:1`, 100]));

    expect(await createAlias('PROD', routes([`${arn}:1`, 100]))).toMatchObject({
      stateMachineAliasArn: `${arn}:PROD`,
      creationDate: first.creationDate,
    });
    for (const [shares, more] of [
      [routes([`${arn}:2`, 100]), {}],
      [routes([`${arn}:1`, 100]), { description: 'other' }],
    ] as const) {
      await expect(createAlias('PROD', shares, more)).rejects.toMatchObject({
        name: 'ConflictException',
        message: expect.stringContaining('an alias with the same name and a different routing configuration'),
      });
    }
  });

  it('is updated in part, and remains the same alias', async () => {
    const arn = await versioned();
    const { creationDate } = await createAlias('PROD', routes([`${arn}:1`, 100]), { description: 'old' });

    await updateAlias(`${arn}:PROD`, { description: 'new' });
    await updateAlias(`${arn}:PROD`, { routingConfiguration: routes([`${arn}:3`, 100]) });

    expect(await describeAlias(`${arn}:PROD`)).toMatchObject({
      description: 'new',
      routingConfiguration: routes([`${arn}:3`, 100]),
      creationDate,
    });
    await expect(updateAlias(`${arn}:PROD`, {})).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('keeps its versions from being deleted, until it points elsewhere', async () => {
    const arn = await versioned();
    await createAlias('PROD', routes([`${arn}:1`, 50], [`${arn}:2`, 50]));
    const remove = () =>
      engine.client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: `${arn}:2` }));

    await expect(remove()).rejects.toMatchObject({
      name: 'ConflictException',
      message:
        'Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [PROD]',
    });
    await updateAlias(`${arn}:PROD`, { routingConfiguration: routes([`${arn}:1`, 100]) });

    await expect(remove()).resolves.toBeDefined();
  });

  it('is gone after its deletion, and with its machine', async () => {
    const arn = await versioned();
    await createAlias('ONE', routes([`${arn}:1`, 100]));
    await createAlias('TWO', routes([`${arn}:1`, 100]));

    await engine.client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn: `${arn}:ONE` }));
    await expect(engine.start(`${arn}:ONE`)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    await expect(describeAlias(`${arn}:ONE`)).rejects.toMatchObject({ name: 'ResourceNotFound' });
    expect((await aliasesOf(arn)).names).toEqual(['TWO']);
    await engine.client.send(new DeleteStateMachineCommand({ stateMachineArn: arn }));

    await expect(describeAlias(`${arn}:TWO`)).rejects.toMatchObject({ name: 'ResourceNotFound' });
    await expect(aliasesOf(arn)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  });
});

describe('a routing configuration is refused', () => {
  const VALIDATION = 'ValidationException';

  it.each<[what: string, shares: (arn: string) => ReturnType<typeof routes>, name: string, message: RegExp]>([
    ['without a version', () => [], VALIDATION, /at 'routingConfiguration' failed to satisfy constraint/],
    [
      'with three versions',
      (arn) => routes([`${arn}:1`, 50], [`${arn}:2`, 30], [`${arn}:3`, 20]),
      VALIDATION,
      /Member must have length less than or equal to 2$/,
    ],
    [
      'with one version twice',
      (arn) => routes([`${arn}:1`, 50], [`${arn}:1`, 50]),
      VALIDATION,
      /must contain distinct state machine version ARNs\. Received: \[.+:1, .+:1\]$/,
    ],
    [
      'with the machine itself',
      (arn) => routes([arn, 100]),
      VALIDATION,
      /^Routing configuration must contain state machine version ARNs\. Received: \[.+\]$/,
    ],
    [
      'with a weight above 100',
      (arn) => routes([`${arn}:1`, 101]),
      VALIDATION,
      /Value '101' at 'routingConfiguration\.1\.member\.weight' .* less than or equal to 100$/,
    ],
    [
      'with weights that do not sum to 100',
      (arn) => routes([`${arn}:1`, 70], [`${arn}:2`, 29]),
      VALIDATION,
      /^Sum of routing configuration weights must equal 100\. Received: \[70, 29\]$/,
    ],
    ['with a version that is not there', (arn) => routes([`${arn}:9`, 100]), 'ResourceNotFound', /:9'$/],
  ])('%s', async (_what, shares, name, message) => {
    const arn = await versioned();

    await expect(createAlias('PROD', shares(arn))).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect((await aliasesOf(arn)).names).toEqual([]);
  });

  it('with versions of two machines', async () => {
    const [one, other] = [await versioned(), await versioned()];

    await expect(createAlias('PROD', routes([`${one}:1`, 50], [`${other}:1`, 50]))).rejects.toMatchObject({
      name: VALIDATION,
    });
  });

  it.each(['123', 'A B', '!', 'A@'])('under the name %s', async (name) => {
    const arn = await versioned();

    await expect(createAlias(name, routes([`${arn}:1`, 100]))).rejects.toMatchObject({
      name: VALIDATION,
      message: expect.stringContaining("at 'name' failed to satisfy constraint"),
    });
  });
});

describe('an execution of an alias', () => {
  it('runs the version that the alias points at when it starts, and tells both', async () => {
    const arn = await versioned();
    await createAlias('PROD', routes([`${arn}:1`, 100]));
    const before = await engine.ended(await engine.start(`${arn}:PROD`));
    await updateAlias(`${arn}:PROD`, { routingConfiguration: routes([`${arn}:2`, 100]) });

    const after = await engine.ended(await engine.start(`${arn}:PROD`));

    expect(before).toMatchObject({ output: '"1"', stateMachineVersionArn: `${arn}:1` });
    expect(after).toMatchObject({
      output: '"2"',
      stateMachineArn: arn,
      stateMachineVersionArn: `${arn}:2`,
      stateMachineAliasArn: `${arn}:PROD`,
    });
    const listed = await engine.client.send(new ListExecutionsCommand({ stateMachineArn: `${arn}:PROD` }));
    expect(listed.executions).toMatchObject([
      { executionArn: after.executionArn, stateMachineAliasArn: `${arn}:PROD`, stateMachineVersionArn: `${arn}:2` },
      { executionArn: before.executionArn },
    ]);
  });

  it('runs one of two versions, and each of them in the end', async () => {
    const arn = await versioned();
    await createAlias('BOTH', routes([`${arn}:1`, 50], [`${arn}:3`, 50]));

    const outputs = await Promise.all(
      Array.from({ length: 60 }, async () => (await engine.ended(await engine.start(`${arn}:BOTH`))).output),
    );

    expect(new Set(outputs)).toEqual(new Set(['"1"', '"3"']));
  });

  it('is started by another machine as well', async () => {
    const arn = await versioned();
    await createAlias('PROD', routes([`${arn}:2`, 100]));
    const { stateMachineArn: parent } = await engine.create(
      machine({
        Run: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Arguments: { StateMachineArn: `${arn}:PROD` },
          Output: '{% [$states.result.Output, $states.result.StateMachineAliasArn] %}',
          End: true,
        },
      }),
    );

    const { output } = await engine.ended(await engine.start(parent));

    expect(JSON.parse(output ?? '')).toEqual(['2', `${arn}:PROD`]);
  });

  it('needs an alias that is there', async () => {
    const { stateMachineArn: arn } = await engine.create(PASSING);

    await expect(engine.start(`${arn}:NONE`)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    await expect(
      engine.client.send(new ListExecutionsCommand({ stateMachineArn: `${arn}:NONE` })),
    ).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });
});

it('a description of an alias is that of the version which most executions get', async () => {
  const arn = await versioned();
  await createAlias('PROD', routes([`${arn}:1`, 10], [`${arn}:2`, 90]));

  const described = await engine.client.send(new DescribeStateMachineCommand({ stateMachineArn: `${arn}:PROD` }));

  expect(described).toMatchObject({ stateMachineArn: `${arn}:2`, definition: saying('2') });
});
