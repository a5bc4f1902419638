import {
  DescribeStateMachineAliasCommand,
  ListExecutionsCommand,
  ListStateMachineVersionsCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { stepFunctionsExecutions } from '../../../functions/operations/aws/executions.ts';

const MACHINE = 'arn:aws:states:eu-central-1:111122223333:stateMachine:purchase';
const VERSION = `${MACHINE}:1`;
const STARTED = new Date('2026-01-01T00:00:00.000Z');

interface Running {
  readonly executionArn: string;
  readonly startDate: Date;
  readonly stateMachineVersionArn?: string;
}

function running(count: number, name: string, stateMachineVersionArn?: string): readonly Running[] {
  return Array.from({ length: count }, (_, index) => ({
    executionArn: `${name}-${index}`,
    startDate: STARTED,
    ...(stateMachineVersionArn === undefined ? {} : { stateMachineVersionArn }),
  }));
}

/** One machine with one version; its executions come in pages, as Step Functions gives them: newest first. */
function executionsOf(all: readonly Running[]) {
  const asked = { pages: 0 };
  const send = async (command: object): Promise<object> => {
    if (command instanceof ListStateMachineVersionsCommand) {
      return { stateMachineVersions: [{ stateMachineVersionArn: VERSION, creationDate: STARTED }] };
    }
    if (command instanceof DescribeStateMachineAliasCommand) {
      return { routingConfiguration: [{ stateMachineVersionArn: VERSION, weight: 100 }] };
    }
    if (command instanceof ListExecutionsCommand) {
      asked.pages += 1;
      const { stateMachineArn, maxResults = 100, nextToken = '0' } = command.input;
      const of = all.filter((one) => stateMachineArn === MACHINE || one.stateMachineVersionArn === stateMachineArn);
      const end = Number(nextToken) + maxResults;
      const executions = of.slice(Number(nextToken), end);
      return { executions, ...(end < of.length ? { nextToken: String(end) } : {}) };
    }
    throw new Error(command.constructor.name);
  };
  // The one method that the adapter uses.
  const client = { send: send as never };
  return { asked, executions: stepFunctionsExecutions({ client, machineArns: [MACHINE], now: () => STARTED }) };
}

describe('executions that were started without a version', () => {
  it('are found behind pages of newer ones that have one', async () => {
    const { executions } = executionsOf([...running(2_500, 'new', VERSION), ...running(1, 'old')]);

    expect(await executions.versions()).toMatchObject([
      { version: 1, isCurrent: true, hasMore: true },
      {
        version: 'unversioned',
        isCurrent: false,
        running: [{ executionId: 'old-0', startedAt: STARTED.toISOString() }],
        hasMore: false,
      },
    ]);
  });

  it('are not said to be none while not all that run were looked at, and the look ends', async () => {
    const { executions, asked } = executionsOf([...running(30_000, 'new', VERSION), ...running(1, 'old')]);

    expect(await executions.versions()).toMatchObject([
      { version: 1, hasMore: true },
      { version: 'unversioned', running: [], hasMore: true },
    ]);
    expect(asked.pages).toBe(21);
  });

  it('are left out where it is certain that there are none', async () => {
    const { executions } = executionsOf(running(2_500, 'new', VERSION));

    expect((await executions.versions()).map(({ version }) => version)).toEqual([1]);
  });

  it.each([
    [100, false],
    [101, true],
  ])('of %d a hundred are named', async (count, hasMore) => {
    const { executions } = executionsOf(running(count, 'old'));
    const [, unversioned] = await executions.versions();

    expect(unversioned?.running).toHaveLength(100);
    expect(unversioned?.hasMore).toBe(hasMore);
  });
});
