/**
 * `npm run bench`: plays purchases on the local cloud, measures and counts. With `--json` it prints one JSON object, else
 * the same for people. With `--engine` it measures the Step Functions engine alone, without the cloud; with `--record` the
 * verification of exported books alone; with `--approval` one approval beside AWS's published sample of it; with `--measures`
 * the widgets of the dashboards by how much history there is; with `--insight` the report and what-if over a million
 * entries.
 */
import { join } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { LambdaClient, ListFunctionsCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { clientOptions } from '../cloud/aws.ts';
import { ROOT } from '../cloud/paths.ts';
import { type LocalCloud, output, startLocalCloud } from '../cloud/start.ts';
import { createSupervisor } from '../cloud/supervisor.ts';
import { createDemoOa, type DemoOa } from '../demo/oa.ts';
import { startPortal } from '../demo/portal.tsx';
import { type PurchaseStory, playPurchase } from '../demo/stories/purchase.ts';
import { approveByMeridian, approveBySample, type Meters, measureApprovals } from './approval-figures.ts';
import { bundleSizes, measureBundles } from './bundle-figures.ts';
import { type DynamoMeter, startDynamoMeter } from './dynamo-meter.ts';
import { measureEngine } from './engine-figures.ts';
import { measureInsight } from './insight-figures.ts';
import { type Invocations, loggedInvocations, NO_INVOCATIONS, plus, sumOf } from './invocations.ts';
import { measureFigures } from './measures/measure-figures.ts';
import { type AroundUsage, listPrice, PRICES } from './prices.ts';
import { measureVerification } from './record-figures.ts';
import { startSample } from './sample/deployment.ts';
import { approvalSeeder } from './seed-approval.ts';
import { startServiceMeter } from './service-meter.ts';
import { median, rounded } from './statistics.ts';
import { countTransitions } from './transitions.ts';

const FOLDER = join(ROOT, '.local/bench');
const BOOKS = join(FOLDER, 'books');
/** After one that warms everything up. */
const STORIES = 3;
/** What runs by the clock, whether anything is bought or not. */
const POLLING = ['poll-erp', 'sweep-effects', 'follow-policies', 'sweep-intents'];
/** Functions that an approval of one level calls. */
const ON_THE_WAY = ['open-level', 'dispatch-effects', 'send-mail', 'decision-page'];

const NOTHING_AROUND: AroundUsage = {
  httpApiRequests: 0,
  restApiRequests: 0,
  sesMails: 0,
  snsMails: 0,
  queueMessages: 0,
  scheduledInvocations: 0,
};

interface Counts {
  readonly transitions: number;
  readonly invocations: Invocations;
  readonly dynamo: ReturnType<DynamoMeter['usage']>;
}

const report = (line: string): void => console.error(line);
const supervisor = createSupervisor(report);
supervisor.handleSignals();
try {
  const { json, ...wanted } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      engine: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      approval: { type: 'boolean', default: false },
      insight: { type: 'boolean', default: false },
      measures: { type: 'boolean', default: false },
    },
  }).values;
  const figures = await measure(wanted);
  if (json) {
    console.log(JSON.stringify(figures, undefined, 2));
  } else if ('bundles' in figures) {
    const { bundles: sizes, ...rest } = figures;
    console.log(inspect(rest, { depth: null }));
    console.table(sizes.map(({ name, bytes, beyondEmptyMs }) => ({ name, bytes, beyondEmptyMs })));
  } else {
    console.log(inspect(figures, { depth: null }));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  await supervisor.stopAll();
  process.exitCode = 1;
}

async function measure(wanted: Readonly<Record<'engine' | 'record' | 'approval' | 'measures' | 'insight', boolean>>) {
  if (wanted.engine) return { engine: await measureEngine() };
  if (wanted.record) return { verification: await measureVerification(BOOKS) };
  if (wanted.insight) return { insight: await measureInsight() };
  if (wanted.measures) return { measures: await measureFigures() };
  return wanted.approval ? { approval: await compareApprovals() } : measureAll();
}

