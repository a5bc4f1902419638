/** One approval by Meridian and one by AWS's sample, in turn, on the same engine: what each takes and what each costs. */
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { clientOptions } from '../cloud/aws.ts';
import { openLink, postDecision } from '../demo/approver.ts';
import { readMails } from '../demo/mailbox.ts';
import { waitFor } from '../demo/wait-for.ts';
import type { DynamoMeter } from './dynamo-meter.ts';
import type { Invocations } from './invocations.ts';
import { type AroundUsage, listPrice } from './prices.ts';
import type { Sample } from './sample/deployment.ts';
import { APPROVER, type SeededApproval } from './seed-approval.ts';
import type { ServiceMeter } from './service-meter.ts';
import { median, rounded } from './statistics.ts';
import { countTransitions } from './transitions.ts';

/** After those that warm everything up. */
const APPROVALS = 20;
const WARM_UP = 3;
/** Fine enough for what takes milliseconds. */
const LOOK_MS = 5;

interface Times {
  readonly startToMailMs: number;
  readonly clickToEndMs: number;
}

export interface Side {
  readonly approve: () => Promise<Times>;
  readonly engineUrl: string;
  readonly machineArn: string;
  readonly bundleBytes: number;
  /** Requests of the approver's browser. */
  readonly pageRequests: number;
  /** Since it was asked last; `since` is that instant, in milliseconds since 1970. */
  readonly invocations: (since: number) => Promise<Invocations>;
  /** All of it since the meters were reset. */
  readonly around: (approvals: number) => AroundUsage;
}

/** What counts on Meridian's way. */
export interface Meters {
  readonly dynamo: DynamoMeter;
  readonly services: ServiceMeter;
}

/** Side by side, one after the other in turn, so that what disturbs the machine disturbs both. */
export async function measureApprovals(sides: Readonly<Record<'meridian' | 'sample', Side>>, meters: Meters) {
  const { meridian, sample } = sides;
  for (let warm = 0; warm < WARM_UP; warm += 1) {
    await meridian.approve();
    await sample.approve();
  }
  await Promise.all([meridian.invocations(Date.now()), sample.invocations(Date.now())]);
  meters.dynamo.reset();
  meters.services.reset();
  const since = Date.now();
  const times: { readonly meridian: Times[]; readonly sample: Times[] } = { meridian: [], sample: [] };
  for (let approval = 0; approval < APPROVALS; approval += 1) {
    times.meridian.push(await meridian.approve());
    times.sample.push(await sample.approve());
  }
  const dynamo = meters.dynamo.usage();
  const { schedulesSet, schedulesTakenAway } = meters.services.usage();
  const none = { requests: 0, writeUnits: 0, readUnits: 0 };
  return {
    approvals: APPROVALS,
    meridian: {
      ...(await figures(meridian, times.meridian, since, dynamo)),
      schedulesSet: schedulesSet / APPROVALS,
      schedulesTakenAway: schedulesTakenAway / APPROVALS,
    },
    sample: await figures(sample, times.sample, since, none),
  };
}

async function figures(
  side: Side,
  times: readonly Times[],
  since: number,
  dynamo: Pick<ReturnType<DynamoMeter['usage']>, 'requests' | 'writeUnits' | 'readUnits'>,
) {
  const { count, gbSeconds } = await side.invocations(since);
  const transitions = (await countTransitions(side.engineUrl, [side.machineArn], since)) / times.length;
  const each = (sum: number) => rounded(sum / times.length);
  const around = eachOf(side.around(times.length), times.length);
  const usage = {
    transitions,
    invocations: { count: count / times.length, gbSeconds: gbSeconds / times.length },
    dynamo: { writeUnits: dynamo.writeUnits / times.length, readUnits: dynamo.readUnits / times.length },
    around,
  };
  return {
    bundleBytes: side.bundleBytes,
    pageRequests: side.pageRequests,
    stateTransitions: rounded(transitions),
    lambdaInvocations: each(count),
    dynamoDbRequests: each(dynamo.requests),
    ...around,
    listPriceUsd: listPrice(usage),
    milliseconds: {
      startToMail: rounded(median(times.map(({ startToMailMs }) => startToMailMs))),
      clickToEnd: rounded(median(times.map(({ clickToEndMs }) => clickToEndMs))),
    },
  };
}

function eachOf(usage: AroundUsage, approvals: number): AroundUsage {
  return {
    httpApiRequests: usage.httpApiRequests / approvals,
    restApiRequests: usage.restApiRequests / approvals,
    sesMails: usage.sesMails / approvals,
    snsMails: usage.snsMails / approvals,
    queueMessages: usage.queueMessages / approvals,
    scheduledInvocations: usage.scheduledInvocations / approvals,
  };
}

/** Opens the link, then presses the button, as the page wants it. */
export function approveByMeridian(
  endpoint: string,
  engineUrl: string,
  arn: string,
  seed: () => Promise<SeededApproval>,
) {
  return async (): Promise<Times> => {
    const { title, ...input } = await seed();
    const run = await start(engineUrl, arn, input);
    const link = await waitFor(
      `the mail about ${title}`,
      async () =>
        (await readMails(endpoint)).find(({ to, subject }) => to.includes(APPROVER.email) && subject.includes(title))
          ?.links[0],
      { everyMs: LOOK_MS },
    );
    const startToMailMs = run.sinceStart();
    await openLink(link);
    const clickedAt = performance.now();
    const { status } = await postDecision(link, 'approve');
    if (status !== 200) throw new Error(`the page answered ${status} to the approval of ${title}`);
    await run.succeeded();
    return { startToMailMs, clickToEndMs: performance.now() - clickedAt };
  };
}

/** One GET of the link that approves. */
export function approveBySample({ engineUrl, machineArn, nextMail }: Sample) {
  return async (): Promise<Times> => {
    const run = await start(engineUrl, machineArn, { amount: '3400.00' });
    const [link = ''] = await waitFor("the sample's mail", nextMail, { everyMs: LOOK_MS });
    const startToMailMs = run.sinceStart();
    const clickedAt = performance.now();
    await openLink(link);
    await run.succeeded();
    return { startToMailMs, clickToEndMs: performance.now() - clickedAt };
  };
}

async function start(engineUrl: string, stateMachineArn: string, input: object) {
  const engine = new SFNClient(clientOptions(engineUrl));
  const startedAt = performance.now();
  const { executionArn } = await engine.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return {
    sinceStart: () => performance.now() - startedAt,
    succeeded: () =>
      waitFor(
        `the end of ${executionArn}`,
        async () => {
          const { status } = await engine.send(new DescribeExecutionCommand({ executionArn }));
          if (status !== 'RUNNING' && status !== 'SUCCEEDED') throw new Error(`${executionArn} is ${status}`);
          return status === 'SUCCEEDED' ? true : undefined;
        },
        { everyMs: LOOK_MS },
      ),
  };
}
