/** Versions of the machines, and the executions that run on each. */
import {
  DescribeStateMachineAliasCommand,
  type ExecutionListItem,
  ListExecutionsCommand,
  ListStateMachineVersionsCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { CURRENT_ALIAS } from '../../process/current-alias.ts';
import { type MachineVersion, MOST_LISTED } from '../port.ts';
import { fail, nameOf, unlessGone } from './answers.ts';

type Client = Pick<SFNClient, 'send'>;

/** As many as Step Functions gives at once. */
const PAGE = 1_000;
/** Of one list: 20,000 executions that run. What is behind them is not looked at, and said not to be known. */
const MOST_PAGES = 20;

/** All versions of a machine, newest first; last what was started without one, unless it is certain that nothing was. */
export async function versionsOf(client: Client, machineArn: string): Promise<readonly MachineVersion[]> {
  const machine = nameOf(machineArn);
  const versions = await publishedVersions(client, machineArn);
  const current = await currentVersion(client, machineArn);
  const found: MachineVersion[] = [];
  for (const { arn, publishedAt } of versions) {
    const facts = { machine, version: numberOf(arn), publishedAt, isCurrent: arn === current };
    found.push({ ...facts, ...(await runningOf(client, arn, () => true)) });
  }
  const unversioned = await runningOf(
    client,
    machineArn,
    ({ stateMachineVersionArn }) => stateMachineVersionArn === undefined,
  );
  if (unversioned.running.length > 0 || unversioned.hasMore) {
    found.push({ machine, version: 'unversioned', isCurrent: false, ...unversioned });
  }
  return found;
}

async function publishedVersions(client: Client, stateMachineArn: string) {
  const versions: { readonly arn: string; readonly publishedAt: string }[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new ListStateMachineVersionsCommand({ stateMachineArn, nextToken })).catch(fail);
    versions.push(
      ...(page.stateMachineVersions ?? []).map(({ stateMachineVersionArn = '', creationDate }) => ({
        arn: stateMachineVersionArn,
        publishedAt: creationDate?.toISOString() ?? '',
      })),
    );
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  return versions;
}

/** The version that the alias of new processes points at; undefined: there is no alias yet. */
async function currentVersion(client: Client, machineArn: string): Promise<string | undefined> {
  const stateMachineAliasArn = `${machineArn}:${CURRENT_ALIAS}`;
  const alias = await unlessGone(client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn })));
  return alias?.routingConfiguration?.[0]?.stateMachineVersionArn;
}

/** Goes on past a page without any that is meant: Step Functions cannot be asked for those without a version. */
async function runningOf(client: Client, stateMachineArn: string, isMeant: (one: ExecutionListItem) => boolean) {
  const meant: ExecutionListItem[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { stateMachineArn, statusFilter: 'RUNNING', maxResults: PAGE, nextToken } as const;
    const answer = await client.send(new ListExecutionsCommand(query)).catch(fail);
    meant.push(...(answer.executions ?? []).filter(isMeant));
    ({ nextToken } = answer);
    if (nextToken === undefined || meant.length >= MOST_LISTED) {
      break;
    }
  }
  const running = meant.slice(0, MOST_LISTED).map(({ executionArn = '', startDate }) => ({
    executionId: executionArn,
    startedAt: startDate?.toISOString() ?? '',
  }));
  return { running, hasMore: nextToken !== undefined || meant.length > MOST_LISTED };
}

function numberOf(versionArn: string): number {
  return Number(versionArn.slice(versionArn.lastIndexOf(':') + 1));
}