async function measureAll() {
  const { cold, stories, counts } = await playStories();
  await supervisor.stopAll();
  report('importing the bundles …');
  const bundles = await measureBundles(FOLDER);
  report('measuring the engine …');
  const engine = await measureEngine();
  report('measuring the report and what-if …');
  const insight = await measureInsight();
  report('verifying a book …');
  const verification = await measureVerification(BOOKS);
  const last = counts.at(-1);
  if (last === undefined) throw new Error('no story was counted');
  return {
    seconds: {
      eventToMail: seconds(stories, ({ eventToMailMs }) => eventToMailMs),
      eventToMailCold: rounded(cold.eventToMailMs / 1000),
      clickToResumed: seconds(stories, ({ clickToResumedMs }) => clickToResumedMs),
      wholeStory: seconds(stories, ({ wholeMs }) => wholeMs),
    },
    perPurchase: perPurchase(last),
    engine,
    insight,
    verification,
    bundles,
  };
}

/** The local cloud with a meter before DynamoDB, and an OA that listens. */
async function startMeasuredCloud() {
  let cloud: LocalCloud | undefined;
  let invoked = NO_INVOCATIONS;
  const memoryMb = new Map<string, number>();
  const oa = createDemoOa({ signingKey: () => cloud?.oaSigningKey, file: join(FOLDER, 'oa.json') });
  const portal = await startPortal({ port: 0, cloud: () => cloud, oa });
  supervisor.add('OA', () => portal.stop());
  cloud = await startLocalCloud({
    folder: join(FOLDER, 'cloud'),
    ports: { aws: 0, pages: 0, identity: 0 },
    oaCallbackUrl: `${portal.url}/oa/callback`,
    supervisor,
    report,
    onTaskInvoked: (functionArn, milliseconds) => {
      invoked = plus(invoked, milliseconds, memoryMb.get(functionArn) ?? 0);
    },
  });
  const meter = await startDynamoMeter(cloud.endpoint);
  supervisor.add('DynamoDB meter', () => meter.stop());
  const services = await startServiceMeter(cloud.endpoint);
  supervisor.add('services meter', () => services.stop());
  const functions = await sendThrough({ dynamo: meter, services }, cloud.endpoint, memoryMb);
  const takeInvoked = () => {
    const taken = invoked;
    invoked = NO_INVOCATIONS;
    return taken;
  };
  return { cloud, oa, meter, services, functions, takeInvoked };
}

async function playStories() {
  const { cloud, oa, meter, takeInvoked } = await startMeasuredCloud();
  const cold = await play(cloud, oa);
  const stories: PurchaseStory[] = [];
  const counts: Counts[] = [];
  for (let story = 0; story < STORIES; story += 1) {
    const since = Date.now();
    meter.reset();
    takeInvoked();
    stories.push(await play(cloud, oa));
    counts.push(await count(cloud, meter, takeInvoked(), since));
  }
  return { cold, stories, counts };
}

async function play(cloud: LocalCloud, oa: DemoOa): Promise<PurchaseStory> {
  report('playing a purchase …');
  return playPurchase(cloud, oa, () => undefined);
}

