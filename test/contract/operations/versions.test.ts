/** A deployment changes a definition while an execution runs on it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeExecutionCommand,
  SFNClient,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stepFunctionsExecutions } from '../../../functions/operations/aws/executions.ts';
import { stateMachineStarter } from '../../../functions/process/adapters/step-functions.ts';
import { CURRENT_ALIAS } from '../../../functions/process/current-alias.ts';
import { ACCOUNT_ID, clientOptions, REGION } from '../../../local/cloud/aws.ts';
import { registerMachines } from '../../../local/cloud/deploy.ts';
import { waitFor } from '../../../local/demo/wait-for.ts';
import { type EngineServer, startEngineServer } from '../../../local/step-functions/index.ts';
import { useMinistack } from '../../support/use-ministack.ts';

const NAME = 'deployed';
const ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/machine`;

const endpoint = useMinistack();
let folder: string;
let engine: EngineServer;
/** Stands for people: the function that the first state waits for is answered when the test says so. */
let answer: () => void = () => undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meridian-versions-'));
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  engine = await startEngineServer({
    port: 0,
    databaseFile: join(folder, 'engine.sqlite'),
    region: REGION,
    accountId: ACCOUNT_ID,
    invokeLambda: async () => {
      await answered;
      return { kind: 'returned', payload: {} };
    },
  });
});

afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Waits, and then goes on to a state that says which definition it is of. */
function definition(says: string): string {
  return JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Wait',
    States: {
      Wait: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'wait' },
        Next: 'Say',
      },
      Say: { Type: 'Succeed', Output: says },
    },
  });
}

it('lets a running execution end on its old definition, and shows when the old version is drained', async () => {
  const deployed = new SFNClient(clientOptions(endpoint()));
  const client = new SFNClient(clientOptions(engine.url));
  const { stateMachineArn = '' } = await deployed.send(
    new CreateStateMachineCommand({ name: NAME, definition: definition('old'), roleArn: ROLE }),
  );
  const deploy = () => registerMachines(endpoint(), engine.url, [stateMachineArn]);
  const starter = stateMachineStarter(client, `${stateMachineArn}:${CURRENT_ALIAS}`);
  const executions = stepFunctionsExecutions({ client, machineArns: [stateMachineArn], now: () => new Date() });
  const arnOf = (name: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const running = async () =>
    (await executions.versions()).map(({ version, isCurrent, running: found }) => ({
      version,
      isCurrent,
      running: found.map(({ executionId }) => executionId),
    }));
  const saysOf = (name: string) =>
    waitFor(`${name} to end`, async () => {
      const { output } = await client.send(new DescribeExecutionCommand({ executionArn: arnOf(name) }));
      return output;
    });

  await deploy();
  await starter.start('before', {});
  await deployed.send(new UpdateStateMachineCommand({ stateMachineArn, definition: definition('new') }));
  await deploy();
  await starter.start('after', {});

  expect(await running()).toEqual([
    { version: 2, isCurrent: true, running: [arnOf('after')] },
    { version: 1, isCurrent: false, running: [arnOf('before')] },
  ]);
  answer();
  expect(await saysOf('before')).toBe('"old"');
  expect(await saysOf('after')).toBe('"new"');
  expect(await running()).toEqual([
    { version: 2, isCurrent: true, running: [] },
    { version: 1, isCurrent: false, running: [] },
  ]);
  // What the drain ends with.
  await client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: `${stateMachineArn}:1` }));
  expect(await running()).toEqual([{ version: 2, isCurrent: true, running: [] }]);
  await deploy();
  expect(await running(), 'a deployment that changes nothing publishes nothing').toHaveLength(1);
});

it('names apart what was started without a version', async () => {
  const client = new SFNClient(clientOptions(engine.url));
  const { stateMachineArn = '' } = await client.send(
    new CreateStateMachineCommand({ name: 'unversioned', definition: waiting(), roleArn: ROLE }),
  );
  const executions = stepFunctionsExecutions({ client, machineArns: [stateMachineArn], now: () => new Date() });

  await stateMachineStarter(client, stateMachineArn).start('by-hand', {});

  expect(await executions.versions()).toMatchObject([
    { machine: 'unversioned', version: 'unversioned', isCurrent: false, running: [{}], hasMore: false },
  ]);
});

function waiting(): string {
  return JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Wait',
    States: { Wait: { Type: 'Wait', Seconds: 3_600, End: true } },
  });
}
