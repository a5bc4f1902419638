/**
 * `npm run bench`: plays purchases on the local cloud, measures and counts. With `--json` it prints one JSON object, else
 * the same for people. With `--engine` it measures the Step Functions engine alone, without the cloud.
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
import { measureBundles } from './bundle-figures.ts';
import { type DynamoMeter, startDynamoMeter } from './dynamo-meter.ts';
import { measureEngine } from './engine-figures.ts';
import { type Invocations, loggedInvocations, NO_INVOCATIONS, plus } from './invocations.ts';
import { PRICES } from './prices.ts';
import { countTransitions } from './transitions.ts';

const FOLDER = join(ROOT, '.local/bench');
/** After one that warms everything up. */
const STORIES = 3;
/** What runs by the clock, whether anything is bought or not. */
const POLLING = ['poll-erp', 'sweep-effects', 'sweep-intents'];

interface Counts {
  readonly transitions: number;
  readonly invocations: Invocations;
  readonly dynamo: ReturnType<DynamoMeter['usage']>;
}

const report = (line: string): void => console.error(line);
const supervisor = createSupervisor(report);
supervisor.handleSignals();
try {
  const { json, engine } = parseArgs({
    options: { json: { type: 'boolean', default: false }, engine: { type: 'boolean', default: false } },
  }).values;
  const figures = engine ? { engine: await measureEngine() } : await measureAll();
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

async function measureAll() {
  const { cold, stories, counts } = await playStories();
  await supervisor.stopAll();
  report('importing the bundles …');
  const bundles = await measureBundles(FOLDER);
  report('measuring the engine …');
  const engine = await measureEngine();
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
    bundles,
  };
}

async function playStories() {
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
  await sendThrough(meter, cloud.endpoint, memoryMb);
  const cold = await play(cloud, oa);
  const stories: PurchaseStory[] = [];
  const counts: Counts[] = [];
  for (let story = 0; story < STORIES; story += 1) {
    const since = Date.now();
    meter.reset();
    invoked = NO_INVOCATIONS;
    stories.push(await play(cloud, oa));
    counts.push(await count(cloud, meter, invoked, since));
  }
  return { cold, stories, counts };
}

async function play(cloud: LocalCloud, oa: DemoOa): Promise<PurchaseStory> {
  report('playing a purchase …');
  return playPurchase(cloud, oa, () => undefined);
}

/** From now on the functions of the purchase ask the meter instead of DynamoDB. Notes the memory of each, by its ARN. */
async function sendThrough(meter: DynamoMeter, endpoint: string, memoryMb: Map<string, number>): Promise<void> {
  const lambda = new LambdaClient(clientOptions(endpoint));
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({ MaxItems: 1000 }));
  for (const { FunctionName = '', FunctionArn = '', MemorySize = 128, Environment } of Functions) {
    memoryMb.set(FunctionArn, MemorySize);
    if (POLLING.some((name) => FunctionName.endsWith(name))) continue;
    const Variables = { ...Environment?.Variables, AWS_ENDPOINT_URL_DYNAMODB: meter.url };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  }
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
    invocations: { count: tasks.count + others.count, gbSeconds: tasks.gbSeconds + others.gbSeconds },
    dynamo: meter.usage(),
  };
}

/** Without polling, which costs the same whether anything is bought or not. */
function perPurchase({ transitions, invocations, dynamo }: Counts) {
  const price = PRICES.usdPerMillion;
  const usd = {
    stepFunctions: transitions * price.stateTransitions,
    lambda: invocations.count * price.lambdaRequests + invocations.gbSeconds * price.lambdaGbSeconds,
    dynamoDb: dynamo.writeUnits * price.dynamoWriteUnits + dynamo.readUnits * price.dynamoReadUnits,
  };
  const total = usd.stepFunctions + usd.lambda + usd.dynamoDb;
  return {
    stateTransitions: transitions,
    lambdaInvocations: invocations.count,
    /** As long as they took on this machine. */
    lambdaGbSeconds: Math.round(invocations.gbSeconds * 100) / 100,
    dynamoDb: dynamo,
    listPriceUsd: Object.fromEntries(
      Object.entries({ ...usd, total }).map(([what, millionfold]) => [what, Math.round(millionfold) / 1e6]),
    ),
    prices: PRICES,
  };
}

function seconds(stories: readonly PurchaseStory[], of: (story: PurchaseStory) => number): number {
  return rounded(median(stories.map(of)) / 1000);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** @throws RangeError when there is nothing */
function median(values: readonly number[]): number {
  const middle = [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new RangeError('nothing has no median');
  return middle;
}