/** One approval by Meridian and by AWS's sample, in the same run. */
async function compareApprovals() {
  const { cloud, meter, services, functions, takeInvoked } = await startMeasuredCloud();
  const { endpoint, engineUrl, outputs } = cloud;
  const sample = await startSample(endpoint, join(FOLDER, 'sample'), supervisor);
  const machineArn = output(outputs, 'ApprovalArn');
  const ofMeridian = functions.filter(({ FunctionName = '' }) =>
    ON_THE_WAY.some((name) => FunctionName.endsWith(name)),
  );
  const { RECORD_TABLE = '', PERSONAL_TABLE = '', WORK_TABLE = '' } = ofMeridian[0]?.Environment?.Variables ?? {};
  const seed = approvalSeeder(endpoint, { record: RECORD_TABLE, personal: PERSONAL_TABLE, work: WORK_TABLE });
  const sizes = await bundleSizes(FOLDER);
  report('approving …');
  const figures = await measureApprovals(
    {
      meridian: {
        approve: approveByMeridian(endpoint, engineUrl, machineArn, seed),
        engineUrl,
        machineArn,
        bundleBytes: ON_THE_WAY.reduce((sum, name) => sum + (sizes.get(name) ?? Number.NaN), 0),
        pageRequests: 2,
        invocations: async (since) => sumOf(takeInvoked(), await loggedInvocations(endpoint, since)),
        around: (approvals) => {
          const { mails: sesMails, queueMessages } = services.usage();
          // Nothing rings: the schedules are of days, and taken away when somebody decides.
          return { ...NOTHING_AROUND, httpApiRequests: 2 * approvals, sesMails, queueMessages };
        },
      },
      sample: {
        approve: approveBySample(sample),
        engineUrl: sample.engineUrl,
        machineArn: sample.machineArn,
        bundleBytes: sample.bundleBytes,
        pageRequests: 1,
        invocations: async () => sample.takeInvocations(),
        // One notification of the topic, which is a mail, and one GET of the REST API.
        around: (approvals) => ({ ...NOTHING_AROUND, restApiRequests: approvals, snsMails: approvals }),
      },
    },
    { dynamo: meter, services },
  );
  await supervisor.stopAll();
  return figures;
}

/** From now on the functions of the purchase ask the meters instead of the services. Notes the memory of each, by its ARN. */
async function sendThrough({ dynamo, services }: Meters, endpoint: string, memoryMb: Map<string, number>) {
  const lambda = new LambdaClient(clientOptions(endpoint));
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({ MaxItems: 1000 }));
  for (const { FunctionName = '', FunctionArn = '', MemorySize = 128, Environment } of Functions) {
    memoryMb.set(FunctionArn, MemorySize);
    if (POLLING.some((name) => FunctionName.endsWith(name))) continue;
    const Variables = {
      ...Object.fromEntries(
        Object.entries(Environment?.Variables ?? {}).map(([name, value]) => [
          name,
          // The SDK sends a message to where the queue's address says.
          name.endsWith('_QUEUE_URL') ? new URL(new URL(value).pathname, services.url).href : value,
        ]),
      ),
      AWS_ENDPOINT_URL_DYNAMODB: dynamo.url,
      AWS_ENDPOINT_URL_SQS: services.url,
      AWS_ENDPOINT_URL_SESV2: services.url,
      AWS_ENDPOINT_URL_SCHEDULER: services.url,
    };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  }
  return Functions;
}

async function count(
  { engineUrl, endpoint, outputs }: LocalCloud,
  meter: DynamoMeter,
  tasks: Invocations,
  since: number,
): Promise<Counts> {
  const others = await loggedInvocations(endpoint, since);
  const machines = [output(outputs, 'ProcureToPayArn'), output(outputs, 'ApprovalArn')];
  return {
    transitions: await countTransitions(engineUrl, machines, since),
    invocations: sumOf(tasks, others),
    dynamo: meter.usage(),
  };
}

/** Without polling, which costs the same whether anything is bought or not. */
function perPurchase({ transitions, invocations, dynamo }: Counts) {
  return {
    stateTransitions: transitions,
    lambdaInvocations: invocations.count,
    /** As long as they took on this machine. */
    lambdaGbSeconds: Math.round(invocations.gbSeconds * 100) / 100,
    dynamoDb: dynamo,
    listPriceUsd: listPrice({ transitions, invocations, dynamo }),
    prices: PRICES,
  };
}

function seconds(stories: readonly PurchaseStory[], of: (story: PurchaseStory) => number): number {
  return rounded(median(stories.map(of)) / 1000);
}
